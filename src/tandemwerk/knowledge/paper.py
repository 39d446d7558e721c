"""An article as a PDF: tagged, in its own language and direction, made of data alone.

Markdown is read into a tree that the template draws; nothing that a member writes is ever markup
of the template's language.
"""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import typst
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from tandemwerk.knowledge.content import content_of, newest_content
from tandemwerk.knowledge.facts import facts_of
from tandemwerk.knowledge.models import Article
from tandemwerk.knowledge.queries.page import article_page
from tandemwerk.knowledge.queries.versions import direction_of, words_of

TEMPLATE: Final = Path(__file__).parent / "typst" / "article.typ"
_SCHEMES: Final = ("https://", "http://", "mailto:", "tel:")
#: Deeper nesting is cut: nobody reads it, and the template follows it by calling itself.
_DEEPEST: Final = 8
Node = dict[str, Any]


def article_pdf(article: Article, *, user: Any, at: datetime) -> bytes:
    """Return an article as it stands for readers, or the newest words of a draft."""
    from tandemwerk.ui.build_fonts import FOLDER  # noqa: PLC0415 - slow to load, and rarely needed

    language = article.locale.language_code
    with translation.override(language):
        words = _words(article, user=user, language=language, at=at)
    return bytes(
        typst.compile(
            TEMPLATE,
            font_paths=[FOLDER] if FOLDER.is_dir() else [],  # without them the system's serve
            sys_inputs={"words": json.dumps(words)},
        )
    )


def _words(article: Article, *, user: Any, language: str, at: datetime) -> dict[str, Any]:
    """Return everything that is written on the pages."""
    page = article_page(article, user=user, language=language, at=at)
    content = content_of(article) if article.live else newest_content(article)
    said = words_of(content, article.kind)
    facts = facts_of(article.kind)
    return {
        "language": language,
        "direction": direction_of(language),
        "kind": article.get_kind_display(),
        "organisation": page.organisation,
        "title": content.title,
        "summary": content.summary,
        "facts": [
            {"label": str(label), "text": ", ".join(map(str, value))}
            if isinstance(value, list)
            else {"label": str(label), "text": str(value)}
            for label, value in page.reading.facts
        ],
        "body": blocks_of(content.body),
        "sections": [
            {"label": str(fact.label), "body": blocks_of(said[fact.name])}
            for fact in facts
            if fact.kind == "long" and said[fact.name]
        ],
        "notes": [*_notes(article, at=at), page.citation],
    }


def _notes(article: Article, *, at: datetime) -> list[str]:
    day = date_format(localtime(at), "DATE_FORMAT")
    notes = [_("Printed on %(day)s. The newest version is in the library.") % {"day": day}]
    if not article.live:
        notes.insert(0, _("This is a draft."))
    elif article.checked_at is not None:
        checked = date_format(localtime(article.checked_at), "DATE_FORMAT")
        notes.insert(0, _("Last checked on %(day)s.") % {"day": checked})
    return notes


def blocks_of(text: str) -> list[Node]:
    """Return Markdown as the blocks that the template draws."""
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True})
    parser.enable(["table", "strikethrough"]).disable(["image"])
    return _blocks(SyntaxTreeNode(parser.parse(text.replace("\x00", ""))), depth=0)


def _blocks(node: SyntaxTreeNode, *, depth: int) -> list[Node]:
    if depth > _DEEPEST:
        return []
    return [
        block for child in node.children if (block := _block(child, depth=depth + 1)) is not None
    ]


def _block(node: SyntaxTreeNode, *, depth: int) -> Node | None:
    draw = _BLOCKS.get(node.type)
    return draw(node, depth) if draw else None


def _heading(node: SyntaxTreeNode, _depth: int) -> Node:
    """The page's title is the first level, its sections the second."""
    return {
        "kind": "heading",
        "level": min(3, int(node.tag[1]) + 1),
        "parts": _inline_of(node),
    }


def _numbers(node: SyntaxTreeNode, depth: int) -> Node:
    return {
        "kind": "numbers",
        "start": int(node.attrs.get("start", 1)),
        "items": [_blocks(each, depth=depth) for each in node.children],
    }


def _list(node: SyntaxTreeNode, depth: int) -> Node:
    return {"kind": "list", "items": [_blocks(each, depth=depth) for each in node.children]}


def _code(node: SyntaxTreeNode, _depth: int) -> Node:
    return {"kind": "code", "text": node.content}


_BLOCKS: Final[dict[str, Callable[[SyntaxTreeNode, int], Node]]] = {
    "heading": _heading,
    "paragraph": lambda node, _depth: {"kind": "paragraph", "parts": _inline_of(node)},
    "bullet_list": _list,
    "ordered_list": _numbers,
    "blockquote": lambda node, depth: {"kind": "quote", "items": _blocks(node, depth=depth)},
    "fence": _code,
    "code_block": _code,
    "hr": lambda _node, _depth: {"kind": "line"},
    "table": lambda node, _depth: _table(node),
}


def _table(node: SyntaxTreeNode) -> Node:
    rows = [row for part in node.children for row in part.children]
    cells = [[_inline_of(cell) for cell in row.children] for row in rows]
    return {
        "kind": "table",
        "columns": max(map(len, cells), default=1),
        "head": cells[0] if cells else [],
        "rows": [[{"parts": cell} for cell in row] for row in cells[1:]],
    }


def _inline_of(node: SyntaxTreeNode) -> list[Node]:
    return [part for child in node.children for part in _inline(child, depth=0)]


def _inline(node: SyntaxTreeNode, *, depth: int) -> list[Node]:
    if depth > _DEEPEST:
        return []
    if node.type in {"softbreak", "hardbreak"}:
        return [{"kind": "break"}]
    if name := _WORDS.get(node.type):
        return [{"kind": name, "text": node.content}]
    inner = [part for child in node.children for part in _inline(child, depth=depth + 1)]
    if name := _MARKS.get(node.type):
        return [{"kind": name, "parts": inner}]
    url = str(node.attrs.get("href", "")) if node.type == "link" else ""
    return [{"kind": "link", "url": url, "parts": inner}] if _leads_out(url) else inner


_WORDS: Final = {"text": "text", "code_inline": "code"}
_MARKS: Final = {"strong": "strong", "em": "em", "s": "strike"}


def _leads_out(url: str) -> bool:
    return url.lower().startswith(_SCHEMES)
