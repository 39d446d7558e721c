"""Members find each other, ask each other, and show nothing they did not say to show."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tandemwerk.community.calendars import peer_calendar
from tandemwerk.community.enums import PEER_MOVES, PeerKind, PeerState
from tandemwerk.community.errors import AlreadySettledError, TooFastError
from tandemwerk.community.models import PeerRequest, Profile
from tandemwerk.community.notices_moderation import answer_by_mail
from tandemwerk.community.queries import directory
from tandemwerk.community.services import peers
from tandemwerk.community.tasks import ask_how_it_was
from tandemwerk.core import clock
from tandemwerk.core.moves import IllegalMoveError
from tandemwerk.core.privacy import account_kinds
from tandemwerk.knowledge.models import Term
from tandemwerk.messaging.models import Notice
from tandemwerk.messaging.replies import ReplyError
from tests.community.factories import PostFactory, SpaceFactory, TopicFactory
from tests.factories import NOON, MembershipFactory

pytestmark = pytest.mark.django_db


def member(**fields):
    user = MembershipFactory().user
    given = {"is_listed": True, "hosts_visits": True, "changed_at": NOON} | fields
    Profile.objects.create(user=user, **given)
    return user


def asked(kind=PeerKind.VISIT, **fields):
    given = {"subject": "Erstes Treffen", "text": "Wie läuft das?", "at": NOON} | fields
    given.setdefault("host", member())
    given.setdefault("by", MembershipFactory().user)
    return peers.ask_peer(kind=kind, **given)


def agreed(request, *, when=NOON + timedelta(days=3)):
    return peers.agree(
        request_id=request.pk,
        agreed_at=when,
        minutes=90,
        place="Maximilianstraße 3",
        answer="Gern!",
        by=request.host,
        at=NOON,
    )


# ------------------------------------------------------------------ the directory


def test_nobody_stands_in_the_directory_before_they_say_so():
    shown, hidden = member(), member(is_listed=False)
    reader = MembershipFactory().user

    assert [each.user for each in directory.listed(reader)] == [shown]
    assert hidden not in [each.user for each in Profile.objects.visible_to(reader)]


def test_whoever_gave_an_answer_that_helped_is_found_by_its_tag():
    term = Term.objects.create(slug="housing", names={"de": "Wohnen"})
    by_deed, by_word = member(), member()
    member()
    by_word.profile.expertise.add(term)
    topic = TopicFactory(terms=[term])
    topic.accepted_post = PostFactory(topic=topic, author=by_deed)
    topic.save()

    found = directory.knows(directory.listed(MembershipFactory().user), term)

    assert {each.user for each in found} == {by_deed, by_word}


def test_what_happens_behind_walls_is_not_counted_outside_of_them():
    term = Term.objects.create(slug="housing", names={"de": "Wohnen"})
    user = member()
    topic = TopicFactory(terms=[term], space=SpaceFactory(kind="internal"))
    topic.accepted_post = PostFactory(topic=topic, author=user)
    topic.save()

    assert directory.accepted_by_term([user.pk], reader=MembershipFactory().user) == {}


def test_the_list_asks_the_database_as_often_for_one_as_for_three():
    reader = MembershipFactory().user
    member()
    with CaptureQueriesContext(connection) as one:
        directory.person_lines(list(directory.listed(reader)), reader=reader)
    member()
    member()

    with CaptureQueriesContext(connection) as three:
        lines = directory.person_lines(
            list(directory.listed(reader).select_related("user")), reader=reader
        )

    assert len(lines) == 3
    assert len(three) <= len(one)


def test_a_site_is_shown_with_what_its_members_know():
    user = member()
    term = Term.objects.create(slug="housing", names={"de": "Wohnen"})
    user.profile.expertise.add(term)
    reader = MembershipFactory().user

    lines = directory.place_lines(directory.listed(reader), of="site")

    assert [(line.expertise, line.hosts_visits) for line in lines] == [(["Wohnen"], True)]


def test_a_profile_is_saved_and_shown(sign_in):
    user = MembershipFactory().user
    client = sign_in(user)

    client.post(
        reverse("community:profile"),
        {"ask_me_about": "Räume", "is_listed": "on", "languages": "fa"},
    )

    page = sign_in(MembershipFactory().user).get(reverse("community:people") + "?language=fa")
    assert "Räume" in page.content.decode()
    assert user.email not in page.content.decode()


def test_an_unknown_language_is_refused_and_what_was_typed_is_kept(sign_in):
    client = sign_in(MembershipFactory().user)

    answer = client.post(reverse("community:profile"), {"ask_me_about": "Räume", "languages": "xx"})

    assert answer.status_code == 422
    assert "Räume" in answer.content.decode()


# ------------------------------------------------------------------ peers


def test_only_those_who_stand_in_the_directory_are_asked():
    with pytest.raises(peers.NotAskableError):
        asked(host=member(is_listed=False))


def test_only_those_who_host_visits_are_visited():
    with pytest.raises(peers.NotAskableError):
        asked(host=member(hosts_visits=False))


def test_nobody_writes_to_everybody():
    by = MembershipFactory().user
    for _ in range(peers.A_DAY):
        asked(by=by)

    with pytest.raises(TooFastError):
        asked(by=by)


@pytest.mark.parametrize("state", PeerState)
@pytest.mark.parametrize("what", ["agree", "decline", "cancel"])
def test_a_request_goes_where_the_table_of_moves_lets_it(state, what):
    request = asked()
    PeerRequest.objects.filter(pk=request.pk).update(state=state, agreed_at=NOON)
    target = {"agree": "agreed", "decline": "declined", "cancel": "cancelled"}[what]
    acts = {
        "agree": lambda: agreed(request),
        "decline": lambda: peers.decline(
            request_id=request.pk, answer="", by=request.host, at=NOON
        ),
        "cancel": lambda: peers.cancel(request_id=request.pk, by=request.host, at=NOON),
    }

    # what is agreed may be agreed anew: another day
    if target in PEER_MOVES.get(state, ()) or (state, what) == (PeerState.AGREED, "agree"):
        acts[what]()
        request.refresh_from_db()
        assert request.state == target
    else:
        with pytest.raises(IllegalMoveError):
            acts[what]()


def test_the_other_side_is_told_and_another_day_counts_on():
    request = agreed(asked())
    again = peers.agree(
        request_id=request.pk,
        agreed_at=NOON + timedelta(days=5),
        minutes=60,
        place="Zoom",
        answer="",
        by=request.asker,
        at=NOON + timedelta(hours=1),
    )

    told = Notice.objects.filter(kind="community.peer_answered").order_by("pk")
    assert [notice.copies.get().user for notice in told] == [request.asker, request.host]
    assert (again.sequence, again.answer) == (1, "Gern!")


def test_the_calendar_names_nobody():
    request = agreed(asked())

    entry = peer_calendar(request, at=NOON)

    assert f"UID:peer-{request.pk}@" in entry
    assert "TZID=Europe/Berlin" in entry
    assert request.asker.name not in entry
    assert request.host.email not in entry


def test_a_question_is_answered_by_mail_once():
    request = asked(kind=PeerKind.QUESTION)
    given = {"user": request.host, "object_id": request.pk, "at": NOON, "key": "mail-1"}

    answer_by_mail(text="Wir laden ein.", **given)

    request.refresh_from_db()
    assert (request.state, request.answer) == (PeerState.DONE, "Wir laden ein.")
    with pytest.raises(ReplyError):
        answer_by_mail(text="Noch einmal.", **given)


def test_both_look_back_in_their_own_words_once_it_is_over():
    request = agreed(asked())
    with pytest.raises(AlreadySettledError):
        peers.look_back(request_id=request.pk, took="-", by=request.asker, at=NOON)

    later = NOON + timedelta(days=4)
    peers.look_back(request_id=request.pk, took="Viel.", by=request.asker, at=later)
    peers.look_back(request_id=request.pk, took="Auch.", by=request.host, at=later)

    request.refresh_from_db()
    assert (request.asker_took, request.host_took) == ("Viel.", "Auch.")


def test_afterwards_both_are_asked_how_it_was_once():
    agreed(asked(), when=clock.now() - timedelta(days=2))

    ask_how_it_was.func()
    ask_how_it_was.func()

    assert Notice.objects.filter(kind="community.peer_over").count() == 2


def test_strangers_never_see_a_request(sign_in):
    request = asked()

    answer = sign_in(MembershipFactory().user).get(reverse("community:peer", args=[request.pk]))

    assert answer.status_code == 404


def test_what_one_took_along_can_become_a_topic_for_all(sign_in):
    space = SpaceFactory()
    request = asked()
    agreed(request)
    later = NOON + timedelta(days=4)
    peers.look_back(request_id=request.pk, took="Zu zweit beginnen.", by=request.host, at=later)
    peers.look_back(request_id=request.pk, took="Nur für mich.", by=request.asker, at=later)
    client = sign_in(request.host)
    begin = f"{reverse('community:topic_new', args=[space.slug])}?peer={request.pk}"

    shown = client.get(reverse("community:peer", args=[request.pk])).content.decode()
    form = client.get(begin).content.decode()

    assert begin in shown
    assert (request.subject in form, "Zu zweit beginnen." in form) == (True, True)
    assert "Nur für mich." not in form


def test_a_day_long_ago_is_no_day_to_agree_on(sign_in):
    request = asked()

    answer = sign_in(request.host).post(
        reverse("community:peer_action", args=[request.pk, "agree"]),
        {"day": "2001-01-01", "time": "10:00", "minutes": "60", "place": "Hier"},
    )

    assert answer.status_code == 422
    assert "Hier" in answer.content.decode()


def test_the_copy_of_ones_data_has_entry_and_requests():
    request = asked()
    kinds = {each.name: each for each in account_kinds()}

    assert kinds["community_profile"].export(request.host_id)[0]["is_listed"] is True
    assert kinds["community_peers"].export(request.asker_id)[0]["subject"] == "Erstes Treffen"
