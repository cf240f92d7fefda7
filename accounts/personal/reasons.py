"""Why something is not in the download, or stays after erasure: sentences that people read."""

from django.utils.translation import gettext_lazy as _

NUMBER = _("A number or a code by which the site finds the row. It says nothing of you.")
ITSELF = _("It only says that the row is about you.")
SECRET = _("A secret, or what is left of one. Nobody gets to see it, you neither.")
REPEATED = _("It repeats what already stands elsewhere in the download.")
MACHINERY = _("How far the machinery is with it. It says nothing of you.")
IMPERSONAL = _("It says nothing of anybody.")
