"""Moderation decides once, says why, and can be asked for another look."""

from datetime import timedelta

import pytest

from tandemwerk.community.enums import (
    AppealState,
    DecisionKind,
    PostState,
    ReportReason,
    ReportState,
    TopicKind,
    TopicState,
)
from tandemwerk.community.errors import AlreadySettledError
from tandemwerk.community.models import Decision, Post, Report, Subscription, Suspension
from tandemwerk.community.queries import moderation as queue
from tandemwerk.community.rules import may_moderate
from tandemwerk.community.services import moderating, moderation, sanctions
from tandemwerk.community.services.moderation import DecidedMeanwhileError, Ruling
from tandemwerk.core.models import AuditEntry
from tandemwerk.core.moves import IllegalMoveError
from tandemwerk.messaging.models import Message, Notice
from tandemwerk.programme.enums import Role
from tests.community.factories import (
    PostFactory,
    SpaceFactory,
    SpaceMembershipFactory,
    TopicFactory,
)
from tests.factories import NOON, MembershipFactory, ProgrammeFactory, SiteFactory, UserFactory

pytestmark = pytest.mark.django_db

WHY = "Im Text steht der Name einer Person. Bitte schreiben Sie ihn ohne Namen neu."


def moderator():
    return MembershipFactory(
        role=Role.NETWORK_MODERATOR, site=None, programme=ProgrammeFactory()
    ).user


def ruling(kind, by, **fields):
    given = {"reason": WHY, "at": NOON, "seen": 0} | fields
    return Ruling(kind=kind, by=by, **given)


def reply(**fields):
    topic = fields.pop("topic", None) or TopicFactory()
    author = fields.pop("author", None) or MembershipFactory().user
    created_at = NOON + timedelta(minutes=5)
    return PostFactory(topic=topic, author=author, created_at=created_at, **fields)


LEGAL = {
    (PostState.PENDING, DecisionKind.APPROVE),
    (PostState.PENDING, DecisionKind.SHOW),
    (PostState.PENDING, DecisionKind.HIDE),
    (PostState.SHOWN, DecisionKind.HIDE),
    (PostState.HIDDEN, DecisionKind.SHOW),
    (PostState.HIDDEN, DecisionKind.APPROVE),
}


@pytest.mark.parametrize("state", PostState)
@pytest.mark.parametrize("kind", [DecisionKind.APPROVE, DecisionKind.HIDE, DecisionKind.SHOW])
def test_a_post_goes_where_the_table_of_moves_lets_it(state, kind):
    post = reply(state=state)

    if (state, kind) in LEGAL:
        moderation.decide_post(post_id=post.pk, ruling=ruling(kind, moderator()))
        post.refresh_from_db()
        assert post.state == moderation.POST_TARGETS[kind]
    else:
        with pytest.raises(IllegalMoveError):
            moderation.decide_post(post_id=post.pk, ruling=ruling(kind, moderator()))


def test_the_person_gets_the_reasons_in_the_app_and_by_mail_in_their_language():
    author = MembershipFactory(user=UserFactory(language="ar")).user
    post = reply(author=author)

    decision = moderation.decide_post(
        post_id=post.pk, ruling=ruling(DecisionKind.HIDE, moderator())
    )

    message = Message.objects.get(key=f"community.decision:{decision.pk}")
    assert (message.user, message.language) == (author, "ar")
    assert WHY in message.text
    assert f"/ar/community/decisions/{decision.pk}/" in message.text
    notice = Notice.objects.get(key=f"community.decision:{decision.pk}")
    assert [copy.user for copy in notice.copies.all()] == [author]


def test_one_entry_in_the_trail_tells_who_decided():
    by = moderator()
    post = reply()

    moderation.decide_post(post_id=post.pk, ruling=ruling(DecisionKind.HIDE, by))

    entry = AuditEntry.objects.get(action="community.moderate")
    assert (entry.actor_id, entry.target_id, entry.changes["kind"]) == (by.pk, post.pk, "hide")


