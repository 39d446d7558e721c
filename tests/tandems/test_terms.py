"""Weights of the rules, runs side by side, the nightly run, fairness and whom to look for."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from tandemwerk.core.models import AuditEntry
from tandemwerk.intake.enums import Side
from tandemwerk.pairing import Weights
from tandemwerk.tandems.enums import SuggestionState
from tandemwerk.tandems.models import (
    PairingRound,
    PairingRun,
    PairingTerms,
    PairingWeights,
    Suggestion,
)
from tandemwerk.tandems.queries import fairness
from tandemwerk.tandems.queries.engine import weights_for
from tandemwerk.tandems.queries.history import compare_runs
from tandemwerk.tandems.queries.recruiting import add_up_wanted, campaign_text, wanted_in_words
from tandemwerk.tandems.reasons import SHARE_NAMES
from tandemwerk.tandems.services import rounds
from tandemwerk.tandems.services.rounds import run_night
from tandemwerk.tandems.services.runs import start_run
from tandemwerk.tandems.services.terms import reset_weights, set_nightly, set_weights
from tests.factories import NOON, ParticipationFactory, PersonFactory, SiteFactory, UserFactory
from tests.tandems.proposed import RunFactory, SuggestionFactory

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}
NEAR = {"distance": 10.0, "language": 1.0}


@pytest.fixture
def site():
    return SiteFactory()


def address(name, **kwargs):
    with override("de"):
        return reverse(f"tandems:{name}", kwargs=kwargs)


def pair(site):
    return (
        ParticipationFactory(site=site, side=Side.VOLUNTEER),
        ParticipationFactory(site=site, side=Side.NEWCOMER),
    )


def sent(**changed):
    return dict.fromkeys(SHARE_NAMES, "5") | {"max_wait_days": "0"} | changed


# ---------------------------------------------------------------- weights


def test_a_site_takes_its_own_weights_then_its_carriers_then_the_usual_ones(site):
    by = UserFactory()
    usual = weights_for(site)

    set_weights(place=site.carrier, weights=Weights({"kind": 1.0}), by=by, at=NOON)
    carriers = weights_for(site)
    set_weights(place=site, weights=Weights(NEAR), by=by, at=NOON)
    own = weights_for(site)
    reset_weights(place=site, by=by, at=NOON)

    assert usual == Weights.default()
    assert (dict(carriers.rules), dict(own.rules)) == ({"kind": 1.0}, NEAR)
    assert weights_for(site) == carriers


def test_who_changed_the_weights_is_kept_and_the_same_again_changes_nothing(site):
    by = UserFactory()

    for _ in range(2):
        row = set_weights(place=site, weights=Weights(NEAR), by=by, at=NOON)

    assert (row.changed_by, row.changed_at) == (by, NOON)
    entry = AuditEntry.objects.get(action="tandems.set_weights")
    assert entry.changes["distance"] == 10.0
    assert entry.scope == site.audit_scope


def test_a_run_keeps_the_weights_it_used(site):
    pair(site)
    set_weights(place=site, weights=Weights(NEAR), by=UserFactory(), at=NOON)

    run = start_run(site=site, by=UserFactory(), at=NOON)

    assert run.weights["weights"] == NEAR


def test_weights_are_tried_before_they_are_saved(world, sign_in):
    client = sign_in(world.users["coordinator"])
    pair(world.mine)
    path = address("site_weights", slug=world.mine.slug)

    tried = client.post(path, sent(what="try"))
    counted = PairingWeights.objects.count()
    saved = client.post(path, sent(what="save"))

    assert tried.status_code == 200
    assert [tried.context["effect"].same, counted] == [1, 0]
    assert saved.status_code == 302
    assert PairingWeights.objects.get().values["weights"]["age"] == 5.0


def test_moving_a_slider_shows_the_effect_alone(world, sign_in):
    client = sign_in(world.users["coordinator"])

    response = client.post(address("site_weights", slug=world.mine.slug), sent(what="try"), **HTMX)

    assert response.content.decode().strip().startswith('<section id="effect"')


def test_one_button_goes_back_to_the_usual_weights(world, sign_in):
    client = sign_in(world.users["coordinator"])
    set_weights(place=world.mine, weights=Weights(NEAR), by=UserFactory(), at=NOON)

    response = client.post(address("site_weights", slug=world.mine.slug), {"what": "reset"})

    assert response.status_code == 302
    assert PairingWeights.objects.count() == 0


@pytest.mark.parametrize(
    "changed",
    [
        {"language": "-1"},
        {"language": "51"},
        {"language": "many"},
        {"language": ""},
        {"max_wait_days": "99999999999999999999"},
        dict.fromkeys(SHARE_NAMES, "0"),
    ],
)
def test_weights_that_are_none_are_refused_and_kept(world, sign_in, changed):
    client = sign_in(world.users["coordinator"])

    response = client.post(
        address("site_weights", slug=world.mine.slug), sent(what="save", **changed)
    )

    assert response.status_code == 422
    assert PairingWeights.objects.count() == 0


def test_a_carrier_tries_weights_over_its_sites(world, sign_in):
    client = sign_in(world.users["carrier_lead"])
    pair(world.mine)
    pair(world.sister)

    response = client.post(address("carrier_pairing", slug=world.carrier.slug), sent(what="try"))

    effect = response.context["effect"]
    assert (effect.sites, effect.same) == (2, 2)
    assert "Muster" not in response.content.decode()


# ---------------------------------------------------------------- two runs


def test_two_runs_show_what_is_in_both_and_what_in_one(site):
    first, second = RunFactory(site=site), RunFactory(site=site, created_at=NOON + timedelta(1))
    one = SuggestionFactory(run=first, state=SuggestionState.OUTDATED)
    SuggestionFactory(run=second, volunteer=one.volunteer, newcomer=one.newcomer)
    gone, new = SuggestionFactory(run=first), SuggestionFactory(run=second)

    compared = compare_runs(first, second)

    assert [each.volunteer for each in compared.both] == [one.volunteer]
    assert [each.volunteer for each in compared.only_first] == [gone.volunteer]
    assert [each.volunteer for each in compared.only_second] == [new.volunteer]
    assert compared.more == 0


def test_runs_of_another_site_are_not_compared(world, sign_in):
    client = sign_in(world.users["coordinator"])
    runs = [RunFactory(site=world.mine).pk, RunFactory(site=world.foreign).pk]

    response = client.get(address("two_runs", slug=world.mine.slug), {"run": runs})

    assert response.status_code == 422


@pytest.mark.parametrize("page", ["runs", "recruit", "site_fairness", "site_weights"])
def test_pages_ask_as_often_for_three_runs_as_for_one(
    world, sign_in, page, django_assert_num_queries
):
    client = sign_in(world.users["coordinator"])
    path = address(page, slug=world.mine.slug)
    SuggestionFactory(run__site=world.mine, run__started_by=UserFactory())
    client.get(path)
    with CaptureQueriesContext(connection) as one:
        client.get(path)
    for _ in range(2):
        SuggestionFactory(run__site=world.mine, run__started_by=UserFactory())

    assert len(one) <= 20
    with django_assert_num_queries(len(one)):
        client.get(path)


def test_two_runs_are_compared_in_few_queries(world, sign_in, django_assert_max_num_queries):
    client = sign_in(world.users["coordinator"])
    runs = [RunFactory(site=world.mine) for _ in range(2)]
    for run in runs:
        for _ in range(3):
            SuggestionFactory(run=run)

    with django_assert_max_num_queries(14):
        response = client.get(
            address("two_runs", slug=world.mine.slug), {"run": [run.pk for run in runs]}
        )

    assert response.status_code == 200


# ---------------------------------------------------------------- at night


@pytest.fixture
def willing(site):
    set_nightly(carrier=site.carrier, wanted=True, by=UserFactory(), at=NOON)
    return site


def test_at_night_sites_whose_carrier_agreed_get_suggestions(willing):
    pair(willing)
    pair(SiteFactory())

    night = run_night(at=NOON)

    assert (night.looked_at, night.computed, night.suggestions) == (1, 1, 1)
    assert [run.site for run in PairingRun.objects.all()] == [willing]
    assert night.finished_at == NOON


def test_a_night_that_runs_twice_doubles_nothing(willing):
    pair(willing)

    for _ in range(2):
        run_night(at=NOON)

    assert (PairingRound.objects.count(), PairingRun.objects.count()) == (1, 1)
    assert Suggestion.objects.count() == 1


def test_a_night_that_was_killed_goes_on_with_the_next_site(willing, monkeypatch):
    other = SiteFactory(carrier=willing.carrier)
    pair(willing)
    pair(other)
    compute = rounds.compute

    def killed(site, **kwargs):
        if site == other:
            raise KeyboardInterrupt
        return compute(site, **kwargs)

    monkeypatch.setattr(rounds, "compute", killed)
    with pytest.raises(KeyboardInterrupt):
        run_night(at=NOON)
    monkeypatch.setattr(rounds, "compute", compute)

    night = run_night(at=NOON)

    assert (night.looked_at, night.computed, night.suggestions) == (2, 2, 2)
    assert PairingRun.objects.count() == 2


def test_the_next_night_leaves_alone_where_nothing_has_changed(willing):
    one, _other = pair(willing)
    run_night(at=NOON)

    quiet = run_night(at=NOON + timedelta(days=1))
    one.person.postcode = "86152"
    one.person.save()
    busy = run_night(at=NOON + timedelta(days=2))

    assert (quiet.computed, quiet.unchanged, busy.computed) == (0, 1, 1)


def test_people_that_cannot_be_read_fail_their_site_alone(willing):
    pair(willing)
    broken = ParticipationFactory(
        site=SiteFactory(carrier=willing.carrier), person=PersonFactory(availability=1 << 21)
    )

    night = run_night(at=NOON)

    assert (night.looked_at, night.computed, night.failed) == (2, 1, 1)
    assert broken.site.pairing_runs.get().state == "failed"


def test_a_carrier_says_who_agreed_and_when(world, sign_in):
    client = sign_in(world.users["carrier_lead"])

    client.post(address("nightly", slug=world.carrier.slug), {"is_nightly": "on"})

    terms = PairingTerms.objects.get()
    assert (terms.is_nightly, terms.nightly_by) == (True, world.users["carrier_lead"])
    assert AuditEntry.objects.get(action="tandems.set_terms").changes == {"is_nightly": True}


def test_the_network_office_sees_how_far_the_night_is(world, sign_in):
    client = sign_in(world.users["network"])
    PairingRound.objects.create(day=NOON.date(), started_at=NOON, sites=10, looked_at=4)

    response = client.get(address("nights"))

    assert response.context["is_under_way"]
    assert "40" in response.content.decode()


# ---------------------------------------------------------------- fairness


def reports(*rows):
    return [
        {"side": side, "trait": trait, "value": value, "people": people, "paired": paired}
        | {"mean_days": 10.0}
        for side, trait, value, people, paired in rows
    ]


def test_reports_of_sites_add_up(site):
    one = reports(("newcomer", "everybody", "", 8, 4), ("newcomer", "gender", "f", 8, 4))
    groups = fairness.add_up([one, one])

    table = fairness.tables_of(groups, is_protected=False)[0]

    (line,) = table.lines
    assert (line.people, line.paired, line.percent) == ("16", "8", 50)


def test_a_group_of_four_has_no_share(site):
    one = reports(("newcomer", "everybody", "", 4, 2), ("newcomer", "gender", "f", 4, 2))

    table = fairness.tables_of(fairness.add_up([one]), is_protected=False)[0]

    assert (table.lines[0].people, table.lines[0].share, table.chart) == ("4", "–", None)


def test_small_groups_are_kept_back_from_the_funder_and_cannot_be_recomputed():
    one = reports(
        ("newcomer", "everybody", "", 33, 20),
        ("newcomer", "gender", "f", 20, 12),
        ("newcomer", "gender", "m", 10, 7),
        ("newcomer", "gender", "d", 3, 1),
    )

    with override("en"):
        table = fairness.tables_of(fairness.add_up([one]), is_protected=True)[0]

    shown = {line.label: line.people for line in table.lines}
    assert list(shown.values())[2] == "fewer than 5"
    assert [*shown.values()].count("·") >= 1


def test_a_run_keeps_whom_it_served(site):
    pair(site)
    ParticipationFactory(site=site, side=Side.NEWCOMER)

    run = start_run(site=site, by=UserFactory(), at=NOON)

    everybody = [row for row in run.fairness if row["trait"] == "everybody"]
    assert [(row["side"], row["people"], row["paired"]) for row in everybody] == [
        ("volunteer", 1, 1),
        ("newcomer", 2, 1),
    ]
    assert run.wanted[0]["newcomers"] == 1
    assert "ids" not in run.wanted[0]


def test_months_are_a_line_when_there_are_two(site):
    for months, left in ((2, 6), (1, 3)):
        RunFactory(
            site=site,
            created_at=NOON - timedelta(days=30 * months),
            summary={
                "counts": {
                    "newcomers": 12,
                    "left_newcomers": left,
                    "volunteers": 10,
                    "left_volunteers": 5,
                }
            },
        )

    sites = type(site).objects.filter(pk=site.pk)
    chart = fairness.over_time(sites, on=NOON.date())

    assert [list(each.values) for each in chart.series] == [[50, 75], [50, 50]]


def test_the_ministry_sees_no_person_and_no_small_number(world, sign_in):
    client = sign_in(world.users["ministry"])
    pair(world.mine)
    start_run(site=world.mine, by=UserFactory(), at=NOON)

    response = client.get(address("country_fairness"))

    assert response.status_code == 200
    assert response.context["is_protected"]
    assert response.context["wanted"] == []
    assert "Muster" not in response.content.decode()


# ---------------------------------------------------------------- whom to look for

WANTED = {
    "language": "fa",
    "gender": "m",
    "time": "evening",
    "region": "86",
    "place": "86150",
    "newcomers": 14,
    "minors": 1,
    "groups": 0,
    "days": 91.0,
    "topics": ["school"],
}


def test_whom_to_look_for_is_a_sentence_and_a_text_to_copy():
    with override("en"):
        lines = wanted_in_words([WANTED])
        text = campaign_text(lines, contact="Brücke")

    assert lines[0].title == (
        "Men who speak Persian (Dari) and have time in the evening, from Monday to Friday, around "
        "Augsburg"
    )
    assert lines[0].waiting == "14 people are waiting"
    assert text.endswith("around Augsburg (14 people are waiting)\n\nBrücke")


def test_lists_of_sites_add_up_and_small_ones_stay_away():
    small = WANTED | {"language": "uk", "newcomers": 4}

    found = add_up_wanted([[WANTED, small], [WANTED]], least=5)

    assert [(row["language"], row["newcomers"]) for row in found] == [("fa", 28)]
