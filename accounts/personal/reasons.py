"""Why something is not in the download, or stays after erasure: sentences that people read."""

from django.utils.translation import gettext_lazy as _

NUMBER = _("Numbers and codes by which the site finds a row. They say nothing of you.")
ITSELF = _("That a row is about you: everything in the download is.")
SECRET = _("Secrets such as your password, or what is left of them. Nobody gets to see them, not even you.")
REPEATED = _("What already stands elsewhere in the download.")
MACHINERY = _("How far the machinery is with something. That says nothing of you.")
IMPERSONAL = _("It says nothing of anybody.")
