"""Inviting people by mail: who of those named can be, and the invitations with their mails, all or nothing."""

from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from courses.models import Group, Invitation, Mail
from courses.models.tokens import hashed
from courses.tracking.addresses import Person, Reading, read

AT_ONCE = 1_000

MEMBER, SUSPENDED, CLIENT, INVITED = (
    _("is a member already"),
    _("is a member already, suspended: you can readmit them"),
    _("is a client of this group already"),
    _("is invited already"),
)


@dataclass
class Proposal:
    """What a text means for a group: ``people`` can be invited, ``known`` are in or invited: (person, why not)."""

    reading: Reading
    people: list[Person] = field(default_factory=list)
    known: list[tuple[Person, str]] = field(default_factory=list)

    @property
    def empty(self):
        return not (self.reading.people or self.reading.wrong)


def propose(group, text, *, role):
    """Read ``text`` and leave out who is in the group or invited already; three queries for any number of people."""
    proposal = Proposal(read(text))
    known = known_in(group, role) if proposal.reading.people else {}
    for person in proposal.reading.people:
        if person.key in known:
            proposal.known.append((person, known[person.key]))
        else:
            proposal.people.append(person)
    return proposal


def known_in(group, role):
    """{address: why nobody with it needs to be invited}."""
    invited = group.invitations.personal().open().filter(role=role)
    known = {email.casefold(): INVITED for email in invited.values_list("email", flat=True)}
    if role == Invitation.Role.CLIENT:
        return known | {email.casefold(): CLIENT for email in group.clients.values_list("email", flat=True)}
    members = group.memberships.order_by().values_list("learner__email")
    known |= {email.casefold(): MEMBER for (email,) in members.active()}
    return known | {email.casefold(): SUSPENDED for (email,) in members.suspended()}


@transaction.atomic
def invite(group, people, *, role, by):
    """Make an invitation with a mail for each of ``people``, anew for who was invited before; return how many.

    The lock on the group keeps two trainers who send at once from inviting anybody twice.
    """
    Group.objects.select_for_update(no_key=True).get(pk=group.pk)
    known = known_in(group, role)
    wanted = {person.key: person for person in people if person.key not in known}
    earlier = group.invitations.personal().filter(role=role).order_by().values_list("email", "pk")
    before = {email.casefold(): pk for email, pk in earlier if email.casefold() in wanted}
    again = offer_again(before, wanted)
    new = [invitation_for(group, person, role, by) for key, person in wanted.items() if key not in before]
    Invitation.objects.bulk_create(new, batch_size=AT_ONCE)
    mail([*again, *new])
    return len(wanted)


def invitation_for(group, person, role, by):
    invitation = Invitation(
        group=group, role=role, email=person.address, name=person.name, place_count=1, created_by=by
    )
    invitation.token_hash = hashed(invitation.token)
    return invitation


def offer_again(before, wanted):
    """Make the invitations of ``before`` ({address: primary key}) good again, with the names that were given now."""
    invitations = list(Invitation.objects.in_bulk(before.values()).values())
    for invitation in invitations:
        invitation.offer_again()
        invitation.name = wanted[invitation.email.casefold()].name or invitation.name
    Invitation.objects.bulk_update(invitations, ["seed", "token_hash", "name"], batch_size=AT_ONCE)
    for start in range(0, len(invitations), AT_ONCE):
        some = invitations[start : start + AT_ONCE]
        same = {"used_count": 0, "revoked_at": None, "expires_at": some[0].expires_at}
        Invitation.objects.filter(pk__in=[one.pk for one in some]).update(**same)
    return invitations


@transaction.atomic
def resend(invitation):
    """Mail an invitation once more, good for another month."""
    invitation.offer_again()
    invitation.save()
    mail([invitation])


def mail(invitations):
    """Post one more mail for each. Its cause follows on the one before, so that it is mailed again, but not twice."""
    last: dict[int, int] = {}
    pks = [invitation.pk for invitation in invitations]
    for start in range(0, len(pks), AT_ONCE):
        before = Mail.objects.filter(invitation__in=pks[start : start + AT_ONCE]).values_list("invitation")
        last.update(before.order_by().annotate(Max("pk")))
    mails = [
        Mail(
            kind=Mail.Kind.INVITATION,
            cause=f"invitation {invitation.pk} {last.get(invitation.pk, 0)}",
            invitation=invitation,
        )
        for invitation in invitations
    ]
    Mail.objects.post(*mails)