def test_the_first_post_takes_its_topic_along():
    topic = TopicFactory(state=TopicState.PENDING)
    post = topic.posts.get()
    Post.objects.filter(pk=post.pk).update(state=PostState.PENDING)

    moderation.decide_post(post_id=post.pk, ruling=ruling(DecisionKind.APPROVE, moderator()))

    topic.refresh_from_db()
    assert topic.state == TopicState.OPEN


def test_a_hidden_answer_is_no_longer_the_accepted_one():
    post = reply()
    post.topic.accepted_post = post
    post.topic.save()

    moderation.decide_post(post_id=post.pk, ruling=ruling(DecisionKind.HIDE, moderator()))

    post.topic.refresh_from_db()
    assert post.topic.accepted_post is None
    assert post.topic.last_post_at == NOON


def test_whoever_decides_second_learns_what_was_decided():
    first, second, post = moderator(), moderator(), reply()
    moderation.warn(post_id=post.pk, ruling=ruling(DecisionKind.WARN, first))

    with pytest.raises(DecidedMeanwhileError) as caught:
        moderation.decide_post(post_id=post.pk, ruling=ruling(DecisionKind.HIDE, second))

    assert (caught.value.decision.by, caught.value.decision.kind) == (first, "warn")
    post.refresh_from_db()
    assert post.state == PostState.SHOWN


def test_having_seen_it_one_may_decide_again():
    post = reply()
    before = moderation.warn(post_id=post.pk, ruling=ruling(DecisionKind.WARN, moderator()))

    moderation.decide_post(
        post_id=post.pk, ruling=ruling(DecisionKind.HIDE, moderator(), seen=before.pk)
    )

    post.refresh_from_db()
    assert post.state == PostState.HIDDEN


def test_an_edited_post_keeps_how_it_stood():
    post = reply(body="Frau Beispiel braucht Hilfe.")

    moderation.edit_post(
        post_id=post.pk, body="Jemand braucht Hilfe.", ruling=ruling(DecisionKind.EDIT, moderator())
    )

    post.refresh_from_db()
    assert post.body == "Jemand braucht Hilfe."
    assert [each.body for each in post.versions.all()] == ["Frau Beispiel braucht Hilfe."]


# ------------------------------------------------------------------ reports


def report(post, by=None):
    return sanctions.report_post(
        post=post, reason=ReportReason.RUDE, text="", by=by or MembershipFactory().user, at=NOON
    )


def test_a_report_waits_for_those_who_moderate_the_space():
    by, post = moderator(), reply()

    report(post)

    assert [each.pk for each in queue.reported_posts(by)] == [post.pk]
    assert queue.reported_posts(MembershipFactory().user).count() == 0
    assert Notice.objects.filter(kind="community.reported", copies__user=by).count() == 1


def test_somebody_reports_a_post_once_while_it_is_open():
    by, post = MembershipFactory().user, reply()
    report(post, by)

    with pytest.raises(AlreadySettledError):
        report(post, by)


@pytest.mark.parametrize(
    ("is_hidden", "expected"), [(True, ReportState.UPHELD), (False, ReportState.DISMISSED)]
)
def test_whoever_reported_hears_what_came_of_it(is_hidden, expected):
    reporter, by, post = MembershipFactory().user, moderator(), reply()
    report(post, reporter)

    if is_hidden:
        moderation.decide_post(post_id=post.pk, ruling=ruling(DecisionKind.HIDE, by))
    else:
        moderation.dismiss_reports(post_id=post.pk, by=by, at=NOON, seen=0)

    assert Report.objects.get().state == expected
    settled = Notice.objects.get(kind="community.report_settled")
    assert [copy.user for copy in settled.copies.all()] == [reporter]


def test_reports_are_dismissed_once():
    by, post = moderator(), reply()
    report(post)
    moderation.dismiss_reports(post_id=post.pk, by=by, at=NOON, seen=0)

    with pytest.raises(AlreadySettledError):
        moderation.dismiss_reports(post_id=post.pk, by=by, at=NOON, seen=0)


