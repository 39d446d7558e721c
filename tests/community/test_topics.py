"""Beginning topics, with a name and without one; announcements and polls."""

import json
import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from tandemwerk.community.enums import Anonymity, SpaceKind, TopicKind, TopicState
from tandemwerk.community.errors import AlreadySettledError, ClosedError, TooFastError
from tandemwerk.community.models import Acknowledgement, Draft, Poll, Post, Topic, TopicRead
from tandemwerk.community.queries.topics import confirmed
from tandemwerk.community.services import polls, topics
from tandemwerk.community.services.following import follow, save_draft
from tandemwerk.core.models import AuditEntry, SearchDocument
from tandemwerk.messaging.models import NoticeCopy
from tandemwerk.people.models import User
from tests.community.factories import SpaceFactory, SpaceMembershipFactory, TopicFactory
from tests.factories import NOON, SiteFactory
from tests.world import World

pytestmark = pytest.mark.django_db

KEY = "k" * 32


def begin(world: World, role: str = "coordinator", **wanted) -> topics.Begun:
    fields = {
        "space_id": (wanted.pop("space", None) or SpaceFactory()).pk,
        "kind": TopicKind.QUESTION,
        "title": "Wie finden wir Räume?",
        "body": "Wir suchen Räume für Treffen am Abend.",
        "by": world.users[role],
        "at": NOON,
    }
    return topics.begin_topic(**fields | wanted)


def links_to(user: User) -> set[str]:
    """Return the tables of which a row leads to an account, in a key or in JSON."""
    found = set()
    for model in apps.get_models():
        if not model.__module__.startswith("tandemwerk."):
            continue
        for field in model._meta.concrete_fields:
            if field.is_relation and field.related_model is User:
                rows = model._default_manager.filter(**{field.name: user})
            elif isinstance(field, models.JSONField):
                rows = [
                    value
                    for value in model._default_manager.values_list(field.name, flat=True)
                    if user.name in json.dumps(value, ensure_ascii=False)
                ]
                if rows:
                    found.add(f"{model._meta.label}.{field.name}")
                continue
            else:
                continue
            if rows.exists():
                found.add(f"{model._meta.label}.{field.name}")
    actor = AuditEntry.objects.filter(actor_kind="user", actor_id=user.pk)
    return found | ({"core.AuditEntry"} if actor.exists() else set())


def test_a_topic_is_found_read_and_followed_by_its_author(world: World):
    begun = begin(world)

    document = SearchDocument.objects.get(source="topics", object_id=begun.topic.pk)
    assert document.audience == f"space/{begun.topic.space_id}"
    assert begun.topic.subscriptions.filter(user=world.users["coordinator"]).exists()
    assert (begun.topic.site, begun.post.carrier) == (world.mine, world.carrier)


def test_a_form_sent_twice_begins_one_topic(world: World):
    space = SpaceFactory()

    first, second = (begin(world, space=space, key=KEY) for _ in range(2))

    assert (first.topic, Topic.objects.count()) == (second.topic, 1)


def test_nothing_anywhere_leads_to_who_asked_so_that_nobody_knows(world: World):
    space, user = SpaceFactory(), world.users["coordinator"]
    save_draft(place=f"space/{space.pk}", data={"title": "Räume"}, by=user, at=NOON)
    follow(by=world.users["reader"], interest="all", space=space)
    before = links_to(user) - {"community.Draft.user"}

    begun = begin(world, space=space, anonymity=Anonymity.NOBODY, key=KEY)

    assert links_to(user) == before
    assert (begun.topic.author, begun.post.author, begun.topic.site) == (None, None, None)
    assert not Draft.objects.exists()
    assert KEY not in {begun.post.key, begun.topic.asker_key_hash}
    assert NoticeCopy.objects.get().notice.by is None


def test_whoever_follows_is_told_of_their_own_unknown_question_like_all_others(world: World):
    space = SpaceFactory()
    for role in ("coordinator", "reader"):
        follow(by=world.users[role], interest="all", space=space)

    begin(world, space=space, anonymity=Anonymity.NOBODY)

    assert NoticeCopy.objects.count() == 2


def test_questions_that_nobody_stands_for_are_few(world: World):
    space = SpaceFactory()
    for number in range(topics.MOST_UNKNOWN):
        begin(world, space=space, anonymity=Anonymity.NOBODY, body=f"Wir suchen Räume {number}.")

    with pytest.raises(TooFastError):
        begin(world, space=space, anonymity=Anonymity.NOBODY, body="Und noch eine Frage.")


