"""What becomes of the rows of courses when somebody takes their data along, or is erased."""

from django.utils.translation import gettext_lazy as _

from accounts.personal import registry
from accounts.personal.reasons import ITSELF, MACHINERY, NUMBER, REPEATED, SECRET
from accounts.personal.registry import Chapter, Entry, anonymous, each, erased, exported, kept
from courses.models import leaving, personal_writing
from courses.models.groups import Group
from courses.models.guiding import Look, Message, Note
from courses.models.invitations import Invitation
from courses.models.mails import Mail, MailWishes
from courses.models.memberships import Membership
from courses.models.participations import Participation
from courses.models.progress import Progress, ProgressEvent
from courses.models.roster import RosterRow

HISTORY = _("It belongs to the history of somebody else, and stays there; nothing says any more that it was you.")
GROUPS = _("A group stays, for the others in it.")
NOTED = _("What a trainer writes about a learner belongs to that learner's data, and stays with it.")
THEME, ATTEMPT, TOPIC, GROUP = _("Theme"), _("Attempt"), _("Topic"), _("Group")
OF_TOPIC = "topic__published_edition__title"
DONE = {
    ProgressEvent.Kind.OPENED.value: _("Opened"),
    ProgressEvent.Kind.COMPLETED.value: _("Completed"),
    ProgressEvent.Kind.REOPENED.value: _("Reopened"),
    ProgressEvent.Kind.COPIED.value: _("Taken over from another theme"),
    ProgressEvent.Kind.THEME_COMPLETED.value: _("Theme completed"),
}
CAUSES = {
    Participation.Cause.DEED.value: _("by what was completed"),
    Participation.Cause.STRUCTURE.value: _("by a change of the theme"),
}
MAILED = {
    Mail.Kind.INVITATION.value: _("Invitation"),
    Mail.Kind.THEME_COMPLETED.value: _("Theme completed"),
    Mail.Kind.MESSAGE.value: _("Message"),
    Mail.Kind.REMINDER.value: _("Reminder"),
    Mail.Kind.OVERVIEW.value: _("Overview of your groups"),
}
OFTEN = {
    MailWishes.Frequency.AT_ONCE.value: _("At once"),
    MailWishes.Frequency.WEEKLY.value: _("Once a week"),
    MailWishes.Frequency.NEVER.value: _("Never"),
}
YES = {True: _("yes"), False: _("no")}
WHAT_YOU_FOLLOW = Chapter(
    _("What you follow"),
    _("Your themes, which topics you opened and completed and when, and at which paragraph you left off."),
)
YOUR_GROUPS = Chapter(
    _("Your groups"),
    _(
        "The groups that you are or were in, or that you guide, invitations to your address, what your trainers write "
        "to you and note about you, and who looked at your progress."
    ),
)
YOUR_MAIL = Chapter(_("Mail"), _("Which mail went to you, without its words, and how often you want to hear from us."))


def of(path):
    return lambda person: person.stands_in(path)


