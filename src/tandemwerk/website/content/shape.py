"""How the words of a page are written down."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

#: The kind of a part (a name in ``blocks.Body``) and its value as Wagtail stores it.
Part = tuple[str, Any]


@dataclass(frozen=True, kw_only=True)
class PageWords:
    """A page in one language."""

    title: str
    #: For search engines and whoever shares the page.
    description: str
    lead: str = ""
    body: tuple[Part, ...] = ()
    #: Further fields of the page's model.
    fields: Mapping[str, str] = field(default_factory=dict)


def text(html: str) -> Part:
    """Return running text: h2, h3, p, ul, ol, a."""
    return "text", " ".join(html.split())


def steps(title: str, *items: tuple[str, str]) -> Part:
    """Return steps, each a title and a sentence."""
    return "steps", {
        "title": title,
        "steps": [{"title": heading, "text": words} for heading, words in items],
    }


def questions(title: str, *items: tuple[str, str]) -> Part:
    """Return questions, each with its answer as HTML."""
    return "questions", {
        "title": title,
        "questions": [{"question": question, "answer": answer} for question, answer in items],
    }


def two_sides(title: str, one: tuple[str, str], other: tuple[str, str]) -> Part:
    """Return the two sides, each a title and HTML."""
    return "two_sides", {
        "title": title,
        "one": {"title": one[0], "text": one[1]},
        "other": {"title": other[0], "text": other[1]},
    }


def figures(title: str) -> Part:
    """Return the programme's numbers."""
    return "figures", {"title": title}


def sites(title: str, words: str) -> Part:
    """Return the map of the sites with the search for a place."""
    return "sites", {"title": title, "text": words}


def call(title: str, words: str, label: str, destination: str) -> Part:
    """Return a call to action that leads to ``join`` or ``sites``."""
    return "call", {
        "title": title,
        "text": words,
        "button": {"label": label, "page": None, "destination": destination, "address": ""},
    }
