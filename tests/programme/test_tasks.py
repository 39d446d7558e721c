from datetime import timedelta

import time_machine

from tandemwerk.programme.enums import Role
from tandemwerk.programme.models import Invitation
from tandemwerk.programme.services import invite
from tandemwerk.programme.tasks import KEEP, forget_old_invitations
from tests.factories import NOON


def test_an_invitation_is_forgotten_a_while_after_it_expired(world):
    invitation = invite(
        place=world.mine,
        mail="new@example.org",
        role=Role.READER,
        language="de",
        by=world.users["coordinator"],
        at=NOON,
    )

    left = []
    for moment in (invitation.expires_at + KEEP, invitation.expires_at + KEEP + timedelta(1)):
        with time_machine.travel(moment, tick=False):
            forget_old_invitations.call()
        left.append(Invitation.objects.count())

    assert left == [1, 0]
