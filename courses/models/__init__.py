"""The models. One that is not imported here is skipped by ``makemigrations`` without a word."""

from courses.models.addresses import FormerAddress
from courses.models.groups import Group, GroupTheme
from courses.models.guiding import Look, Message, Note
from courses.models.imports import Import, ImportPicture
from courses.models.invitations import Invitation
from courses.models.mails import Mail, MailWishes
from courses.models.memberships import Membership
from courses.models.participations import Participation
from courses.models.pictures import Picture
from courses.models.presence import Presence
from courses.models.progress import Progress, ProgressEvent
from courses.models.roster import RosterRow
from courses.models.steps import Step
from courses.models.structure import Structure
from courses.models.themes import Theme
from courses.models.topics import Edition, Topic
from courses.models.versions import Version

__all__ = [
    "Edition",
    "FormerAddress",
    "Group",
    "GroupTheme",
    "Import",
    "ImportPicture",
    "Invitation",
    "Look",
    "Mail",
    "MailWishes",
    "Membership",
    "Message",
    "Note",
    "Participation",
    "Picture",
    "Presence",
    "Progress",
    "ProgressEvent",
    "RosterRow",
    "Step",
    "Structure",
    "Theme",
    "Topic",
    "Version",
]
