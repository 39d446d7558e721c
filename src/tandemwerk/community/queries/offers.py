"""Which questions nobody has answered, who probably knows, and why: for the pairing engine."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tandemwerk.community.enums import (
    OPEN_OFFERS,
    Anonymity,
    PostState,
    SpaceMembershipState,
    TopicKind,
    TopicState,
)
from tandemwerk.community.limits import running_suspensions
from tandemwerk.community.models import Offer, Post, Profile, SpaceMembership, Topic
from tandemwerk.community.queries.directory import accepted_by_term
from tandemwerk.community.rules import may_write
from tandemwerk.knowledge.models import Term
from tandemwerk.people.enums import SPOKEN_LANGUAGES
from tandemwerk.people.models import User
from tandemwerk.places import land_name

#: A question that waits for so long is offered; one that is older than that is not dug up.
WAITS: Final = timedelta(days=2)
OLDEST: Final = timedelta(days=60)
#: To so many members a question is offered, and so many somebody has in their list at most.
OFFERS: Final = 3
MOST_OPEN: Final = 2
#: So many questions are looked at in one go, the oldest first.
MOST_QUESTIONS: Final = 500
ENOUGH_ANSWERS: Final = 5
RESTED: Final = 30
#: What a fit is made of; together 1.
EXPERTISE, SHOWN, LANGUAGE, REGION, REST = 0.4, 0.3, 0.1, 0.05, 0.15

Reasons = list[list[Any]]


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """Somebody who fits a question: how well, from 0 to 1, and why."""

    user_id: int
    score: float
    reasons: Reasons


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question with those who fit it, and how many it is to be offered to still."""

    topic: Topic
    needed: int
    candidates: list[Candidate]


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known of the members who may fit. Read in a fixed number of queries."""

    users: Mapping[int, User]
    expertise: Mapping[int, set[int]]
    languages: Mapping[int, set[str]]
    lands: Mapping[int, set[str]]
    accepted: Mapping[int, Mapping[int, int]]
    last_at: Mapping[int, datetime]
    suspended: set[tuple[int, int | None]]
    refusing: set[int] = field(default_factory=set)


def with_answers(topics: QuerySet[Topic]) -> QuerySet[Any]:
    """Mark topics (``is_answered``) in which somebody else than the asker said something."""
    said = Post.objects.filter(topic=OuterRef("pk"), state=PostState.SHOWN, is_asker=False)
    answers = said.filter(
        Q(author__isnull=True) | Q(topic__author__isnull=True) | ~Q(author=F("topic__author"))
    )
    return topics.annotate(is_answered=Exists(answers))


def unanswered(*, at: datetime) -> QuerySet[Topic]:
    """Return the questions that wait for long enough and that nobody has said anything to."""
    waiting = Topic.objects.filter(
        kind=TopicKind.QUESTION,
        state=TopicState.OPEN,
        accepted_post=None,
        created_at__lte=at - WAITS,
        created_at__gt=at - OLDEST,
        space__archived_at=None,
    )
    return with_answers(waiting).filter(is_answered=False).order_by("created_at", "pk")


def open_numbers(user_ids: Iterable[int]) -> dict[int, int]:
    """Return account -> questions in their list."""
    rows = Offer.objects.filter(user__in=list(user_ids), state__in=OPEN_OFFERS)
    return dict(rows.order_by().values_list("user").annotate(number=Count("pk")))


def questions(topics: QuerySet[Topic], *, at: datetime) -> list[Question]:
    """Return questions with those who fit, best first; a fixed number of queries."""
    rows = list(
        topics.select_related("space__carrier", "site").prefetch_related("terms")[:MOST_QUESTIONS]
    )
    offered: defaultdict[int, dict[int, str]] = defaultdict(dict)
    for topic, user, state in Offer.objects.filter(topic__in=rows).values_list(
        "topic", "user", "state"
    ):
        offered[topic][user] = state
    needed = {
        row.pk: OFFERS - sum(state in OPEN_OFFERS for state in offered[row.pk].values())
        for row in rows
    }
    wanted = [row for row in rows if needed[row.pk] > 0]
    terms = {term.pk for row in wanted for term in row.terms.all()}
    known = _known(terms, at=at)
    return [
        Question(
            topic=row,
            needed=needed[row.pk],
            candidates=_candidates(row, known, without=set(offered[row.pk]), at=at),
        )
        for row in wanted
    ]


def _known(terms: set[int], *, at: datetime) -> Known:
    through: Any = Profile.expertise.through
    named = through.objects.filter(term__in=terms).values_list("profile__user", flat=True)
    shown = Topic.objects.filter(terms__in=terms, accepted_post__author__isnull=False)
    wanted = set(named) | set(shown.values_list("accepted_post__author", flat=True))
    profiles = {each.user_id: each for each in Profile.objects.filter(user__in=wanted)}
    wanted -= {number for number, each in profiles.items() if not each.takes_questions}
    users = {
        each.pk: each
        for each in User.objects.filter(pk__in=wanted, is_active=True).prefetch_related(
            "memberships__site"
        )
    }
    groups: defaultdict[int, dict[int, str]] = defaultdict(dict)
    for user, space, role in SpaceMembership.objects.filter(
        user__in=users, state=SpaceMembershipState.ACTIVE
    ).values_list("user", "space", "role"):
        groups[user][space] = role
    for number, account in users.items():
        account.group_roles = groups[number]  # type: ignore[attr-defined] # what the rules keep
    expertise: defaultdict[int, set[int]] = defaultdict(set)
    for user, term in through.objects.filter(profile__user__in=users, term__in=terms).values_list(
        "profile__user", "term"
    ):
        expertise[user].add(term)
    last = Offer.objects.filter(user__in=users).order_by().values_list("user")
    return Known(
        users=users,
        expertise=expertise,
        languages={
            number: {user.language, *(profiles[number].languages if number in profiles else [])}
            for number, user in users.items()
        },
        lands={
            number: {each.site.land for each in user.memberships.all() if each.site is not None}
            for number, user in users.items()
        },
        accepted=accepted_by_term(users),
        last_at=dict(last.annotate(last=Max("offered_at"))),
        suspended=set(
            running_suspensions(at=at).filter(user__in=users).values_list("user", "space")
        ),
    )


def _candidates(topic: Topic, known: Known, *, without: set[int], at: datetime) -> list[Candidate]:
    terms = {term.pk: term.slug for term in topic.terms.all()}
    found = []
    for number, user in known.users.items():
        if number == topic.author_id or number in without:
            continue
        if {(number, None), (number, topic.space_id)} & known.suspended:
            continue
        candidate = _fit(topic, terms, number, known, at=at)
        if candidate is not None and may_write(user, topic):
            found.append(candidate)
    return sorted(found, key=lambda each: (-each.score, each.user_id))


def _fit(
    topic: Topic, terms: Mapping[int, str], number: int, known: Known, *, at: datetime
) -> Candidate | None:
    """Return how well somebody fits; None where neither word nor deed says that they know."""
    named = known.expertise.get(number, set()) & terms.keys()
    accepted = known.accepted.get(number, {})
    answers = sum(accepted.get(term, 0) for term in terms)
    if not named and not answers:
        return None
    reasons: Reasons = [["term", terms[term]] for term in sorted(named)]
    score = EXPERTISE * len(named) / len(terms) + SHOWN * min(answers / ENOUGH_ANSWERS, 1)
    if answers:
        reasons.append(["accepted", answers])
    if topic.language in known.languages.get(number, set()):
        score += LANGUAGE
        if topic.language != "de":
            reasons.append(["language", topic.language])
    land = land_of(topic)
    if land and land in known.lands.get(number, set()):
        score += REGION
        reasons.append(["region", land])
    last = known.last_at.get(number)
    rested = RESTED if last is None else max(0, min(RESTED, (at - last).days))
    score += REST * rested / RESTED
    return Candidate(user_id=number, score=min(1.0, score), reasons=reasons)


def land_of(topic: Topic) -> str:
    """Return the Land that may be spoken of: of an unnamed question only what it says itself."""
    if topic.anonymity != Anonymity.NAMED:
        return topic.asked_from
    return topic.site.land if topic.site is not None else ""


def reasons_in_words(offers: Sequence[Offer]) -> dict[int, list[str]]:
    """Return offer -> why it was this member, in words. One query."""
    slugs = {value for offer in offers for code, value in offer.reasons if code == "term"}
    terms = {each.slug: str(each) for each in Term.objects.filter(slug__in=slugs)} if slugs else {}
    return {offer.pk: _words(offer.reasons, terms) for offer in offers}


def _words(reasons: Reasons, terms: Mapping[str, str]) -> list[str]:
    named = [terms[value] for code, value in reasons if code == "term" and value in terms]
    words = []
    if named:
        words.append(_("You know about: %(terms)s.") % {"terms": ", ".join(named)})
    for code, value in reasons:
        if code == "accepted":
            words.append(
                ngettext(
                    "%(count)s answer of yours about it has helped.",
                    "%(count)s answers of yours about it have helped.",
                    value,
                )
                % {"count": value}
            )
        elif code == "language" and value in SPOKEN_LANGUAGES:
            words.append(_("You speak the language: %(name)s.") % {"name": SPOKEN_LANGUAGES[value]})
        elif code == "region":
            words.append(
                _("The question comes from your Land: %(land)s.") % {"land": land_name(value)}
            )
    return words


def offers_to(user: User) -> QuerySet[Offer]:
    """Return the questions in somebody's list that they may still read, the oldest first."""
    topics = Topic.objects.visible_to(user).filter(state=TopicState.OPEN)
    rows = Offer.objects.filter(user=user, state__in=OPEN_OFFERS, topic__in=topics.values("pk"))
    return rows.select_related("topic__space").order_by("offered_at", "pk")
