"""The board in the browser: filters, decisions with and without script, pairs by hand, paper."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from tandemwerk.intake.enums import Side
from tandemwerk.intake.models import Participation
from tandemwerk.people.models import User
from tandemwerk.tandems.enums import RunState, SuggestionState, TandemState
from tandemwerk.tandems.errors import NoPlaceLeftError
from tandemwerk.tandems.models import Answer, PairingRun, Suggestion, Tandem
from tests.factories import ParticipationFactory, PersonFactory
from tests.tandems.proposed import RunFactory, SuggestionFactory, answer_of, make_proposal
from tests.world import ROLES

HTMX = {"HTTP_HX_REQUEST": "true"}


def address(name, **kwargs):
    with override("de"):
        return reverse(f"tandems:{name}", kwargs=kwargs)


@pytest.fixture
def coordinator(world, sign_in):
    return sign_in(world.users["coordinator"])


@pytest.fixture
def run(world):
    return RunFactory(site=world.mine)


def named(run, volunteer, newcomer, **fields):
    """A suggestion of two people with these family names."""
    site = run.site
    return SuggestionFactory(
        run=run,
        volunteer=ParticipationFactory(
            site=site, person=PersonFactory(family_name=volunteer), kinds=fields.pop("kinds", 1)
        ),
        newcomer=ParticipationFactory(
            site=site, side=Side.NEWCOMER, person=PersonFactory(family_name=newcomer), kinds=7
        ),
        **fields,
    )


def shown(response):
    return [card.suggestion.volunteer.person.family_name for card in response.context["cards"]]


# ---------------------------------------------------------------- the list


def test_the_best_fit_comes_first(coordinator, world, run):
    named(run, "Adler", "Omid", score=0.4)
    named(run, "Bauer", "Parisa", score=0.7)

    response = coordinator.get(address("board", slug=world.mine.slug))

    assert shown(response) == ["Bauer", "Adler"]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"person": "adler"}, ["Adler"]),
        ({"person": "pari"}, ["Bauer"]),
        ({"person": "nobody"}, []),
        ({"language": "uk"}, ["Bauer"]),
        ({"kind": "1"}, ["Bauer"]),
        ({"sort": "near"}, ["Bauer", "Adler"]),
        ({"sort": "fit"}, ["Adler", "Bauer"]),
        ({"sort": "nonsense"}, ["Adler", "Bauer"]),
        ({"page": "99999999999999999999"}, ["Adler", "Bauer"]),
        ({"person": "\x00"}, ["Adler", "Bauer"]),
        ({"kind": "99"}, ["Adler", "Bauer"]),
    ],
)
def test_filters_and_order_stay_in_the_address(coordinator, world, run, query, names):
    named(run, "Adler", "Omid", score=0.7, km=9.0, kinds=1, language="fa")
    named(run, "Bauer", "Parisa", score=0.4, km=1.0, kinds=2, language="uk")

    response = coordinator.get(address("board", slug=world.mine.slug), query)

    assert response.status_code == 200
    assert shown(response) == names


def test_only_open_suggestions_of_this_site_are_shown(coordinator, world, run):
    named(run, "Adler", "Omid", state=SuggestionState.OUTDATED)
    named(RunFactory(site=world.foreign), "Bauer", "Parisa")

    assert shown(coordinator.get(address("board", slug=world.mine.slug))) == []


@pytest.mark.parametrize("page", ["board", "left", "proposals"])
def test_pages_ask_as_often_for_three_as_for_one(
    coordinator, world, run, page, django_assert_num_queries
):
    def add():
        suggestion = SuggestionFactory(run=run)
        run.left.append(
            {
                "participation": ParticipationFactory(site=world.mine).pk,
                "side": "volunteer",
                "reasons": [{"rule": "no_candidate", "values": {}}],
                "relax": [{"rule": "language", "count": 2, "km": None}],
            }
        )
        run.save()
        make_proposal(site=world.mine)
        return suggestion

    add()
    path = address(page, slug=world.mine.slug)
    coordinator.get(path)
    with CaptureQueriesContext(connection) as one:
        coordinator.get(path)
    add()
    add()

    assert len(one) <= 19
    with django_assert_num_queries(len(one)):
        coordinator.get(path)


# ---------------------------------------------------------------- starting


def test_the_button_suggests_pairs(coordinator, world):
    ParticipationFactory(site=world.mine)
    ParticipationFactory(site=world.mine, side=Side.NEWCOMER)

    response = coordinator.post(address("start_run", slug=world.mine.slug))

    assert response.status_code == 302
    assert PairingRun.objects.get().state == RunState.DONE
    assert Suggestion.objects.count() == 1


def test_progress_is_asked_for_until_the_run_is_done(coordinator, world):
    run = RunFactory(site=world.mine, state=RunState.RUNNING, finished_at=None)
    path = address("run", pk=run.pk)

    waiting = coordinator.get(path, **HTMX)
    run.state = RunState.DONE
    run.save()
    done = coordinator.get(path, **HTMX)

    assert "hx-get" in waiting.content.decode()
    assert "<html" not in waiting.content.decode()
    assert done["HX-Refresh"] == "true"


# ---------------------------------------------------------------- deciding


def test_accepting_without_script_leads_back_with_a_message(coordinator, run):
    suggestion = SuggestionFactory(run=run)

    response = coordinator.post(address("accept", pk=suggestion.pk), follow=True)

    tandem = Tandem.objects.get(state=TandemState.PROPOSED)
    assert response.redirect_chain[-1][0] == address("board", slug=run.site.slug)
    assert len(response.context["messages"]) == 1
    assert tandem.answers.count() == 2


def test_accepting_with_script_answers_with_the_card(coordinator, run):
    suggestion = SuggestionFactory(run=run)

    response = coordinator.post(address("accept", pk=suggestion.pk), **HTMX)

    words = response.content.decode()
    assert response.status_code == 200
    assert f'id="suggestion-{suggestion.pk}"' in words
    assert "<html" not in words


def test_who_gets_no_mail_is_offered_on_paper(coordinator, run):
    person = PersonFactory(contact_preference="neither")
    newcomer = ParticipationFactory(site=run.site, side=Side.NEWCOMER, person=person)
    suggestion = SuggestionFactory(run=run, newcomer=newcomer)

    response = coordinator.post(address("accept", pk=suggestion.pk), **HTMX)

    answer = Answer.objects.get(side=Side.NEWCOMER)
    assert address("invitation", pk=answer.pk) in response.content.decode()


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_place_that_is_gone_is_told(coordinator, run, headers):
    volunteer = ParticipationFactory(site=run.site, capacity=1)
    one, other = SuggestionFactory.create_batch(2, run=run, volunteer=volunteer)
    coordinator.post(address("accept", pk=one.pk))
    coordinator.get(address("board", slug=run.site.slug))  # the first message is read

    response = coordinator.post(address("accept", pk=other.pk), follow=True, **headers)

    assert response.status_code == (422 if headers else 200)
    if headers:
        with override("de"):
            assert str(NoPlaceLeftError()) in response.content.decode()
    else:
        assert len(response.context["messages"]) == 1
    assert Tandem.objects.filter(volunteer=volunteer).count() == 1


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_declining_needs_a_reason_and_keeps_what_was_typed(coordinator, run, headers):
    suggestion = SuggestionFactory(run=run)

    response = coordinator.post(
        address("decline", pk=suggestion.pk), {"reason": "nonsense", "note": "Wort"}, **headers
    )

    suggestion.refresh_from_db()
    assert response.status_code == 422
    assert 'value="Wort"' in response.content.decode()
    assert suggestion.state == SuggestionState.OPEN


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_declining_takes_the_suggestion_away(coordinator, run, headers):
    suggestion = SuggestionFactory(run=run)

    response = coordinator.post(
        address("decline", pk=suggestion.pk), {"reason": "distance", "note": ""}, **headers
    )

    suggestion.refresh_from_db()
    assert response.status_code == (200 if headers else 302)
    assert suggestion.state == SuggestionState.DECLINED


@pytest.mark.parametrize(
    "data", [{"reason": "answer"}, {}, {"reason": "fit", "note": "x" * 201}, {"note": "\x00"}]
)
def test_a_bad_decline_changes_nothing(coordinator, run, data):
    suggestion = SuggestionFactory(run=run)

    response = coordinator.post(address("decline", pk=suggestion.pk), data)

    suggestion.refresh_from_db()
    assert (response.status_code, suggestion.state) == (422, SuggestionState.OPEN)


# ---------------------------------------------------------------- by hand


@pytest.fixture
def pair(world):
    return (
        ParticipationFactory(site=world.mine),
        ParticipationFactory(site=world.mine, side=Side.NEWCOMER),
    )


def test_one_person_gets_the_best_partners_shown(coordinator, world, pair):
    path = address("by_hand", slug=world.mine.slug)

    response = coordinator.get(path, {"newcomer": pair[1].pk})

    assert [each.participation for each in response.context["partners"]] == [pair[0]]


def test_two_people_are_explained_and_proposed(coordinator, world, pair):
    path = address("by_hand", slug=world.mine.slug)
    data = {"volunteer": pair[0].pk, "newcomer": pair[1].pk}

    explained = coordinator.get(path, data)
    proposed = coordinator.post(path, data)

    assert explained.context["broken"] == []
    assert proposed["Location"] == address("proposals", slug=world.mine.slug)
    assert Tandem.objects.get(volunteer=pair[0]).newcomer == pair[1]


def test_broken_rules_are_warned_of_and_must_be_confirmed(coordinator, world, pair):
    pair[1].kinds = 2
    pair[1].save()
    path = address("by_hand", slug=world.mine.slug)
    data = {"volunteer": pair[0].pk, "newcomer": pair[1].pk}

    refused = coordinator.post(path, data)
    accepted = coordinator.post(path, data | {"confirmed": "on"})

    assert refused.status_code == 422
    assert len(refused.context["broken"]) == 1
    assert accepted.status_code == 302


def test_strangers_cannot_be_paired(coordinator, world, pair):
    stranger = ParticipationFactory(site=world.foreign, side=Side.NEWCOMER)
    path = address("by_hand", slug=world.mine.slug)

    for wrong in (stranger.pk, 10**25, "x", "\x00"):
        data = {"volunteer": pair[0].pk, "newcomer": wrong}
        assert coordinator.get(path, data).status_code == 422
        assert coordinator.post(path, data).status_code == 422

    assert not Tandem.objects.filter(volunteer=pair[0]).exists()


# ---------------------------------------------------------------- answers at the site


def test_the_site_notes_an_answer(coordinator, world):
    tandem = make_proposal(site=world.mine)
    answer = answer_of(tandem, Side.NEWCOMER)

    response = coordinator.post(
        address("record_answer", pk=answer.pk), {"answer": "yes", "note": "am Telefon"}
    )

    answer.refresh_from_db()
    assert response["Location"] == address("proposals", slug=world.mine.slug)
    assert (answer.state, answer.note) == ("yes", "am Telefon")


@pytest.mark.parametrize("data", [{}, {"answer": "waiting"}, {"answer": "yes", "note": "x" * 301}])
def test_a_bad_answer_is_not_noted(coordinator, world, data):
    answer = answer_of(make_proposal(site=world.mine), Side.NEWCOMER)

    response = coordinator.post(address("record_answer", pk=answer.pk), data)

    answer.refresh_from_db()
    assert (response.status_code, answer.state) == (422, "waiting")


def test_an_answer_to_a_proposal_that_is_over_is_refused_with_a_message(coordinator, world):
    tandem = make_proposal(site=world.mine)
    tandem.state = TandemState.EXPIRED
    tandem.save()
    answer = answer_of(tandem, Side.NEWCOMER)

    response = coordinator.post(
        address("record_answer", pk=answer.pk), {"answer": "yes"}, follow=True
    )

    answer.refresh_from_db()
    assert len(response.context["messages"]) == 1
    assert answer.state == "waiting"


@pytest.mark.parametrize("language", ["de", "en", "ar", "fa", "uk"])
def test_the_invitation_comes_as_a_page_and_as_a_pdf_in_every_language(
    coordinator, world, language
):
    tandem = make_proposal(site=world.mine)
    tandem.newcomer.person.language = language
    tandem.newcomer.person.save()
    answer = answer_of(tandem, Side.NEWCOMER)
    Answer.objects.update(expires_at="2126-01-01T00:00Z")

    page = coordinator.get(address("invitation", pk=answer.pk))
    paper = coordinator.get(address("invitation_file", pk=answer.pk))

    assert "<svg" in page.content.decode()
    assert f"/{language}/answer/" in page.context["link"]
    assert paper["Content-Type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF-")


def test_words_on_paper_are_never_markup(coordinator, world):
    world.mine.name = '#panic("x") $x$ *b* \\ @y'
    world.mine.save()
    answer = answer_of(make_proposal(site=world.mine), Side.NEWCOMER)

    assert coordinator.get(address("invitation_file", pk=answer.pk)).status_code == 200


def test_a_closed_proposal_can_be_ticked_off(coordinator, world):
    tandem = make_proposal(site=world.mine)
    tandem.state = TandemState.EXPIRED
    tandem.save()

    coordinator.post(address("followed_up", pk=tandem.pk))

    tandem.refresh_from_db()
    assert tandem.followed_up_at is not None


# ---------------------------------------------------------------- who sees what


@pytest.mark.parametrize("role", [role for role in ROLES if role != "anonymous"])
def test_who_may_view_the_board_sees_its_rows_and_nobody_else_does(world, role):
    user: User = world.users[role]
    suggestion = SuggestionFactory(run__site=world.mine)
    answer = answer_of(make_proposal(site=world.mine), Side.NEWCOMER)
    in_team = role in {"coordinator", "safeguarding", "reader"}

    seen = {
        "run": PairingRun.objects.visible_to(user).filter(pk=suggestion.run_id).exists(),
        "suggestion": Suggestion.objects.visible_to(user).filter(pk=suggestion.pk).exists(),
        "answer": Answer.objects.visible_to(user).filter(pk=answer.pk).exists(),
        "person": Participation.objects.visible_to(user).filter(site=world.mine).exists(),
    }

    assert set(seen.values()) == {in_team}
    if not user.is_superuser:
        for record in (world.mine, suggestion.run, suggestion, answer, answer.tandem):
            assert user.has_perm("tandems.view_board", record) == in_team


@pytest.mark.parametrize(
    "permission", ["start_run", "decide_suggestion", "propose", "record_answer", "follow_up"]
)
@pytest.mark.parametrize("role", ["coordinator", "safeguarding", "reader", "foreign_coordinator"])
def test_only_the_writers_of_the_site_act(world, role, permission):
    is_writer = role in {"coordinator", "safeguarding"}

    assert world.users[role].has_perm(f"tandems.{permission}", world.mine) == is_writer