def test_the_count_of_questions_without_a_name_is_shared_and_says_nobodys_number(
    world: World, settings
):
    settings.CACHES = settings.CACHES | {
        "default": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "core_cache",
        }
    }
    space = SpaceFactory()

    for number in range(2):
        begin(world, space=space, anonymity=Anonymity.NOBODY, body=f"Wir suchen Räume {number}.")

    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM core_cache")
        assert cursor.fetchall() == [(f":1:community_unknown_{NOON.date()}_0",)]


def test_the_secret_lets_the_unknown_asker_answer_and_accept(world: World, sign_in):
    space, user = SpaceFactory(), world.users["coordinator"]
    begun = begin(world, space=space, anonymity=Anonymity.NOBODY)
    answer = Post.objects.create(
        topic=begun.topic,
        author=world.users["reader"],
        body="So.",
        html="<p>So.</p>",
        key="a",
        created_at=NOON + timedelta(minutes=1),
    )
    before = links_to(user)
    client = sign_in(user)
    address = f"/de/community/asked/{begun.topic.pk}/{begun.secret}/"

    said = client.post(address, {"body": "Danke, das hilft sehr.", "key": KEY}).status_code
    accepted = client.post(address, {"accept": answer.pk}).status_code
    guessed = client.get(f"/de/community/asked/{begun.topic.pk}/{'x' * 32}/").status_code

    begun.topic.refresh_from_db()
    last = Post.objects.order_by("pk").last()
    assert (said, accepted, guessed) == (302, 302, 404)
    assert (begun.topic.accepted_post, last.author, last.is_asker) == (answer, None, True)
    assert links_to(user) - {"usersessions.UserSession.user"} == before


def test_the_link_is_shown_once_and_again_only_for_the_same_form(world: World, sign_in):
    space = SpaceFactory()
    client = sign_in(world.users["coordinator"])
    form = {
        "kind": "question",
        "title": "Räume?",
        "body": "Wo finden wir Räume?",
        "anonymity": "nobody",
        "key": KEY,
    }

    pages = [client.post(f"/de/community/{space.slug}/new/", form) for _ in range(2)]

    links = {re.search(r"/community/asked/\d+/[\w-]+/", page.text).group() for page in pages}
    assert (len(links), Topic.objects.count(), TopicRead.objects.count()) == (1, 1, 0)
    assert pages[0]["Cache-Control"] == "no-store"


def test_files_are_refused_where_nobody_is_to_know_who_asks(world: World, sign_in):
    space = SpaceFactory()
    client = sign_in(world.users["coordinator"])
    file = SimpleUploadedFile("plan.pdf", b"%PDF-1.7")
    form = {"kind": "question", "title": "Räume?", "body": "Wo?", "anonymity": "nobody"}

    answer = client.post(f"/de/community/{space.slug}/new/", form | {"files": file})

    assert (answer.status_code, Topic.objects.count()) == (422, 0)
    assert links_to(world.users["coordinator"]) & {"community.Attachment.brought_by"} == set()


def test_readers_learn_a_land_and_the_trail_no_name(world: World, sign_in):
    SiteFactory.create_batch(2, land="DE-BY")
    begun = begin(world, anonymity=Anonymity.MODERATORS)
    name = world.users["coordinator"].name

    page = sign_in(world.users["reader"]).get(begun.topic.get_absolute_url())

    assert ("Bayern" in page.text, name in page.text) == (True, False)
    begins = AuditEntry.objects.get(action="community.write_topic")
    assert (begins.actor_kind, name in json.dumps(begins.changes)) == ("system", False)


def test_no_name_of_an_unnamed_asker_is_in_the_search_or_in_a_notice(world: World):
    space, name = SpaceFactory(), world.users["coordinator"].name
    follow(by=world.users["reader"], interest="all", space=space)

    begin(world, space=space, anonymity=Anonymity.MODERATORS)

    document = SearchDocument.objects.get(source="topics")
    notice = NoticeCopy.objects.get().notice
    assert name not in document.text + json.dumps(notice.context)


def test_a_land_with_few_sites_is_not_said(world: World):
    world.mine.land = "DE-HB"
    world.mine.save()

    begun = begin(world, anonymity=Anonymity.NOBODY)

    assert begun.topic.asked_from == ""


def test_an_announcement_tells_all_readers_and_lists_who_has_not_confirmed(world: World):
    space = SpaceFactory(kind=SpaceKind.CARRIERS)

    begun = begin(
        world,
        "network",
        space=space,
        kind=TopicKind.ANNOUNCEMENT,
        wants_acknowledgement=True,
    )
    for _ in range(2):
        topics.acknowledge(topic=begun.topic, by=world.users["carrier_lead"], at=NOON)

    told = set(NoticeCopy.objects.values_list("user_id", flat=True))
    roles = ("network_editor", "carrier_lead", "foreign_carrier_lead")
    assert told == {world.users[role].pk for role in roles}
    found = confirmed(begun.topic)
    assert [user for user, _at in found.done] == [world.users["carrier_lead"]]
    assert set(found.missing) == {
        world.users["network_editor"],
        world.users["foreign_carrier_lead"],
    }
    assert Acknowledgement.objects.count() == 1


