"""The library of the demo: written, reviewed, translated, used, as it would have been."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from tandemwerk.community.models import Topic
from tandemwerk.community.services.articles import make_article
from tandemwerk.demo import texts
from tandemwerk.demo.cast import Voice
from tandemwerk.demo.papers import paper
from tandemwerk.demo.writer import Writer
from tandemwerk.knowledge.content import Content, content_of, newest_content
from tandemwerk.knowledge.enums import Audience, RecommendationState
from tandemwerk.knowledge.models import Article, ArticleFeedback, Term
from tandemwerk.knowledge.services.files import add_file
from tandemwerk.knowledge.services.readers import make_list, put_on_list, respond, use_article
from tandemwerk.knowledge.services.reviewing import approve, ask_review
from tandemwerk.knowledge.services.translating import adapt_article, begin_translation
from tandemwerk.knowledge.services.writing import begin_article, save_draft
from tandemwerk.programme.models import Carrier

Cast = Mapping[str, Voice]
Text = dict[str, Any]
EDITOR: Final = "editor"
#: Whoever may look at an article that the editor wrote or translated.
OTHER_EDITOR: Final = "network"


def write_terms(writer: Writer) -> dict[str, int]:
    """Write the vocabulary; return slug -> number."""
    terms = texts.load("terms")
    numbers = {slug: number for number, slug in enumerate(terms, start=1)}
    writer.write(
        Term,
        ("id", "slug", "names", "order"),
        [(numbers[slug], slug, names, numbers[slug] * 10) for slug, names in terms.items()],
    )
    return numbers


def fill_the_shelf(*, cast: Cast, topics: Mapping[str, int], at: datetime) -> dict[str, Article]:
    """Let the cast write the library. ``topics``: key -> number. Return key -> article."""
    terms = {term.slug: term for term in Term.objects.all()}
    made: dict[str, Article] = {}
    entries = [
        *texts.load("articles")["article"],
        *texts.load("everyday")["article"],
        *texts.load("answers")["answer"],
    ]
    for text in sorted(entries, key=lambda entry: -entry["days"]):
        published_at = at - timedelta(days=text["days"])
        if "topic" in text:
            article = _from_topic(text, cast, topics[text["topic"]], at=published_at)
        else:
            article = _written(text, cast, terms, at=published_at)
        made[text.get("key", text.get("topic", ""))] = article
        if "file" in text:
            upload = paper(text["file"], title=text["title"], body=text["body"])
            by = cast[text["by"]].user
            add_file(article_id=article.pk, upload=upload, by=by, at=published_at)
        if text.get("state") == "draft":
            continue
        _ask(article, cast[text["by"]], at=published_at - timedelta(days=1))
        if text.get("state") == "in_review":
            continue
        _approve(article, cast[text["reviewer"]], at=published_at)
        _live_on(article, text, cast, at=at)
    _make_lists(made, cast, at=at)
    return made


def _written(text: Text, cast: Cast, terms: Mapping[str, Term], *, at: datetime) -> Article:
    voice = cast[text["by"]]
    carrier = (
        Carrier.objects.get(pk=voice.carrier_id) if voice.carrier_id and not voice.site else None
    )
    return begin_article(
        kind=text["kind"],
        title=text["title"],
        summary=text["summary"],
        body=text["body"].strip(),
        facts=text.get("facts", {}),
        audience=text["audience"],
        terms=[terms[slug] for slug in text["terms"]],
        carrier=carrier,
        site=voice.site,
        by=voice.user,
        at=at - timedelta(days=3),
    )


def _from_topic(text: Text, cast: Cast, topic_id: int, *, at: datetime) -> Article:
    """Make an article of the accepted answer, and give it the words it was published with."""
    by = cast[text["by"]].user
    answer = Topic.objects.values_list("accepted_post_id", flat=True).get(pk=topic_id)
    assert answer is not None, "the texts accept an answer"  # noqa: S101
    article = make_article(post_id=answer, by=by, at=at - timedelta(days=3))
    content = replace(
        newest_content(article),
        title=text["title"],
        summary=text["summary"],
        body=text["body"].strip(),
        facts={"question": text["question"]},
    )
    return _save(article, content, cast[text["by"]], at=at - timedelta(days=2))


def _live_on(article: Article, text: Text, cast: Cast, *, at: datetime) -> None:
    """Let readers use, rate, translate, adapt and answer a published article."""
    published_at = at - timedelta(days=text["days"])
    age = at - published_at
    for index, name in enumerate(text.get("used_by", ())):
        voice = cast[name]
        assert voice.site is not None, "sites work with articles"  # noqa: S101
        use_article(
            article_id=article.pk,
            site=voice.site,
            is_named=index % 4 != 3,
            note="",
            by=voice.user,
            at=published_at + age * (index + 1) / 9,
        )
    _rate(article, text, published_at=published_at, age=age)
    for translated in text.get("translations", ()):
        _translate(article, translated, cast, at=published_at + age / 10)
    if (revised := text.get("revised")) is not None:
        moment = at - timedelta(days=revised["days"])
        body = f"{text['body'].strip()}\n\n{revised['add'].strip()}"
        changed = _save(
            article, replace(newest_content(article), body=body), cast[text["by"]], at=moment
        )
        _ask(changed, cast[text["by"]], at=moment)
        _approve(changed, cast[text["reviewer"]], at=moment + timedelta(days=1))
    for name in text.get("adapted_by", ()):
        _adapt(article, cast[name], cast, at=at - min(age / 2, timedelta(days=5)))
    for response in text.get("responses", ()):
        respond(
            article_id=article.pk,
            state=RecommendationState(response["state"]),
            text=response["said"],
            responder=response["responder"],
            occasion=response["occasion"],
            by=cast[response["by"]].user,
            at=at - timedelta(days=response["days"]),
        )


def _rate(article: Article, text: Text, *, published_at: datetime, age: timedelta) -> None:
    helped, not_helped = text.get("helped", (0, 0))
    missing = [*text.get("missing", ()), *[""] * not_helped][:not_helped]
    answers = [(True, "")] * helped + [(False, words) for words in missing]
    ArticleFeedback.objects.bulk_create(
        [
            ArticleFeedback(
                article=article,
                has_helped=has_helped,
                missing=words,
                at=published_at + age * (number + 1) / (len(answers) + 1),
            )
            for number, (has_helped, words) in enumerate(answers)
        ]
    )


def _translate(article: Article, text: Text, cast: Cast, *, at: datetime) -> None:
    original = content_of(article)
    facts = dict(original.facts)
    facts |= {name: text[name] for name in ("where_to_go",) if name in text}
    voice = cast[text["by"]]
    is_draft = text.get("machine", False)
    version = begin_translation(
        original_id=article.pk,
        language=text["language"],
        content=replace(
            original,
            title=text["title"],
            summary=text["summary"],
            body=text["body"].strip(),
            facts=facts,
        ),
        seen_hash=article.content_hash,
        is_machine_draft=is_draft,
        by=voice.user,
        at=at,
    )
    if not is_draft:
        _ask(version, voice, at=at)
        reviewer = OTHER_EDITOR if text["by"] == EDITOR else EDITOR
        _approve(version, cast[reviewer], at=at + timedelta(hours=20))


def _adapt(article: Article, voice: Voice, cast: Cast, *, at: datetime) -> None:
    """Make a carrier's own version; the office looks at it and opens it to all teams."""
    carrier = Carrier.objects.get(pk=voice.carrier_id or 0)
    own = adapt_article(article_id=article.pk, carrier=carrier, by=voice.user, at=at)
    content = newest_content(own)
    more = f"*Ergänzt für {carrier.name}: Unsere Nummer steht hinten auf der Mappe.*"
    body = f"{content.body}\n\n{more}"
    content = replace(
        content, title=f"{content.title} ({carrier.name})", body=body, audience=Audience.TEAMS
    )
    own = _save(own, content, voice, at=at)
    _ask(own, voice, at=at)
    _approve(own, cast[EDITOR], at=at + timedelta(hours=6))


def _save(article: Article, content: Content, voice: Voice, *, at: datetime) -> Article:
    return save_draft(
        article_id=article.pk,
        based_on=article.latest_revision_id,
        content=content,
        by=voice.user,
        at=at,
    )


def _ask(article: Article, voice: Voice, *, at: datetime) -> None:
    ask_review(article_id=article.pk, by=voice.user, at=at)


def _approve(article: Article, voice: Voice, *, at: datetime) -> None:
    article.refresh_from_db()
    approve(
        article_id=article.pk, revision_id=article.latest_revision_id or 0, by=voice.user, at=at
    )
    article.refresh_from_db()


def _make_lists(articles: Mapping[str, Article], cast: Cast, *, at: datetime) -> None:
    for text in texts.load("directory")["list"]:
        owner = cast[text["owner"]].user
        kept = make_list(
            name=text["name"], about=text["about"], is_shared=text["shared"], by=owner, at=at
        )
        for key in text["articles"]:
            put_on_list(list_id=kept.pk, article_id=articles[key].pk, by=owner, at=at)
