"""The files of an article as its page lists them."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

from django.utils.formats import date_format, number_format, time_format
from django.utils.translation import gettext as _

from tandemwerk.core.prepared import Prepared
from tandemwerk.knowledge.models import Article, ArticleFile


@dataclass(frozen=True, kw_only=True)
class FileItem:
    """A file with the first rows of it where it is a spreadsheet."""

    file: ArticleFile
    rows: list[list[str]]
    caption: str


def files_of(article: Article) -> list[FileItem]:
    """Return the files of an article by name, numbers and days as the reader writes them."""
    return [
        FileItem(
            file=each,
            rows=[[_shown(cell) for cell in row] for row in each.first_rows.get("rows", ())],
            caption=_caption(each.first_rows),
        )
        for each in _files(article.pk)
    ]


_files: Final = Prepared(
    lambda article: ArticleFile.objects.filter(article=article).order_by("name", "pk")
)


def _caption(first_rows: dict[str, Any]) -> str:
    name = first_rows.get("name")
    if not first_rows.get("is_cut"):
        return str(name or "")
    if name:
        return _("The beginning of «%(sheet)s»") % {"sheet": name}
    return _("The beginning")


def _shown(cell: Any) -> str:
    match cell:
        case {"day": day}:
            return date_format(date.fromisoformat(day), "SHORT_DATE_FORMAT")
        case {"moment": moment}:
            return date_format(datetime.fromisoformat(moment), "SHORT_DATETIME_FORMAT")
        case {"time": clock}:
            return time_format(time.fromisoformat(clock), "TIME_FORMAT")
        case {"share": share}:
            return f"{_number(round(share * 100, 4))}\u00a0%"
        case int() | float():
            return _number(cell)
        case _:
            return str(cell)


def _number(value: float) -> str:
    """Return a number without marks between its thousands: it may be a year or a postcode."""
    plain = round(value, 6)
    is_whole = isinstance(plain, int) or plain.is_integer()
    return str(number_format(int(plain) if is_whole else plain, force_grouping=False))
