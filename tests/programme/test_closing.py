"""The end of one's own account, and a copy of everything before it."""

import pytest

from tandemwerk.core.models import AuditEntry
from tandemwerk.people.models import Person, User
from tests.factories import InvitationFactory, MembershipFactory, PersonFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_a_member_of_a_team_reads_what_is_kept_about_the_account(sign_in):
    user = MembershipFactory().user

    copy = sign_in(user).get("/de/accounts/data/?format=json").json()

    rows = {kind["name"]: kind["rows"] for kind in copy["data"]}
    assert (copy["person"], copy["account"]) == (None, user.pk)
    assert rows["account"][0]["mail"] == user.email
    assert [row["role"] for row in rows["roles"]] == ["Koordination"]
    assert AuditEntry.objects.filter(action="people.export_account", target_id=user.pk).exists()


def test_an_account_without_a_role_is_closed_and_its_person_stays(sign_in):
    user = UserFactory()
    person = PersonFactory(user=user)
    InvitationFactory(mail=user.email.upper())

    response = sign_in(user).post("/de/portal/account/close/")

    person.refresh_from_db()
    assert (response.status_code, response.headers["Location"]) == (302, "/")
    assert (User.objects.filter(pk=user.pk).exists(), person.user, person.erased_at) == (
        False,
        None,
        None,
    )
    assert AuditEntry.objects.filter(action="people.close_account", target_id=user.pk).count() == 1


def test_an_account_with_a_role_stays_and_is_told_who_ends_it(sign_in):
    membership = MembershipFactory()

    response = sign_in(membership.user).post("/de/portal/account/close/")

    assert response.status_code == 409
    assert str(membership.site) in response.content.decode()
    assert User.objects.filter(pk=membership.user.pk).exists()


def test_erasing_a_person_closes_the_account_with_its_invitations(sign_in):
    person = PersonFactory(user=UserFactory())
    sign_in(person.user).post("/de/portal/account/close/")

    assert list(Person.objects.values_list("user", flat=True)) == [None]
