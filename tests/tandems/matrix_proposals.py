"""What each role gets at the addresses of suggestions, proposals and answers."""

from tandemwerk.core.links import make_token
from tandemwerk.intake.enums import Side
from tandemwerk.tandems.enums import RequestState, TandemState
from tests.factories import ParticipationFactory
from tests.matrix import NETWORK, TEAM, WRITERS, Row
from tests.tandems.proposed import SuggestionFactory, answer_of, make_proposal, make_request
from tests.world import World


def _slug(world: World) -> dict[str, str]:
    return {"slug": world.mine.slug}


def _carrier(world: World) -> dict[str, str]:
    return {"slug": world.carrier.slug}


def _request(world: World) -> dict[str, int]:
    asking = ParticipationFactory(site=world.foreign, side=Side.NEWCOMER)
    asked = ParticipationFactory(site=world.mine)
    return {"pk": make_request(asking, asked).pk}


def _agreed(world: World) -> dict[str, object]:
    asking = ParticipationFactory(site=world.foreign, side=Side.NEWCOMER)
    asked = ParticipationFactory(site=world.mine)
    agreed = make_request(asking, asked, state=RequestState.AGREED)
    return {"slug": world.mine.slug, "pk": agreed.pk}


def _suggestion(world: World) -> dict[str, int]:
    return {"pk": SuggestionFactory(run__site=world.mine).pk}


def _run(world: World) -> dict[str, int]:
    return {"pk": SuggestionFactory(run__site=world.mine).run_id}


def _answer(world: World) -> dict[str, int]:
    return {"pk": answer_of(make_proposal(site=world.mine), Side.NEWCOMER).pk}


def _proposal(world: World) -> dict[str, int]:
    return {"pk": make_proposal(site=world.mine).pk}


def _token(world: World) -> dict[str, str]:
    answer = answer_of(make_proposal(site=world.mine), Side.NEWCOMER)
    return {"token": make_token("answer", pk=answer.pk, nonce=answer.nonce)}


def _closed(world: World) -> dict[str, int]:
    tandem = make_proposal(site=world.mine)
    tandem.state = TandemState.EXPIRED
    tandem.save()
    return {"pk": tandem.pk}


_READ = {TEAM: 200}
_WRITE = {WRITERS: 302, "reader": 403}

#: The site that asked sees the request, and only the other one answers.
_ANSWERED = {**_WRITE, "foreign_coordinator": 403}
_OVERSEEN = {("carrier_lead", *NETWORK, "administrator"): 200}

