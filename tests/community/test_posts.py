"""Posts: said once, changed with a history, taken back; answers and files."""

import threading
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tandemwerk.community.enums import PostState, SpaceKind, TopicKind
from tandemwerk.community.errors import AlreadySettledError, ChangedMeanwhileError, ClosedError
from tandemwerk.community.mentions import find_mentions, look_up, render
from tandemwerk.community.models import Attachment, Post, PostVersion, Reaction, TopicArticle
from tandemwerk.community.services import articles, following, posts
from tandemwerk.core.models import SearchDocument
from tandemwerk.knowledge.enums import Audience
from tandemwerk.knowledge.models import ArticleAuthor
from tandemwerk.messaging import replies
from tandemwerk.messaging.models import NoticeCopy
from tests.community.factories import PostFactory, SpaceFactory, TopicFactory
from tests.factories import NOON, SiteFactory
from tests.world import World

pytestmark = pytest.mark.django_db

KEY = "k" * 32
LATER = NOON + timedelta(hours=1)


def say(world: World, topic, role: str = "coordinator", **wanted) -> Post:
    fields = {"topic_id": topic.pk, "body": "Wir fragen die Bücherei.", "at": LATER}
    return posts.create_post(**fields | {"by": world.users[role]} | wanted)


def test_an_answer_moves_its_topic_up_and_tells_those_who_follow(world: World):
    topic = TopicFactory(author=world.users["reader"])
    following.follow(by=world.users["reader"], interest="all", topic=topic)

    post = say(world, topic)

    topic.refresh_from_db()
    copy = NoticeCopy.objects.get()
    assert (topic.last_post_at, copy.user) == (LATER, world.users["reader"])
    assert (copy.notice.key, copy.notice.reply_object) == (f"community.reply:{post.pk}", topic.pk)
    assert "Bücherei" in SearchDocument.objects.get(source="topics").text


def test_sent_twice_it_stands_once(world: World):
    topic = TopicFactory()

    first, second = (say(world, topic, key=KEY) for _ in range(2))

    assert first == second


def test_the_same_key_for_another_topic_is_another_post(world: World, sign_in):
    one, two = TopicFactory(), TopicFactory()
    client = sign_in(world.users["coordinator"])
    say(world, one, key=KEY)

    answer = client.post(
        f"/de/community/topics/{two.pk}/reply/", {"body": "Etwas ganz anderes.", "key": KEY}
    )

    assert (answer.status_code, two.posts.count()) == (302, 2)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_say_it_once(world: World):
    topic = TopicFactory()
    done = []

    def click() -> None:
        try:
            done.append(say(world, topic, key=KEY).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=click) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (len(done), len(set(done))) == (3, 1)


def test_in_a_closed_topic_nothing_is_said(world: World):
    with pytest.raises(ClosedError):
        say(world, TopicFactory(state="locked"))


def test_what_stood_before_is_kept_and_can_be_read(world: World):
    topic = TopicFactory(space=SpaceFactory())
    post = say(world, topic)
    version = posts.version_of(post)

    posts.edit_post(
        post_id=post.pk,
        body="Wir fragen die Schule.",
        version=version,
        by=world.users["coordinator"],
        at=LATER,
        reason="genauer",
    )

    kept = PostVersion.objects.get()
    assert (kept.body, kept.reason) == ("Wir fragen die Bücherei.", "genauer")
    assert Post.objects.get(pk=post.pk).html == "<p>Wir fragen die Schule.</p>\n"
    with pytest.raises(ChangedMeanwhileError):
        posts.edit_post(
            post_id=post.pk, body="Nein", version=version, by=world.users["network"], at=LATER
        )


def test_a_conflict_shows_both_texts(world: World, sign_in):
    topic = TopicFactory()
    post = say(world, topic)
    client = sign_in(world.users["coordinator"])

    answer = client.post(
        f"/de/community/posts/{post.pk}/edit/", {"body": "Mein neuer Text", "version": "alt"}
    )

    both = ("Mein neuer Text" in answer.text, "Wir fragen die Bücherei." in answer.text)
    assert (answer.status_code, both) == (422, (True, True))


def test_what_is_taken_back_leaves_no_words_behind(world: World):
    topic = TopicFactory()
    following.follow(by=world.users["reader"], interest="all", topic=topic)
    post = say(world, topic)

    posts.remove_post(post_id=post.pk, by=world.users["coordinator"], at=LATER)

    post.refresh_from_db()
    assert (post.state, post.body, post.html) == (PostState.REMOVED, "", "")
    assert "Bücherei" not in SearchDocument.objects.get(source="topics").text
    assert NoticeCopy.objects.count() == 0


