"""Judged searches over an invented library of the field: how good the order of the search is.

nDCG@10 (Järvelin and Kekäläinen 2002): 1 if the best answers stand first, 0 if none is shown.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import log2
from pathlib import Path
from statistics import mean
from typing import Any

from tandemwerk.core.search import Document, Hit, IndexedSource, register, reindex, search

DATA = Path(__file__).parent / "data"
NAME = "judged"
DEPTH = 10


@dataclass(frozen=True)
class Judged:
    """A search of a reader, and how well which document answers it (3 exactly, 1 a little)."""

    language: str
    text: str
    grades: dict[str, int]


@dataclass(frozen=True)
class Text:
    """A document of the invented library."""

    name: str
    language: str
    title: str
    text: str


def _lines(name: str) -> Iterator[list[str]]:
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield [part.strip() for part in line.split("|")]


def texts() -> list[Text]:
    """Return the documents."""
    return [Text(*parts) for parts in _lines("search_documents.txt")]


def judged(name: str = "search_queries.txt") -> list[Judged]:
    """Return the searches; no weight was changed for those of ``search_unseen.txt``."""
    found = []
    for language, text, answers in _lines(name):
        pairs = (answer.split(":") for answer in answers.split())
        found.append(Judged(language, text, {name: int(grade) for name, grade in pairs}))
    return found


def make_source() -> IndexedSource:
    """Register the documents as a source; everybody may read them."""
    kept = texts()

    def documents(ids: list[int] | None) -> Iterator[Document]:
        for number, each in enumerate(kept, start=1):
            if ids is None or number in ids:
                yield Document(
                    object_id=number,
                    language=each.language,
                    audience="public",
                    title=each.title,
                    text=each.text,
                )

    def hits(_user: Any, ids: list[int]) -> dict[int, Hit]:
        return {pk: Hit(title=kept[pk - 1].title, url=f"/{kept[pk - 1].name}") for pk in ids}

    return IndexedSource(name=NAME, label=NAME, icon="book", documents=documents, hits=hits)


def fill() -> None:
    """Put the documents into the index."""
    register(make_source())
    reindex([NAME])


def ours(user: Any) -> Callable[[Judged], list[str]]:
    """Return how our search answers: names of documents, best first."""

    def answer(query: Judged) -> list[str]:
        found = search(user, query.text, language=query.language, sources=[NAME], size=DEPTH)
        return [each.hit.url[1:] for each in found.results]

    return answer


def ndcg(names: list[str], grades: dict[str, int]) -> float:
    """Return the nDCG@10 of an answer."""
    best = sorted(grades.values(), reverse=True)
    return _gain([grades.get(name, 0) for name in names]) / _gain(best)


def _gain(grades: list[int]) -> float:
    return sum((2**grade - 1) / log2(at + 2) for at, grade in enumerate(grades[:DEPTH]))


def quality(answer: Callable[[Judged], list[str]]) -> dict[str, float]:
    """Return the mean nDCG@10 of each language, of all searches, and of the unseen ones."""
    scores: dict[str, list[float]] = {"all": []}
    for query in judged():
        score = ndcg(answer(query), query.grades)
        scores["all"].append(score)
        scores.setdefault(query.language, []).append(score)
    unseen = judged("search_unseen.txt")
    scores["unseen"] = [ndcg(answer(query), query.grades) for query in unseen]
    return {name: mean(values) for name, values in scores.items()}