# ------------------------------------------------------------------ topics


def test_a_closed_topic_is_opened_again():
    topic, by = TopicFactory(), moderator()
    closed = moderating.decide_topic(topic_id=topic.pk, ruling=ruling(DecisionKind.LOCK, by))

    moderating.decide_topic(
        topic_id=topic.pk, ruling=ruling(DecisionKind.UNLOCK, by, seen=closed.pk)
    )

    topic.refresh_from_db()
    assert topic.state == TopicState.OPEN


def test_merging_takes_posts_and_followers_along():
    space = SpaceFactory()
    topic, target = TopicFactory(space=space), TopicFactory(space=space)
    follower = UserFactory()
    Subscription.objects.create(user=follower, topic=topic)

    moderating.merge_topic(
        topic_id=topic.pk, into_id=target.pk, ruling=ruling(DecisionKind.MERGE, moderator())
    )

    topic.refresh_from_db()
    assert (topic.state, topic.merged_into) == (TopicState.MERGED, target)
    assert target.posts.count() == 2
    assert Subscription.objects.filter(user=follower, topic=target).exists()


def test_a_question_without_a_name_is_never_merged_into_one_with_names():
    space = SpaceFactory()
    topic = TopicFactory(space=space, anonymity="moderators")

    with pytest.raises(moderating.WouldNameSomebodyError):
        moderating.merge_topic(
            topic_id=topic.pk,
            into_id=TopicFactory(space=space).pk,
            ruling=ruling(DecisionKind.MERGE, moderator()),
        )


def test_what_an_unnamed_asker_said_is_never_split_off():
    topic = TopicFactory(anonymity="moderators")
    said = PostFactory(topic=topic, author=topic.author, is_asker=True)

    with pytest.raises(moderating.WouldNameSomebodyError):
        moderating.split_topic(
            topic_id=topic.pk,
            post_ids=[said.pk],
            title="Anderes",
            kind=TopicKind.DISCUSSION,
            ruling=ruling(DecisionKind.SPLIT, moderator()),
        )


def test_some_posts_become_a_topic_of_their_own():
    topic = TopicFactory()
    first, stays = topic.posts.get(), reply(topic=topic)
    goes = reply(topic=topic)

    made = moderating.split_topic(
        topic_id=topic.pk,
        post_ids=[first.pk, goes.pk],
        title="Eine andere Frage",
        kind=TopicKind.QUESTION,
        ruling=ruling(DecisionKind.SPLIT, moderator()),
    )

    assert (made.author, list(made.posts.all())) == (goes.author, [goes])
    assert set(topic.posts.all()) == {first, stays}


def test_a_moved_topic_is_read_in_the_other_space():
    topic, other = TopicFactory(), SpaceFactory()

    moderating.move_topic(
        topic_id=topic.pk, space=other, ruling=ruling(DecisionKind.MOVE, moderator())
    )

    topic.refresh_from_db()
    assert topic.space == other


# ------------------------------------------------------------------ suspensions and appeals


def suspend(post, by, **fields):
    given = {"everywhere": False, "until": NOON + timedelta(days=7)} | fields
    return sanctions.suspend(post_id=post.pk, ruling=ruling(DecisionKind.SUSPEND, by), **given)


def test_nobody_suspends_another_moderator():
    with pytest.raises(sanctions.NotSuspendableError):
        suspend(reply(author=moderator()), moderator())


def test_a_lifted_suspension_is_over_and_the_person_is_told():
    post, by = reply(), moderator()
    suspension = suspend(post, by)

    sanctions.lift_suspension(
        suspension_id=suspension.pk, ruling=ruling(DecisionKind.LIFT, by, reason="")
    )

    suspension.refresh_from_db()
    assert suspension.lifted_at == NOON
    assert Decision.objects.visible_to(post.author).count() == 2


def appealed(post, by, kind=DecisionKind.HIDE):
    decision = moderation.decide_post(post_id=post.pk, ruling=ruling(kind, by))
    return sanctions.appeal(decision=decision, text="Da steht kein Name.", by=post.author, at=NOON)