def test_only_one_of_two_who_accept_at_the_same_time_does(world: World):
    topic = TopicFactory(author=world.users["reader"])
    author = world.users["coordinator"]
    one, two = (PostFactory(topic=topic, author=author, created_at=LATER) for _ in range(2))
    by = world.users["reader"]
    posts.accept_answer(post_id=one.pk, is_accepted=True, instead_of=None, by=by, at=LATER)

    with pytest.raises(AlreadySettledError):
        posts.accept_answer(post_id=two.pk, is_accepted=True, instead_of=None, by=by, at=LATER)

    topic.refresh_from_db()
    assert (topic.accepted_post, NoticeCopy.objects.get().user) == (one, author)


def test_a_question_is_not_its_own_answer(world: World):
    topic = TopicFactory(author=world.users["reader"])

    with pytest.raises(AlreadySettledError):
        posts.accept_answer(
            post_id=topic.posts.get().pk,
            is_accepted=True,
            instead_of=None,
            by=world.users["reader"],
            at=LATER,
        )


def test_mentions_reach_readers_of_the_space_and_nobody_else(world: World):
    space = SpaceFactory(kind=SpaceKind.CARRIERS)
    lead, coordinator = world.users["carrier_lead"], world.users["coordinator"]

    found = find_mentions(f"@{lead.name} und @{coordinator.name}, bitte.", space)

    assert found.user_ids == {lead.pk}
    assert [each.name for each in look_up("Kim", space)].count(coordinator.name) == 0


def test_a_site_can_be_mentioned_and_its_team_is_told(world: World):
    space = SpaceFactory()

    found = find_mentions(f"Fragen Sie @{world.mine.name}.", space)

    team = {world.users[role].pk for role in ("coordinator", "safeguarding", "reader")}
    assert found.user_ids == team


def test_a_mention_stands_out_and_stays_clean(world: World):
    user = world.users["carrier_lead"]
    user.name = "Kim *Stern* <b>"
    user.save()
    space = SpaceFactory()
    text = f"Danke @{user.name}!"

    html = render(text, find_mentions(text, space))

    assert html == "<p>Danke <strong>@Kim *Stern* &lt;b&gt;</strong>!</p>\n"


def test_a_file_is_read_by_readers_only_and_never_run(world: World, sign_in):
    space = SpaceFactory(carrier_only=True, carrier=world.carrier)
    topic = TopicFactory(space=space)
    client = sign_in(world.users["coordinator"])
    file = SimpleUploadedFile("plan<script>.pdf", b"%PDF-1.7")
    client.post(
        f"/de/community/topics/{topic.pk}/reply/", {"body": "Hier ist der Plan.", "files": file}
    )
    kept = Attachment.objects.get()
    address = f"/de/community/files/{kept.pk}/{kept.name}"

    mine = client.get(address)
    foreign = sign_in(world.users["foreign_coordinator"]).get(address)

    assert (mine.status_code, foreign.status_code, kept.brought_by) == (200, 404, None)
    assert mine["Content-Disposition"].startswith("attachment")
    assert mine["X-Content-Type-Options"] == "nosniff"


def test_files_of_a_form_that_did_not_fit_are_not_lost(world: World, sign_in):
    topic = TopicFactory()
    client = sign_in(world.users["coordinator"])
    address = f"/de/community/topics/{topic.pk}/reply/"
    file = SimpleUploadedFile("plan.pdf", b"%PDF-1.7")

    client.post(address, {"body": "", "files": file})
    kept = Attachment.objects.get()
    client.post(address, {"body": "Hier ist er.", "attachment": kept.pk})

    kept.refresh_from_db()
    assert kept.post == topic.posts.order_by("pk").last()


def test_nobody_sends_the_files_of_others(world: World):
    kept = Attachment.objects.create(
        brought_by=world.users["reader"], file="x.pdf", name="x.pdf", size=1, at=NOON
    )

    post = say(world, TopicFactory(), attachment_ids=[kept.pk])

    assert post.attachments.count() == 0


def test_a_reaction_counts_once(world: World):
    post = PostFactory()

    for _ in range(2):
        posts.react(post_id=post.pk, kind="thanks", is_on=True, by=world.users["reader"])

    assert Reaction.objects.count() == 1