ROWS: list[Row] = [
    # Comes in the person's language whatever the address says: looked at in tests/browser.
    Row(name="tandems:answer", kwargs=_token, others=200, anonymous=200, is_page=False),
    Row(name="tandems:answer", kwargs=_token, others=200, anonymous=200, method="POST"),
    Row(
        name="tandems:answer",
        kwargs=lambda _world: {"token": "made-up"},
        others=404,
        anonymous=404,
    ),
    # With one site one is sent to its board; the foreign coordinator has one as well.
    Row(
        name="tandems:boards",
        others=200,
        allowed={(*TEAM, "foreign_coordinator"): 302},
    ),
    Row(name="tandems:board", kwargs=_slug, allowed=_READ),
    Row(name="tandems:left", kwargs=_slug, allowed=_READ),
    Row(name="tandems:proposals", kwargs=_slug, allowed=_READ),
    Row(name="tandems:run", kwargs=_run, allowed=_READ),
    Row(name="tandems:suggestion", kwargs=_suggestion, allowed=_READ),
    Row(name="tandems:closed", kwargs=_closed, allowed=_READ),
    Row(name="tandems:why", kwargs=_slug, allowed=_READ),
    Row(name="tandems:simulate", kwargs=_slug, allowed=_READ),
    Row(name="tandems:simulate", kwargs=_slug, query="?what=place", allowed=_READ),
    Row(name="tandems:simulate", kwargs=_slug, query="?what=nonsense", allowed={TEAM: 422}),
    Row(name="tandems:compare", kwargs=_slug, allowed={TEAM: 422}),
    Row(name="tandems:recruit", kwargs=_slug, allowed=_READ),
    Row(name="tandems:runs", kwargs=_slug, allowed=_READ),
    Row(name="tandems:two_runs", kwargs=_slug, allowed={TEAM: 422}),
    Row(name="tandems:site_fairness", kwargs=_slug, allowed=_READ),
    Row(name="tandems:site_course", kwargs=_slug, query="?by=gender", allowed=_READ),
    Row(name="tandems:site_course", kwargs=_slug, query="?by=shoes", allowed={TEAM: 422}),
    Row(name="tandems:site_weights", kwargs=_slug, allowed=_READ),
    Row(
        name="tandems:site_weights",
        kwargs=_slug,
        method="POST",
        allowed={"coordinator": 422, ("safeguarding", "reader"): 403},
    ),
    Row(name="tandems:across", kwargs=_slug, allowed={WRITERS: 200, "reader": 403}),
    Row(name="tandems:across_ask", kwargs=_slug, method="POST", allowed=_WRITE),
    Row(
        name="tandems:across_decline",
        kwargs=_slug,
        method="POST",
        allowed={WRITERS: 422, "reader": 403},
    ),
    Row(name="tandems:across_answer", kwargs=_request, method="POST", allowed=_ANSWERED),
    Row(name="tandems:across_hand_over", kwargs=_agreed, allowed={WRITERS: 200, "reader": 403}),
    Row(
        name="tandems:across_hand_over",
        kwargs=_agreed,
        method="POST",
        allowed={WRITERS: 422, "reader": 403},
    ),
    Row(
        name="tandems:across_terms",
        kwargs=_carrier,
        method="POST",
        allowed={("carrier_lead", "administrator"): 302, NETWORK: 403},
    ),
    Row(
        name="tandems:start_round",
        kwargs=_carrier,
        method="POST",
        allowed={("carrier_lead", "administrator"): 302, NETWORK: 403},
    ),
    Row(
        name="tandems:round",
        kwargs=_carrier,
        allowed={("carrier_lead", "administrator", *NETWORK): 302},
    ),
    # A carrier's: its team, and the network office to look at. With one carrier one is sent there.
    Row(
        name="tandems:terms",
        others=200,
        allowed={("carrier_lead", "foreign_carrier_lead"): 302},
    ),
    Row(name="tandems:carrier_pairing", kwargs=_carrier, allowed=_OVERSEEN),
    Row(
        name="tandems:carrier_pairing",
        kwargs=_carrier,
        method="POST",
        allowed={("carrier_lead", "administrator"): 422, NETWORK: 403},
    ),
    Row(
        name="tandems:nightly",
        kwargs=_carrier,
        method="POST",
        allowed={("carrier_lead", "administrator"): 302, NETWORK: 403},
    ),
    Row(name="tandems:carrier_fairness", kwargs=_carrier, allowed=_OVERSEEN),
    Row(name="tandems:carrier_course", kwargs=_carrier, allowed=_OVERSEEN),
    Row(
        name="tandems:country_fairness",
        others=403,
        allowed={(*NETWORK, "ministry", "administrator"): 200},
    ),
    Row(name="tandems:nights", others=403, allowed={(*NETWORK, "administrator"): 200}),
    Row(name="tandems:by_hand", kwargs=_slug, allowed={WRITERS: 200, "reader": 403}),
    Row(name="tandems:start_run", kwargs=_slug, allowed=_WRITE, method="POST"),
    Row(name="tandems:accept", kwargs=_suggestion, allowed=_WRITE, method="POST"),
    Row(name="tandems:lock", kwargs=_suggestion, allowed=_WRITE, method="POST"),
    Row(
        name="tandems:decline",
        kwargs=_suggestion,
        allowed={WRITERS: 422, "reader": 403},
        method="POST",
    ),
    Row(name="tandems:record_answer", kwargs=_answer, allowed={WRITERS: 200, "reader": 403}),
    Row(name="tandems:invitation", kwargs=_answer, allowed={WRITERS: 200, "reader": 403}),
    Row(
        name="tandems:invitation_file",
        kwargs=_answer,
        is_page=False,
        allowed={WRITERS: 200, "reader": 403},
    ),
    Row(name="tandems:renew", kwargs=_answer, allowed=_WRITE, method="POST"),
    Row(name="tandems:withdraw", kwargs=_proposal, allowed=_WRITE, method="POST"),
    Row(name="tandems:followed_up", kwargs=_proposal, allowed=_WRITE, method="POST"),
]
