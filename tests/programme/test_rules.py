"""Who is who: each predicate for each role, and that rules and sight agree."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils.functional import SimpleLazyObject

from tandemwerk.people.models import User
from tandemwerk.programme import rules
from tandemwerk.programme.models import Carrier, Site
from tests.world import ROLES, World

#: predicate -> the roles it says yes to, about the site ``mine`` and its carrier
ABOUT_THE_SITE = {
    rules.is_team_of_site: {"coordinator", "safeguarding", "reader"},
    rules.may_write_site: {"coordinator", "safeguarding"},
    rules.leads_site: {"coordinator"},
    rules.leads_carrier: {"carrier_lead"},
}
ABOUT_THE_USER = {
    rules.is_administrator: {"administrator"},
    rules.is_network: {"network", "network_editor"},
    rules.is_network_coordinator: {"network"},
    rules.is_ministry: {"ministry"},
}


def account(world: World, role: str):
    """Return the account of ``role`` as a request has it: fresh, nothing kept with it."""
    return AnonymousUser() if role == "anonymous" else User.objects.get(pk=world.users[role].pk)


@pytest.mark.parametrize("predicate", ABOUT_THE_SITE, ids=lambda predicate: predicate.name)
def test_a_predicate_about_a_site_knows_its_roles(predicate, world):
    says_yes = {role for role in ROLES if predicate(account(world, role), world.mine)}

    assert says_yes == ABOUT_THE_SITE[predicate]


@pytest.mark.parametrize("predicate", ABOUT_THE_SITE, ids=lambda predicate: predicate.name)
def test_a_record_of_the_site_is_asked_like_the_site(predicate, world):
    says_yes = {role for role in ROLES if predicate(account(world, role), world.tandem)}

    assert says_yes == ABOUT_THE_SITE[predicate]


@pytest.mark.parametrize("predicate", ABOUT_THE_USER, ids=lambda predicate: predicate.name)
def test_a_predicate_about_somebody_knows_their_roles(predicate, world):
    says_yes = {role for role in ROLES if predicate(account(world, role))}

    assert says_yes == ABOUT_THE_USER[predicate]


def test_without_a_record_no_predicate_about_a_site_says_yes(world):
    user = account(world, "coordinator")

    assert [predicate(user) for predicate in ABOUT_THE_SITE] == [False] * len(ABOUT_THE_SITE)


def test_memberships_are_read_once(world, django_assert_num_queries):
    user = account(world, "coordinator")

    with django_assert_num_queries(2):  # the memberships and their sites
        rules.is_team_of_site(user, world.mine)
        rules.may_write_site(user, world.foreign)
        rules.is_network(user)


def test_the_team_rule_agrees_with_the_sites_of_the_team(world):
    disagreeing = [
        (role, site.slug)
        for role in ROLES
        for site in Site.objects.all()
        if rules.is_team_of_site(account(world, role), site)
        != Site.objects.of_team(account(world, role)).contains(site)
    ]

    assert disagreeing == []


def test_the_writing_rule_agrees_with_the_sites_written_by(world):
    disagreeing = [
        (role, site.slug)
        for role in ROLES
        for site in Site.objects.all()
        if rules.may_write_site(account(world, role), site)
        != Site.objects.written_by(account(world, role)).contains(site)
    ]

    assert disagreeing == []


def test_whoever_may_change_a_site_or_carrier_sees_it(world):
    blind = [
        (role, record)
        for role in ROLES
        for permission, model in (
            ("programme.change_site", Site),
            ("programme.manage_team", Site),
            ("programme.change_carrier", Carrier),
            ("programme.manage_team", Carrier),
        )
        for record in model.objects.all()
        if account(world, role).has_perm(permission, record)
        and not model.objects.visible_to(account(world, role)).contains(record)
    ]

    assert blind == []


def test_an_administrator_passes_every_permission_and_is_in_no_team(world):
    user = account(world, "administrator")

    assert user.has_perm("tandems.anything_at_all", world.tandem) is True
    assert rules.is_team_of_site(user, world.mine) is False
    assert list(Site.objects.of_team(user)) == []


def test_the_account_of_a_request_is_understood_though_it_is_lazy(world):
    user = SimpleLazyObject(lambda: account(world, "coordinator"))

    assert rules.may_write_site(user, world.mine) is True