FOLLOWING = [
    Entry(
        Participation,
        _("Themes that you follow"),
        {
            **each(erased(NUMBER), "id"),
            **each(erased(ITSELF), "learner"),
            **each(erased(REPEATED), "completion_snapshot"),
            "theme": exported(THEME, "theme__title"),
            "attempt": exported(ATTEMPT),
            "started_at": exported(_("Begun")),
            "completed_at": exported(_("Completed")),
            "completion_cause": exported(_("Why it counts as completed"), words=CAUSES),
            "completion_confirmed_at": exported(_("Confirmed by a trainer")),
            "superseded_at": exported(_("Begun again")),
        },
        theirs=of("learner"),
        chapter=WHAT_YOU_FOLLOW,
    ),
    Entry(
        Progress,
        _("Your progress in each topic"),
        {
            **each(erased(NUMBER), "id spent_deeds"),
            **each(erased(REPEATED), "on_behalf"),
            "participation": exported(THEME, "participation__theme__title", participation__attempt=ATTEMPT),
            "topic": exported(TOPIC, OF_TOPIC),
            "edition": exported(_("Edition that you read"), "edition__number"),
            "seen_edition": exported(_("Edition whose changes you saw"), "seen_edition__number"),
            "opened_at": exported(_("Opened")),
            "last_opened_at": exported(_("Opened last")),
            "completed_at": exported(_("Completed")),
            "first_completed_at": exported(_("Completed first")),
            "place": exported(_("Paragraph that you read last")),
        },
        theirs=of("participation__learner"),
        chapter=WHAT_YOU_FOLLOW,
    ),
    Entry(
        ProgressEvent,
        _("What happened, one by one"),
        {
            **each(erased(NUMBER), "id deed"),
            "participation": exported(THEME, "participation__theme__title", participation__attempt=ATTEMPT),
            "topic": exported(TOPIC, OF_TOPIC),
            "kind": exported(_("What"), words=DONE),
            "happened_at": exported(_("When")),
            "received_at": exported(_("Received")),
            "edition": exported(_("Edition"), "edition__number"),
            "actor": anonymous(
                HISTORY,
                _("What you completed or reopened for others"),
                columns={"actor__name": _("By")},
                made={"kind": _("What"), OF_TOPIC: TOPIC, "happened_at": _("When"), "reason": _("Reason")},
            ),
            "reason": exported(_("Reason")),
            "source": exported(_("Taken over from"), "source__theme__title"),
        },
        theirs=of("participation__learner"),
        chapter=WHAT_YOU_FOLLOW,
    ),
]
GROUPED = [
    Entry(
        Membership,
        _("Groups that you are or were in"),
        {
            **each(erased(NUMBER), "id public_id"),
            **each(erased(ITSELF), "learner"),
            **each(erased(REPEATED), "invitation"),
            "group": exported(GROUP, "group__name"),
            "joined_at": exported(_("Since")),
            "left_at": exported(_("Left")),
            "suspended_at": exported(_("Suspended")),
            "named_at": exported(_("Your name may be shown to the client since")),
        },
        theirs=of("learner"),
        chapter=YOUR_GROUPS,
    ),
    Entry(
        Message,
        _("Messages from your trainers"),
        {
            **each(erased(NUMBER), "id"),
            "membership": exported(GROUP, "membership__group__name"),
            "sent_at": exported(_("Sent on")),
            "sender": anonymous(
                NOTED,
                _("Messages that you wrote"),
                columns={"sender__name": _("From")},
                made={"sent_at": _("Sent on"), "membership__group__name": GROUP, "text": _("Text")},
            ),
            "text": exported(_("Text")),
        },
        theirs=of("membership__learner"),
        chapter=YOUR_GROUPS,
    ),
    Entry(
        Note,
        _("Notes that trainers keep about you"),
        {
            **each(erased(NUMBER), "id"),
            "membership": exported(GROUP, "membership__group__name"),
            "written_at": exported(_("Written on")),
            "author": anonymous(
                NOTED,
                _("When you wrote notes about others"),
                made={"written_at": _("Written on"), "membership__group__name": GROUP},
            ),
            "text": exported(_("Text")),
        },
        theirs=of("membership__learner"),
        chapter=YOUR_GROUPS,
    ),
    Entry(
        Look,
        _("Who looked at your progress"),
        {
            **each(erased(NUMBER), "id"),
            **each(erased(ITSELF), "learner"),
            "day": exported(_("Day")),
            "viewer": anonymous(
                HISTORY,
                _("When you looked at the progress of others"),
                columns={"viewer__name": _("Who")},
                made={"day": _("Day"), "group__name": GROUP, "kind": _("What")},
            ),
            "group": exported(GROUP, "group__name"),
            "kind": exported(_("What"), words=Look.Kind.choices),
        },
        theirs=of("learner"),
        chapter=YOUR_GROUPS,
    ),
    Entry(
        Invitation,
        _("Invitations to your address"),
        {
            **each(erased(NUMBER), "id public_id place_count"),
            **each(erased(SECRET), "seed token_hash"),
            "group": exported(GROUP, "group__name"),
            "role": exported(_("As"), words=Invitation.Role.choices),
            "email": exported(_("Email address")),
            "name": exported(_("Name")),
            "created_at": exported(_("Written on")),
            "expires_at": exported(_("Valid until")),
            "revoked_at": exported(_("Withdrawn")),
            "used_count": exported(_("Times accepted")),
            "created_by": anonymous(
                HISTORY, _("Invitations that you made"), made={"created_at": _("Written on"), "group__name": GROUP}
            ),
        },
        theirs=lambda person: person.is_at("email"),
        address=("email", "created_at"),
        chapter=YOUR_GROUPS,
    ),
    Entry(
        RosterRow,
        _("Your row in the lists of your groups"),
        {
            **each(erased(NUMBER), "id membership"),
            **each(erased(ITSELF), "learner"),
            **each(erased(REPEATED), "group_theme sorting_name done completed_count active_on finished_on"),
        },
        theirs=of("learner"),
        chapter=YOUR_GROUPS,
    ),
    Entry(
        Group,
        _("Groups"),
        {
            **each(kept(GROUPS), "id public_id name reminds created_at closed_at themes"),
            "trainers": anonymous(GROUPS, _("Groups that you guide"), made={"name": GROUP}),
            "clients": anonymous(GROUPS, _("Groups of which you are the client"), made={"name": GROUP}),
        },
        chapter=YOUR_GROUPS,
    ),
]
MAILS = [
    Entry(
        Mail,
        _("Mail to you"),
        {
            **each(erased(NUMBER), "id public_id cause"),
            **each(erased(ITSELF), "recipient"),
            **each(erased(REPEATED), "invitation message participation group_theme"),
            **each(erased(MACHINERY), "due_at attempt_count claimed_until trouble"),
            "kind": exported(_("What"), words=MAILED),
            "created_at": exported(_("Written on")),
            "sent_at": exported(_("Sent on")),
            "given_up_at": exported(_("Could not be delivered")),
            "dropped_at": exported(_("Not sent after all")),
        },
        theirs=lambda person: person.stands_in("recipient") | person.is_at("invitation__email"),
        chapter=YOUR_MAIL,
    ),
    Entry(
        MailWishes,
        _("How often you hear from us"),
        {
            **each(erased(NUMBER), "id"),
            **each(erased(ITSELF), "user"),
            **each(erased(SECRET), "seed token_hash"),
            "frequency": exported(_("How often"), words=OFTEN),
            "overview": exported(_("Overview of your groups"), words=YES),
        },
        theirs=of("user"),
        chapter=YOUR_MAIL,
    ),
]


def enter():
    registry.register(*FOLLOWING, *GROUPED, *MAILS, *personal_writing.WRITING, *personal_writing.ABOUT_NOBODY)
    registry.hold_with(leaving.hold_person)
    registry.ask_before(leaving.groups_left_alone, leaving.close_groups_left_alone)
