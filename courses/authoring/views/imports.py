"""From article to course: bring a text, see what would become of it, and have drafts made."""

from django.contrib import messages
from django.core.exceptions import BadRequest, ValidationError
from django.core.paginator import Paginator
from django.core.validators import slug_re
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from config.limits import limited
from courses.access import author
from courses.authoring.folders import propose_folder
from courses.authoring.intake import propose, propose_more
from courses.authoring.making import NothingToMakeError, ThemeGoneError, make
from courses.authoring.passages import one_line
from courses.authoring.proposal import MOST_TOPICS, NotThereError, Proposal, TooManyTopicsError
from courses.authoring.reading import BringForm
from courses.models import Import, ImportPicture, Theme

LISTED = 20


# Bringing a text


@require_safe
@author
def begin_import(request):
    return render_beginning(request, BringForm(), request.GET)


@require_POST
@author
@limited("import")
def read_import(request):
    form = BringForm(request.POST, request.FILES)
    theme, further = target(request.POST)
    if not form.is_valid():
        return render_beginning(request, form, request.POST, status=400)
    try:
        imported = keep(form, author=request.user, theme=theme, further=further)
    except ValidationError as error:
        form.add_error("files" if form.cleaned_data["files"] else None, error)
        return render_beginning(request, form, request.POST, status=400)
    return to(imported)


def keep(form, *, author, theme, further):
    if form.folder is not None:
        return propose_folder(form.folder, author=author, name=form.name)
    if further is not None:
        propose_more(further, form.found)
        return further
    name = ", ".join(dict.fromkeys(name for name, _article in form.found)) if form.cleaned_data["files"] else ""
    return propose(form.found, author=author, theme=theme, name=name)


def target(fields):
    """The theme that the topics are for, and the proposal that the text comes with; either may be None."""
    theme, further = fields.get("theme"), fields.get("with")
    open_texts = Import.objects.open().filter(kind=Import.Kind.TEXT)
    return (
        get_object_or_404(Theme.objects.filter(binned_at=None), slug=named(theme)) if theme else None,
        get_object_or_404(open_texts, public_id=named(further)) if further else None,
    )


def named(name):
    """A name as it stands in addresses; 404 if it cannot be one."""
    if not slug_re.match(name):
        raise Http404
    return name


def render_beginning(request, form, fields, status=200):
    theme, further = target(fields)
    imports = Paginator(Import.objects.listed(), LISTED).get_page(request.GET.get("page"))
    context = {"form": form, "theme": theme, "further": further, "imports": imports}
    return render(request, "courses/authoring/begin_import.html", context, status=status)


# The proposal


@require_safe
@author
def import_proposal(request, import_id):
    """What would be made; afterwards, what was."""
    imported = find(import_id)
    proposal = Proposal.from_json(imported.proposal)
    for _number, passage in proposal.numbered:
        passage.html = imported.shown(passage.html)
    topics = proposal.topics
    context = {"imported": imported, "proposal": proposal, "topics": topics}
    if imported.made_at:
        return render(request, "courses/authoring/import_report.html", context | reported(proposal, topics))
    context["sources"] = [
        (index, source, [topic for topic in topics if topic.source is source])
        for index, source in enumerate(proposal.sources)
    ]
    context["themes"] = Theme.objects.filter(binned_at=None).order_by("title").only("slug", "title")
    context["made_count"] = sum(topic.taken for topic in topics)
    return render(request, "courses/authoring/import_proposal.html", context)


def reported(proposal, topics):
    return {
        "left_out": [
            passage for topic in topics if topic.taken for _number, passage in topic.left_out if not passage.kept
        ],
        "topics_left_out": [topic for topic in topics if not topic.taken],
        "lost": [lost for source in proposal.chosen for lost in source.lost],
        "not_chosen": [source for source in proposal.sources if not source.chosen],
    }


@require_safe
@author
def import_picture(request, import_id, number):
    picture = get_object_or_404(ImportPicture, source__public_id=import_id, number=number)
    try:
        with picture.file.open() as file:
            response = HttpResponse(file.read(), content_type=picture.content_type)
    except FileNotFoundError as error:
        raise Http404 from error
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def find(import_id):
    return get_object_or_404(Import.objects.filter(kind=Import.Kind.TEXT), public_id=import_id)


# Deeds. Each carries the titles as they stand in the page, so that nothing that was typed gets lost.