def test_only_those_who_look_after_a_space_announce(world: World, sign_in):
    space = SpaceFactory()
    form = {"kind": "announcement", "title": "Neu", "body": "Es gibt etwas Neues."}

    answer = sign_in(world.users["coordinator"]).post(f"/de/community/{space.slug}/new/", form)

    assert (answer.status_code, Topic.objects.count()) == (422, 0)


def test_a_vote_replaces_the_one_before(world: World):
    draft = polls.PollDraft(question="Wann?", options=["heute", "morgen"])
    begun = begin(world, poll=draft)
    first, second = begun.topic.poll.options.order_by("position")
    user = world.users["reader"]

    for option in (first, second):
        polls.vote(poll_id=begun.topic.poll.pk, option_ids=[option.pk], by=user, at=NOON)

    assert (first.votes.count(), second.votes.count()) == (0, 1)


def test_a_closed_poll_takes_no_votes(world: World):
    draft = polls.PollDraft(question="Wann?", options=["heute", "morgen"], closes_at=NOON)
    begun = begin(world, poll=draft)

    with pytest.raises(AlreadySettledError):
        polls.vote(poll_id=begun.topic.poll.pk, option_ids=[1], by=world.users["reader"], at=NOON)


def test_nobody_begins_a_topic_in_an_archived_space(world: World):
    with pytest.raises(ClosedError):
        begin(world, space=SpaceFactory(archived_at=NOON))


def test_first_words_wait_and_tell_nobody_until_they_are_shown(world: World):
    space = SpaceFactory(reviews_first_posts=True)
    follow(by=world.users["reader"], interest="all", space=space)

    begun = begin(world, space=space)

    seen = Topic.objects.visible_to(world.users["reader"]).exists()
    assert (begun.topic.state, seen, NoticeCopy.objects.count()) == (TopicState.PENDING, False, 0)


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"body": "   "},
        {"kind": "nonsense"},
        {"kind": "discussion", "anonymity": "nobody"},
        {"terms": "unknown"},
        {"poll_question": "Wann?", "poll_options": "nur eine"},
        {"poll_options": "eins\nzwei"},
    ],
)
def test_a_form_that_does_not_fit_keeps_what_was_typed(world: World, sign_in, wrong):
    space = SpaceFactory()
    good = {"kind": "question", "title": "Räume gesucht", "body": "Wir suchen Räume."}

    answer = sign_in(world.users["coordinator"]).post(
        f"/de/community/{space.slug}/new/", good | wrong
    )

    assert answer.status_code == 422
    assert (good | wrong)["title"] in answer.text
    assert (Topic.objects.count(), Poll.objects.count()) == (0, 0)


def test_what_may_lead_to_a_person_is_shown_before_it_is_posted(world: World, sign_in):
    space = SpaceFactory()
    client = sign_in(world.users["coordinator"])
    address = f"/de/community/{space.slug}/new/"
    form = {
        "kind": "question",
        "title": "Hilfe bei einem Antrag",
        "body": "Bitte rufen Sie an: 0821 3242526.",
    }

    first = client.post(address, form)
    mark = re.search(r'name="looked_at" value="(\w+)"', first.text).group(1)
    second = client.post(address, form | {"looked_at": mark})

    assert (first.status_code, "0821 3242526" in first.text) == (422, True)
    assert (second.status_code, Topic.objects.count()) == (302, 1)


def test_a_closed_group_is_no_way_to_learn_who_is_in_it(world: World, sign_in):
    group = SpaceFactory(group=True, join_policy="invitation")
    SpaceMembershipFactory(space=group, user=world.users["network"])
    client = sign_in(world.users["coordinator"])

    answer = client.get(f"/de/community/mentions/?place=space/{group.pk}&q=Kim")

    assert answer.status_code == 404


def test_pages_ask_the_database_as_often_for_three_topics_as_for_one(world: World, sign_in):
    space = SpaceFactory()
    client = sign_in(world.users["coordinator"])
    TopicFactory(space=space)
    counts = []
    for _ in range(2):
        for address in ("/de/community/", f"/de/community/{space.slug}/"):
            client.get(address)
            with CaptureQueriesContext(connection) as asked:
                client.get(address)
            counts.append(len(asked))
        TopicFactory.create_batch(2, space=space)

    assert counts[:2] == counts[2:]
