"""By mail, for two weeks, once."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from tandemwerk.core.models import AuditEntry
from tandemwerk.messaging.models import Message
from tandemwerk.people.models import User
from tandemwerk.programme.enums import Role
from tandemwerk.programme.models import Invitation, Membership
from tandemwerk.programme.services import (
    accept_invitation,
    invite,
    renew_invitation,
    revoke_invitation,
)
from tandemwerk.programme.services.invitations import AlreadyInvitedError, InvitationError
from tandemwerk.programme.services.teams import AlreadyMemberError
from tests.factories import NOON

LATER = NOON + timedelta(days=15)
NEW = {"name": "Nour Neu", "language": "ar", "way": "password", "password": "tee-mit-minze-9"}


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(NOON, tick=False):
        yield


def invited(world, mail: str = "new@example.org", role: Role = Role.READER) -> Invitation:
    return invite(
        place=world.mine,
        mail=mail,
        role=role,
        language="en",
        by=world.users["coordinator"],
        at=NOON,
    )


def path(invitation: Invitation) -> str:
    return f"/en/invitation/{invitation.token}/"


def is_member(world, mail: str) -> bool:
    return Membership.objects.at(world.mine).filter(user__email=mail).exists()


def test_an_invitation_goes_out_with_its_link(world):
    invitation = invited(world)

    message = Message.objects.get()
    assert (message.kind, message.address) == ("invitation", "new@example.org")
    assert f"http://testserver{path(invitation)}" in message.text


def test_the_trail_tells_the_role_and_not_the_address(world):
    invited(world)

    assert AuditEntry.objects.get().changes == {"role": "reader"}


def test_nobody_is_invited_to_what_they_are(world):
    with pytest.raises(AlreadyMemberError):
        invited(world, mail=world.users["reader"].email.upper())


def test_nobody_is_invited_twice(world):
    invited(world)

    with pytest.raises(AlreadyInvitedError):
        invited(world)


def test_a_renewed_invitation_has_a_new_link_and_the_old_one_is_worthless(world):
    invitation = invited(world)
    old, nonce = path(invitation), invitation.nonce

    renewed = renew_invitation(invitation_id=invitation.pk, by=world.users["coordinator"], at=LATER)

    assert renewed.expires_at == LATER + timedelta(days=14)
    assert renewed.nonce != nonce
    assert Message.objects.count() == 2
    assert Client().get(old).status_code == 410


@pytest.mark.parametrize(
    ("why", "words"),
    [
        ("revoked", "The invitation was taken back"),
        ("expired", "The invitation has expired"),
        ("used", "The invitation was accepted already"),
        ("broken", "The link is not whole"),
    ],
)
def test_a_link_that_does_not_work_says_why(world, why, words):
    invitation = invited(world)
    address = path(invitation)
    if why == "revoked":
        revoke_invitation(invitation_id=invitation.pk, by=world.users["coordinator"], at=NOON)
    elif why == "used":
        Client().post(address, NEW)
    elif why == "broken":
        address = address[:-3] + "/"

    with time_machine.travel(LATER if why == "expired" else NOON, tick=False):
        page = Client().get(address)

    assert page.status_code == 410
    assert page.context["why"] == why
    assert words in page.content.decode()


def test_somebody_new_makes_an_account_joins_and_is_signed_in(world, client):
    answer = client.post(path(invited(world)), NEW)

    user = User.objects.get(email="new@example.org")
    assert (user.name, user.language) == ("Nour Neu", "ar")
    assert is_member(world, "new@example.org")
    assert answer["Location"].startswith("/ar/")
    assert client.session["_auth_user_id"] == str(user.pk)
    assert user.emailaddress_set.get().verified


def test_without_a_password_one_is_led_to_set_up_a_passkey(world, client):
    answer = client.post(path(invited(world)), NEW | {"way": "without", "password": ""})

    assert answer["Location"] == "/ar/accounts/2fa/"
    assert not User.objects.get(email="new@example.org").has_usable_password()
    assert client.get("/ar/accounts/2fa/webauthn/add/").status_code == 200


def test_a_link_works_once(world):
    invitation = invited(world)

    first = Client().post(path(invitation), NEW)
    second = Client().post(path(invitation), NEW)

    assert (first.status_code, second.status_code) == (302, 410)
    assert User.objects.filter(email="new@example.org").count() == 1


def test_looking_at_a_link_changes_nothing(world):
    invitation = invited(world)

    for _ in range(3):
        Client().get(path(invitation))
        Client().head(path(invitation))

    invitation.refresh_from_db()
    assert invitation.accepted_at is None


def test_whoever_has_an_account_is_asked_to_sign_in(world):
    user = world.users["foreign_coordinator"]

    page = Client().get(path(invited(world, mail=user.email)))

    assert page.context["state"] == "sign_in"


def test_whoever_has_an_account_joins_with_it(world, sign_in):
    user = world.users["foreign_coordinator"]
    invitation = invited(world, mail=user.email)
    client = sign_in(user)

    page = client.get(path(invitation))
    client.post(path(invitation))

    assert page.context["state"] == "join"
    assert is_member(world, user.email)


def test_nobody_takes_the_invitation_of_somebody_else(world, sign_in):
    invitation = invited(world)
    other = world.users["foreign_coordinator"]

    page = sign_in(other).post(path(invitation))

    assert page.context["state"] == "other_account"
    assert not is_member(world, other.email)


def test_the_service_itself_refuses_another_address(world):
    invitation = invited(world)

    with pytest.raises(InvitationError) as refused:
        accept_invitation(
            invitation_id=invitation.pk,
            nonce=invitation.nonce,
            user=world.users["foreign_coordinator"],
            at=NOON,
        )

    assert refused.value.why == "other"


def test_an_invitation_to_a_role_one_has_meanwhile_is_simply_used_up(world):
    user = world.users["foreign_coordinator"]
    invitation = invited(world, mail=user.email)
    Membership.objects.create(user=user, role=Role.READER, site=world.mine)

    accept_invitation(invitation_id=invitation.pk, nonce=invitation.nonce, user=user, at=NOON)

    assert Membership.objects.at(world.mine).filter(user=user).count() == 1


def test_the_form_tells_when_somebody_is_invited_already(world, sign_in):
    invited(world)
    client = sign_in(world.users["coordinator"])

    page = client.post(
        f"/de/portal/teams/site/{world.mine.slug}/invite/",
        {"mail": "NEW@example.org", "role": "reader", "language": "de"},
    )

    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["mail"]
    assert page.context["form"]["mail"].value() == "NEW@example.org"


BAD_INVITES = [
    {},
    {"mail": "no address", "role": "reader", "language": "de"},
    {"mail": "a@example.org", "role": "ministry", "language": "de"},
    {"mail": "a@example.org", "role": "reader", "language": "xx"},
    {"mail": "a@example.org\x00", "role": "reader", "language": "de"},
    {"mail": "a" * 400 + "@example.org", "role": "reader", "language": "de"},
]


@pytest.mark.parametrize("data", BAD_INVITES, ids=range(len(BAD_INVITES)))
def test_a_bad_invitation_is_refused_and_kept(world, sign_in, data):
    page = sign_in(world.users["coordinator"]).post(
        f"/de/portal/teams/site/{world.mine.slug}/invite/", data
    )

    assert page.status_code == 422
    assert page.context["form"]["mail"].value() == data.get("mail")
    assert Invitation.objects.count() == 0


BAD_ACCOUNTS = [
    {},
    NEW | {"name": ""},
    NEW | {"name": "x" * 500},
    NEW | {"password": ""},
    NEW | {"password": "short"},
    NEW | {"password": "1234567890"},
    NEW | {"password": "new@example.org"},
    NEW | {"language": "xx"},
    NEW | {"way": "magic"},
    NEW | {"name": "\x00"},
]


@pytest.mark.parametrize("data", BAD_ACCOUNTS, ids=range(len(BAD_ACCOUNTS)))
def test_a_bad_account_is_refused_and_the_link_still_works(world, client, data):
    invitation = invited(world)

    refused = client.post(path(invitation), data)

    assert refused.status_code == 422
    assert client.get(path(invitation)).status_code == 200
    assert not User.objects.filter(email="new@example.org").exists()


def test_the_team_page_shows_open_invitations_to_those_who_look_after_it(world, sign_in):
    invited(world)
    address = f"/de/portal/sites/{world.mine.slug}/team/"

    shown = {
        role: len(sign_in(world.users[role]).get(address).context["invitations"])
        for role in ("coordinator", "reader", "network")
    }

    assert shown == {"coordinator": 1, "reader": 0, "network": 0}