def test_whoever_decided_does_not_decide_the_appeal():
    by, post = moderator(), reply()
    made = appealed(post, by)

    with pytest.raises(sanctions.OwnDecisionError):
        sanctions.answer_appeal(
            appeal_id=made.pk, to=AppealState.REFUSED, answer="Nein.", by=by, at=NOON
        )

    assert list(queue.open_appeals(by)) == []


def test_a_granted_appeal_shows_the_post_again():
    post, other = reply(), moderator()
    made = appealed(post, moderator())
    assert list(queue.open_appeals(other)) == [made]

    sanctions.answer_appeal(
        appeal_id=made.pk, to=AppealState.GRANTED, answer="Sie haben recht.", by=other, at=NOON
    )

    post.refresh_from_db()
    assert post.state == PostState.SHOWN
    answered = Notice.objects.get(kind="community.appeal_answered")
    assert [copy.user for copy in answered.copies.all()] == [post.author]


def test_a_granted_appeal_ends_the_suspension():
    post, other = reply(), moderator()
    suspension = suspend(post, moderator())
    made = sanctions.appeal(decision=suspension.decision, text="Nein", by=post.author, at=NOON)

    sanctions.answer_appeal(
        appeal_id=made.pk, to=AppealState.GRANTED, answer="Ja.", by=other, at=NOON
    )

    assert Suspension.objects.get().lifted_at == NOON


def test_an_appeal_is_decided_once():
    made = appealed(reply(), moderator())
    given = {"appeal_id": made.pk, "answer": "-", "at": NOON}
    sanctions.answer_appeal(to=AppealState.REFUSED, by=moderator(), **given)

    with pytest.raises(AlreadySettledError):
        sanctions.answer_appeal(to=AppealState.GRANTED, by=moderator(), **given)


def test_against_a_decision_there_is_one_appeal_within_half_a_year():
    post = reply()
    made = appealed(post, moderator())

    with pytest.raises(AlreadySettledError):
        sanctions.appeal(decision=made.decision, text="Noch mal", by=post.author, at=NOON)
    made.delete()
    late = NOON + sanctions.APPEAL_WITHIN + timedelta(days=1)
    with pytest.raises(AlreadySettledError):
        sanctions.appeal(decision=made.decision, text="Spät", by=post.author, at=late)


def test_the_appeal_of_a_carriers_space_reaches_the_network_office_too():
    lead = MembershipFactory(role=Role.LEAD, site=None, carrier=SiteFactory().carrier)
    space = SpaceFactory(carrier_only=True, carrier=lead.carrier)
    post = reply(topic=TopicFactory(space=space))
    made = appealed(post, lead.user)

    assert list(queue.open_appeals(moderator())) == [made]


def test_the_look_at_who_asked_stands_in_the_trail_with_its_reason():
    topic, by = TopicFactory(anonymity="moderators"), moderator()

    asker = sanctions.reveal_asker(topic=topic, reason="Gefahr für jemanden", by=by, at=NOON)

    entry = AuditEntry.objects.get(action="community.reveal_asker")
    assert asker == topic.author
    assert (entry.actor_id, entry.reason) == (by.pk, "Gefahr für jemanden")


def test_the_list_of_spaces_agrees_with_the_rule_for_every_role(world):
    group = SpaceFactory(group=True)
    SpaceMembershipFactory(space=group, user=world.users["coordinator"], role="owner")
    spaces = [
        group,
        SpaceFactory(),
        SpaceFactory(carrier_only=True, carrier=world.carrier),
        SpaceFactory(kind="carriers"),
        SpaceFactory(kind="ministry"),
        SpaceFactory(kind="internal"),
        SpaceFactory(group=True, join_policy="invitation"),
    ]

    for user in world.users.values():
        expected = {each.pk for each in spaces if may_moderate(user, each)}
        assert set(queue.moderated_spaces(user).values_list("pk", flat=True)) == expected
