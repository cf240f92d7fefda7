"""A theme as a zip of its folder: out, and in again after one has seen what would change."""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from config.limits import limited
from courses.access import author
from courses.articles.packing import zipped
from courses.authoring.exporting import theme_text
from courses.authoring.finding import find_theme
from courses.authoring.folder_changes import FolderChanges, told
from courses.authoring.folders import ChangedMeanwhileError, take_in_as_new, take_in_changes
from courses.models import Import


@require_safe
@author
@limited("export")
def export_theme(request, theme):
    text = theme_text(find_theme(theme))
    response = HttpResponse(zipped(text), content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{text.slug}.zip"'
    return response


@require_safe
@author
def folder_import(request, import_id):
    """What would change; afterwards, what did."""
    imported = find(import_id)
    if imported.made_at:
        left = told(imported.report["left"])
        return render(request, "courses/authoring/import_folder_report.html", {"imported": imported, "left": left})
    changes = FolderChanges(imported)
    context = {"imported": imported, "changes": changes}
    if not changes.new and not changes.binned:
        context["left"] = told(changes.left_to_you)
        context["structure"] = [] if changes.known_to_learners else told(changes.structure)
    return render(request, "courses/authoring/import_folder.html", context)


@require_POST
@author
def take_in_folder(request, import_id):
    """Change the theme of this address, in drafts; ``seen`` says which state of it the trainer was shown."""
    imported = find(import_id)
    if imported.made_at:
        return to(imported)
    changes = FolderChanges(imported)
    if changes.new or changes.binned:
        raise Http404
    if "seen" not in request.POST:
        raise BadRequest("What the trainer has seen is not said")
    try:
        take_in_changes(imported, author=request.user, seen=request.POST["seen"])
    except ChangedMeanwhileError:
        messages.warning(request, _("The theme was changed in the meantime. Nothing was done: look once more."))
    return to(imported)


@require_POST
@author
def take_in_folder_as_new(request, import_id):
    """Make a theme of its own of it, a draft."""
    imported = find(import_id)
    take_in_as_new(imported, author=request.user)
    return to(imported)


def find(import_id):
    return get_object_or_404(Import, public_id=import_id, kind=Import.Kind.FOLDER)


def to(imported):
    return HttpResponseRedirect(imported.get_absolute_url(), status=303)
