"""Community and library of programme scale: sentences of the field, put together by chance.

Nothing here goes through a service: half a million rows are copied in a few minutes. The same
number makes the same rows.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from time import perf_counter
from typing import Any, Final
from uuid import UUID

from allauth.account.models import EmailAddress
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Revision

from tandemwerk.community.enums import Interest, PostState, SpaceKind, TopicKind, TopicState
from tandemwerk.community.models import Post, Profile, Space, SpaceRead, Subscription, Topic
from tandemwerk.community.models import TopicRead as Read
from tandemwerk.community.services.spaces import ensure_spaces
from tandemwerk.core.search import reindex
from tandemwerk.demo.sentences import Sentences
from tandemwerk.demo.shelf import write_terms
from tandemwerk.demo.writer import Writer
from tandemwerk.knowledge.content import Content, hash_of
from tandemwerk.knowledge.enums import ArticleKind, ArticleState, Audience, AuthorRole
from tandemwerk.knowledge.locales import ensure_locale
from tandemwerk.knowledge.models import Article, ArticleAuthor, ArticleUse
from tandemwerk.people.models import User
from tandemwerk.programme.enums import Role
from tandemwerk.programme.models import Membership, Site

Row = tuple[Any, ...]
YEARS: Final = timedelta(days=3 * 365)
#: Share of the topics in each kind of space; the rest is for all members.
SHARES: Final = ((SpaceKind.CARRIER, 0.25), (SpaceKind.CARRIERS, 0.04), (SpaceKind.MINISTRY, 0.01))


@dataclass(frozen=True, kw_only=True)
class CrowdSize:
    """How much is made. ``members`` counts those who are there already."""

    members: int = 10_000
    topics: int = 50_000
    posts: int = 400_000
    articles: int = 3_000


def fill_with_a_crowd(
    *, size: CrowdSize, number: int, at: datetime, say: Callable[[str], None]
) -> None:
    """Add members, topics, posts and articles to a programme, then fill the index of the search."""
    started = perf_counter()

    def told(text: str) -> None:
        say(f"{perf_counter() - started:6.1f} s  {text}")

    with transaction.atomic():
        crowd = _Crowd(size=size, random=Random(number), at=at)  # noqa: S311 - invented
        crowd.write_members()
        told(f"{size.members} members")
        crowd.write_talk()
        told(f"{size.topics} topics with {size.posts} posts")
        crowd.write_shelf()
        told(f"{size.articles} articles")
        crowd.finish()
    documents = reindex(tell=lambda name, done: None if done % 10_000 else told(f"{done} {name}"))
    told(f"{documents} texts to be found")


class _Crowd:
    """What the parts share while they are written."""

    def __init__(self, *, size: CrowdSize, random: Random, at: datetime) -> None:
        self.size, self.random, self.at = size, random, at
        self.writer = Writer(at=at)
        self.sentences = Sentences(random)
        self.terms = write_terms(self.writer)
        ensure_spaces(at=at - YEARS)
        self.spaces = list(Space.objects.order_by("pk"))
        self.sites = {site.pk: site.carrier_id for site in Site.objects.order_by("pk")}

    def finish(self) -> None:
        self.writer.finish()

    # ------------------------------------------------------------------ members

    def write_members(self) -> None:
        first = (User.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
        fresh = range(first, first + max(self.size.members - self._members(), 0))
        names = self.sentences.names(len(fresh))
        unusable = User().password or "!"
        mails = [f"mitglied{pk}@demo.example" for pk in fresh]
        self.writer.write(
            User,
            ("id", "email", "name", "language", "password", "created_at"),
            [
                (pk, mail, name, "de", unusable, self.at - YEARS)
                for pk, mail, name in zip(fresh, mails, names, strict=True)
            ],
        )
        self.writer.write(
            EmailAddress,
            ("user_id", "email", "verified", "primary"),
            [(pk, mail, True, True) for pk, mail in zip(fresh, mails, strict=True)],
        )
        sites = list(self.sites)
        self.writer.write(
            Membership,
            ("user_id", "role", "site_id"),
            [
                (pk, Role.COORDINATOR.value, sites[index % len(sites)])
                for index, pk in enumerate(fresh)
            ],
        )
        self._read_memberships()
        self._write_profiles()

    def _members(self) -> int:
        return Membership.objects.values("user_id").distinct().count()

    def _read_memberships(self) -> None:
        rows = Membership.objects.order_by("pk").values_list("user_id", "site_id", "carrier_id")
        self.place: dict[int, tuple[int | None, int | None]] = {}
        self.by_carrier: dict[int, list[int]] = {}
        self.leads: list[int] = []
        for user, site, carrier in rows:
            at_carrier = carrier or self.sites.get(site or 0)
            self.place[user] = (site, at_carrier)
            if at_carrier is not None:
                self.by_carrier.setdefault(at_carrier, []).append(user)
            if carrier is not None:
                self.leads.append(user)
        self.people = list(self.place)

    def _write_profiles(self) -> None:
        known = self.people[: self.size.members // 5]
        slugs = list(self.terms)
        self.writer.write(
            Profile,
            ("id", "user_id", "about", "ask_me_about", "languages", "is_listed", "changed_at"),
            [
                (
                    number,
                    user,
                    self.sentences.sentence(),
                    self.sentences.subject(),
                    ["de"],
                    True,
                    self.at,
                )
                for number, user in enumerate(known, start=1)
            ],
        )
        through = Profile.expertise.through
        self.writer.write(
            through,
            ("profile_id", "term_id"),
            [
                (number, self.terms[slug])
                for number in range(1, len(known) + 1)
                for slug in self.random.sample(slugs, 2)
            ],
        )

    # ------------------------------------------------------------------ talk

    def write_talk(self) -> None:
        topics = list(self._topics())
        self.writer.write(Topic, _TOPIC_COLUMNS, (topic[0] for topic in topics))
        self.writer.write(Post, _POST_COLUMNS, self._posts(topics))
        slugs = list(self.terms)
        self.writer.write(
            Topic.terms.through,
            ("topic_id", "term_id"),
            (
                (topic[0][0], self.terms[slug])
                for topic in topics
                for slug in self.random.sample(slugs, 2)
            ),
        )
        self._write_reading(topics)

    def _topics(self) -> Iterator[tuple[Row, int, list[int], list[datetime]]]:
        """Yield row, first post, authors and moments of each topic."""
        per_topic = self._posts_per_topic()
        post = 1
        for number, posts in enumerate(per_topic, start=1):
            space = self._some_space()
            readers = self._readers(space)
            authors = [self.random.choice(readers) for _ in range(posts)]
            begun = self.at - YEARS * self.random.random()
            moments = [begun]
            for _ in range(posts - 1):
                step = timedelta(hours=self.random.expovariate(1 / 9))
                moments.append(min(moments[-1] + step, self.at))
            kind = self._kind(space)
            accepted = None
            if kind == TopicKind.QUESTION and posts > 1 and self.random.random() < 0.7:
                accepted = post + self.random.randint(1, posts - 1)
            site, carrier = self.place[authors[0]]
            row = (
                number,
                space.pk,
                kind.value,
                self.sentences.title(is_question=kind == TopicKind.QUESTION),
                TopicState.OPEN.value,
                "de",
                authors[0],
                site,
                carrier,
                accepted,
                begun,
                moments[-1],
            )
            yield row, post, authors, moments
            post += posts

    def _posts_per_topic(self) -> list[int]:
        """Return how many posts each topic has: most a few, some very many."""
        left = self.size.posts - self.size.topics
        weights = [self.random.paretovariate(1.3) for _ in range(self.size.topics)]
        total = sum(weights)
        counts = [1 + int(left * weight / total) for weight in weights]
        for index in range(self.size.posts - sum(counts)):
            counts[index % len(counts)] += 1
        return counts

    def _some_space(self) -> Space:
        roll = self.random.random()
        for kind, share in SHARES:
            if roll < share:
                return self.random.choice([each for each in self.spaces if each.kind == kind])
            roll -= share
        return next(each for each in self.spaces if each.kind == SpaceKind.MEMBERS)

    def _readers(self, space: Space) -> Sequence[int]:
        if space.kind == SpaceKind.CARRIER:
            return self.by_carrier[space.carrier_id or 0]
        if space.kind in {SpaceKind.CARRIERS, SpaceKind.MINISTRY}:
            return self.leads
        return self.people

    def _kind(self, space: Space) -> TopicKind:
        if space.kind == SpaceKind.MINISTRY:
            return TopicKind.QUESTION
        kinds = (TopicKind.QUESTION, TopicKind.DISCUSSION, TopicKind.CASE, TopicKind.ANNOUNCEMENT)
        return self.random.choices(kinds, (0.6, 0.28, 0.08, 0.04))[0]

    def _posts(self, topics: list[tuple[Row, int, list[int], list[datetime]]]) -> Iterator[Row]:
        shown = PostState.SHOWN.value
        for row, first, authors, moments in topics:
            for offset, (author, moment) in enumerate(zip(authors, moments, strict=True)):
                site, carrier = self.place[author]
                body, html = self.sentences.post()
                number = first + offset
                yield (
                    *(number, row[0], author, site, carrier, body, html),
                    *(shown, f"crowd-{number}", moment),
                )

    def _write_reading(self, topics: list[tuple[Row, int, list[int], list[datetime]]]) -> None:
        """Write who follows and has read what: everybody their own, and some spaces whole."""
        follows: set[tuple[int, int]] = set()
        reads: dict[tuple[int, int], datetime] = {}
        for row, _first, authors, moments in topics:
            for author, moment in zip(authors, moments, strict=True):
                reads[author, row[0]] = moment
                if len(follows) < self.size.topics * 2:
                    follows.add((author, row[0]))
        self.writer.write(
            Subscription,
            ("user_id", "topic_id", "interest"),
            ((user, topic, Interest.ALL.value) for user, topic in sorted(follows)),
        )
        self.writer.write(
            Read,
            ("user_id", "topic_id", "read_at"),
            ((user, topic, moment) for (user, topic), moment in reads.items()),
        )
        meeting = next(each for each in self.spaces if each.kind == SpaceKind.MEMBERS)
        self.writer.write(
            SpaceRead,
            ("user_id", "space_id", "read_at"),
            ((user, meeting.pk, self.at - timedelta(days=7)) for user in self.people),
        )

    # ------------------------------------------------------------------ library

    def write_shelf(self) -> None:
        numbers = range(1, self.size.articles + 1)
        locale = ensure_locale("de").pk
        kinds = [kind for kind in ArticleKind if kind != ArticleKind.RECOMMENDATION]
        rows, revisions, authors, uses, tags = [], [], [], [], []
        content_type = ContentType.objects.get_for_model(Article).pk
        sites, slugs = list(self.sites), list(self.terms)
        for number in numbers:
            owner = self.random.choice(self.people)
            site, carrier = self.place[owner]
            begun = self.at - YEARS * self.random.random()
            article = Article(
                kind=self.random.choice(kinds).value,
                title=self.sentences.title(is_question=False),
                summary=self.sentences.sentence(),
                body=self.sentences.body(),
            )
            words = Content(title=article.title, summary=article.summary, body=article.body)
            rows.append(
                (
                    *(number, article.kind, ArticleState.PUBLISHED.value),
                    *(self._audience(), article.title, f"artikel-{number}", article.summary),
                    *(
                        article.body,
                        locale,
                        UUID(int=number),
                        owner,
                        site,
                        carrier,
                        hash_of(words),
                        number,
                    ),
                    *(number, True, False, begun, begun, begun, begun, owner),
                    (begun + timedelta(days=365)).date(),
                )
            )
            content = {
                "pk": number,
                "title": article.title,
                "summary": article.summary,
                "body": article.body,
                "facts": {},
                "target_groups": [],
                "licence": article.licence,
                "audience": article.audience,
            }
            revisions.append(
                (
                    *(number, content_type, content_type, str(number)),
                    *(owner, begun, article.title, content),
                )
            )
            authors.append((number, AuthorRole.AUTHOR.value, owner, carrier, site))
            tags += [(number, self.terms[slug]) for slug in self.random.sample(slugs, 2)]
            chosen = self.random.sample(sites, min(self.random.randint(0, 9), len(sites)))
            uses += [(number, at_site, True, begun) for at_site in chosen]
        self.writer.write(Revision, _REVISION_COLUMNS, revisions)
        self.writer.write(Article, _ARTICLE_COLUMNS, rows)
        columns = ("article_id", "role", "user_id", "carrier_id", "site_id")
        self.writer.write(ArticleAuthor, columns, authors)
        self.writer.write(Article.terms.through, ("article_id", "term_id"), tags)
        self.writer.write(ArticleUse, ("article_id", "site_id", "is_named", "at"), uses)

    def _audience(self) -> str:
        audiences = (Audience.MEMBERS, Audience.PUBLIC, Audience.TEAMS)
        return str(self.random.choices(audiences, (0.6, 0.3, 0.1))[0].value)


_TOPIC_COLUMNS: Final = (
    *("id", "space_id", "kind", "title", "state", "language", "author_id", "site_id"),
    *("carrier_id", "accepted_post_id", "created_at", "last_post_at"),
)
_POST_COLUMNS: Final = (
    *("id", "topic_id", "author_id", "site_id", "carrier_id", "body", "html", "state", "key"),
    "created_at",
)
_ARTICLE_COLUMNS: Final = (
    *("id", "kind", "state", "audience", "title", "slug", "summary", "body", "locale_id"),
    *("translation_key", "owner_id", "site_id", "carrier_id", "content_hash"),
    *("latest_revision_id", "live_revision_id", "live", "has_unpublished_changes", "created_at"),
    *("first_published_at", "last_published_at", "checked_at", "created_by_id", "review_on"),
)
_REVISION_COLUMNS: Final = (
    *("id", "content_type_id", "base_content_type_id", "object_id", "user_id", "created_at"),
    *("object_str", "content"),
)