def deed(change):
    """A view that changes the proposal and goes back to its place; ``change`` returns the anchor and what to say."""

    @require_POST
    @author
    @transaction.atomic
    def done(request, import_id, number=None):
        imported = held(import_id)
        if imported.made_at:
            return away(request, imported.get_absolute_url())
        proposal = Proposal.from_json(imported.proposal)
        try:
            keep_names(request, imported, proposal)
            anchor, sentence = change(request, proposal, *([] if number is None else [number]))
        except NotThereError as error:
            raise Http404 from error
        except TooManyTopicsError:
            messages.error(request, _("An import makes at most %(count)d topics at once.") % {"count": MOST_TOPICS})
            return to(imported)
        save(imported, proposal)
        messages.success(request, sentence, extra_tags="quiet")
        return to(imported, anchor)

    return done


def held(import_id):
    """The import, kept from others until the transaction ends."""
    return get_object_or_404(Import.objects.select_for_update().filter(kind=Import.Kind.TEXT), public_id=import_id)


def save(imported, proposal):
    imported.proposal = proposal.as_json()
    imported.save(update_fields=["proposal", "theme"])


def to(imported, anchor=""):
    return HttpResponseRedirect(imported.get_absolute_url() + (anchor and f"#{anchor}"), status=303)


def away(request, address):
    """303 to another page than the proposal, also when htmx asked."""
    return HttpResponseClientRedirect(address) if request.htmx else HttpResponseRedirect(address, status=303)


def keep_names(request, imported, proposal):
    """Keep what the page says of titles and of the theme that the topics are for."""
    titles = {name.removeprefix("title-"): title for name, title in request.POST.items() if name.startswith("title-")}
    proposal.name_topics({int(number): title for number, title in titles.items() if is_number(number)})
    if "theme_title" in request.POST:
        proposal.theme_title = one_line(request.POST["theme_title"])[:300]
    if "theme" in request.POST:
        imported.theme, _further = target({"theme": request.POST["theme"]})


def is_number(text):
    return text.isascii() and text.isdecimal() and len(text) < 10


@deed
def keep_titles(request, proposal):
    return "proposal", _("Saved.")


@deed
def choose_articles(request, proposal):
    """Go on with some of the texts that were found."""
    chosen = request.POST.getlist("source")
    if not all(map(is_number, chosen)):
        raise BadRequest("No number of a text")
    proposal.choose({int(index) for index in chosen})
    count = len(proposal.chosen)
    return "texts", ngettext("%(count)d text chosen.", "%(count)d texts chosen.", count) % {"count": count}


@deed
def split_article(request, proposal, number):
    proposal.split_source(number)
    return f"text-{number}", _("Split at its headings.")


@deed
def join_article(request, proposal, number):
    proposal.join_source(number)
    return f"text-{number}", _("One topic again.")


@deed
def drop(request, proposal, number):
    proposal.drop(number)
    return f"passage-{number}", _("Left out.")


@deed
def put_back(request, proposal, number):
    proposal.put_back(number)
    return f"passage-{number}", _("Put back.")


@deed
def split_topic(request, proposal, number):
    proposal.split_at(number)
    return f"topic-{number}", _("A topic begins here now.")


@deed
def join_topic(request, proposal, number):
    proposal.join(number)
    return f"passage-{number}", _("Joined with the topic before.")


@deed
def leave_out_topic(request, proposal, number):
    proposal.leave_out(number)
    return f"topic-{number}", _("This will not become a topic.")


@deed
def take_topic(request, proposal, number):
    proposal.take(number)
    return f"topic-{number}", _("This will become a topic.")


@require_POST
@author
@transaction.atomic
def make_drafts(request, import_id):
    """All of it or nothing; pressed twice, it is done once."""
    imported = held(import_id)
    if imported.made_at:
        return away(request, imported.get_absolute_url())
    proposal = Proposal.from_json(imported.proposal)
    keep_names(request, imported, proposal)
    save(imported, proposal)
    try:
        make(imported, author=request.user, language=request.LANGUAGE_CODE)
    except NothingToMakeError:
        messages.error(request, _("There is nothing to make: every topic is left out."))
        return to(imported)
    except ThemeGoneError as error:
        raise Http404 from error
    return away(request, imported.get_absolute_url())


@require_POST
@author
@transaction.atomic
def discard_import(request, import_id):
    """Throw a proposal away; what was made of it before stays, and its report too."""
    imported = get_object_or_404(Import.objects.select_for_update(), public_id=import_id)
    if imported.made_at:
        return away(request, imported.get_absolute_url())
    imported.let_go_of_pictures()
    imported.delete()
    messages.success(request, _("The proposal is thrown away. Nothing was made of it."))
    return away(request, reverse("authoring:begin_import"))
