"""How often somebody hears from us, and the way to hear nothing any more."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from courses.models import Mail, MailWishes

private = cache_control(private=True, no_store=True)
Frequency = MailWishes.Frequency


class MailWishesForm(forms.ModelForm):
    frequency = forms.ChoiceField(
        label=gettext_lazy("How often do you want to hear from us?"),
        widget=forms.RadioSelect,
        choices=[
            (Frequency.AT_ONCE, gettext_lazy("At once: when there is something for you")),
            (Frequency.WEEKLY, gettext_lazy("Once a week: everything together, on Monday morning")),
            (Frequency.NEVER, gettext_lazy("Never: you read it here when you sign in")),
        ],
    )

    class Meta:
        model = MailWishes
        fields = ["frequency", "overview"]
        labels = {"overview": gettext_lazy("Send me an overview of my groups on Mondays")}
        help_texts = {"overview": gettext_lazy("Who began, who stalled and where, who completed a theme.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.user.is_trainer:
            del self.fields["overview"]


@require_http_methods(["GET", "POST"])
@private
def mail_wishes(request):
    """Choose; what waited for Monday and is wanted at once is mailed now."""
    sent = request.POST if request.method == "POST" else None
    wishes = MailWishes.objects.filter(user=request.user).first() or MailWishes(user=request.user)
    form = MailWishesForm(sent, instance=wishes)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            form.save()
            Mail.objects.hurry(request.user)
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(request.path, status=303)
    status = 400 if request.method == "POST" else 200
    return render(request, "courses/learning/mail_wishes.html", {"form": form}, status=status)


# Without a CSRF token, as the only page of the site: mail programs unsubscribe by a POST of their own (RFC 8058), with
# no cookie of ours. The token in the address is the authority, and nothing else comes of it (docs/decisions/0012).
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@private
def unsubscribe(request, token):
    """Ask by GET, which changes nothing; by POST it is done, and answered without a redirect, as RFC 8058 asks."""
    wishes = get_object_or_404(MailWishes.objects.select_related("user").with_token(token))
    if request.method == "POST":
        wishes.unsubscribe()
    with translation.override(wishes.user.language or translation.get_language()):
        context = {"done": wishes.frequency == Frequency.NEVER and not wishes.overview}
        response = render(request, "courses/learning/unsubscribe.html", context)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