def test_a_reaction_is_given_and_taken_back_on_the_page(world: World, sign_in):
    topic = TopicFactory(author=world.users["reader"])
    client = sign_in(world.users["coordinator"])
    address = f"/de/community/posts/{topic.posts.get().pk}/react/"

    client.post(address, {"kind": "thanks"})
    given = Reaction.objects.count()
    client.post(address, {"off": "thanks"})

    assert (given, Reaction.objects.count()) == (1, 0)


def test_the_ministry_marks_the_official_answer(world: World, sign_in):
    topic = TopicFactory(space=SpaceFactory(kind=SpaceKind.MINISTRY))
    post = PostFactory(topic=topic, author=world.users["ministry"], created_at=LATER)

    answer = sign_in(world.users["ministry"]).post(
        f"/de/community/posts/{post.pk}/official/", {"to": "on", "instead_of": ""}
    )

    topic.refresh_from_db()
    assert (answer.status_code, topic.official_post) == (302, post)


@pytest.mark.parametrize(
    ("kind", "audience"),
    [
        (SpaceKind.MEMBERS, Audience.MEMBERS),
        (SpaceKind.CARRIERS, Audience.CARRIER),
        (SpaceKind.CARRIER, Audience.CARRIER),
        (SpaceKind.MINISTRY, Audience.CARRIER),
    ],
)
def test_an_article_takes_text_sources_and_walls_along(world: World, kind, audience):
    fields = {"carrier": world.carrier} if kind == SpaceKind.CARRIER else {}
    space = SpaceFactory(kind=kind, **fields)
    topic = TopicFactory(space=space, anonymity="moderators", body="Wo finden wir Räume?")
    topic.posts.update(is_asker=True)
    answer = PostFactory(topic=topic, body="In der Bücherei.", created_at=LATER)

    made, again = (
        articles.make_article(post_id=answer.pk, by=world.users["carrier_lead"], at=LATER)
        for _ in range(2)
    )

    sources = ArticleAuthor.objects.filter(article=made, role="source").order_by("pk")
    assert (made, made.audience, made.origin_audience) == (again, audience, audience)
    assert [each.user for each in sources] == [None, answer.author]
    assert sources[0].unnamed != ""
    assert ("Wo finden wir Räume?" in made.body, "In der Bücherei." in made.body) == (True, True)
    assert TopicArticle.objects.get().topic == topic


@pytest.mark.parametrize("kind", [SpaceKind.INTERNAL, SpaceKind.CARRIERS, SpaceKind.MINISTRY])
def test_what_stays_inside_is_made_no_article_by_the_network_office(world: World, kind):
    topic = TopicFactory(space=SpaceFactory(kind=kind))

    with pytest.raises(articles.NothingForTheLibraryError):
        articles.make_article(post_id=topic.posts.get().pk, by=world.users["network"], at=LATER)


def test_an_answer_by_mail_becomes_a_post(world: World):
    topic = TopicFactory()
    handler = replies.handler_for("community.topic")

    for _ in range(2):
        handler(
            user=world.users["coordinator"],
            object_id=topic.pk,
            text="Wir fragen die Bücherei.",
            at=LATER,
            key="m1",
        )

    post = topic.posts.order_by("pk").last()
    assert (topic.posts.count(), post.via, post.body) == (2, "mail", "Wir fragen die Bücherei.")


def test_who_left_cannot_answer_by_mail(world: World):
    topic = TopicFactory(space=SpaceFactory(kind=SpaceKind.INTERNAL))
    handler = replies.handler_for("community.topic")

    with pytest.raises(replies.ReplyError):
        handler(
            user=world.users["coordinator"], object_id=topic.pk, text="Hallo", at=LATER, key="m1"
        )


def test_a_topic_asks_the_database_as_often_for_three_posts_as_for_one(world: World, sign_in):
    topic = TopicFactory(kind=TopicKind.QUESTION)
    client = sign_in(world.users["network"])
    counts = []
    for number in range(2):
        quoted = PostFactory(topic=topic, created_at=LATER, site=SiteFactory())
        made = PostFactory.create_batch(
            1 + number, topic=topic, created_at=LATER, site=SiteFactory(), reply_to=quoted
        )
        for post in made:
            Reaction.objects.create(post=post, user=world.users["reader"], kind="thanks")
        client.get(topic.get_absolute_url())
        with CaptureQueriesContext(connection) as asked:
            client.get(topic.get_absolute_url())
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_a_space_of_words_is_no_answer(world: World, sign_in):
    topic = TopicFactory()

    answer = sign_in(world.users["coordinator"]).post(
        f"/de/community/topics/{topic.pk}/reply/", {"body": "  \n "}
    )

    assert (answer.status_code, topic.posts.count()) == (422, 1)
