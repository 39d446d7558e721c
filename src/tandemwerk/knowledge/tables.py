"""The table of the report."""

from typing import Any

import django_tables2 as tables
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from tandemwerk.knowledge.models import Article
from tandemwerk.knowledge.queries.page import organisation_of

NUMBER = {"td": {"class": "num"}, "th": {"class": "num"}}


class ReportTable(tables.Table):
    """Each article with what became of it."""

    title = tables.Column(
        verbose_name=_("Article"),
        linkify=("knowledge:article", {"slug": tables.A("slug")}),
    )
    kind = tables.Column(verbose_name=_("Kind"))
    use_count = tables.Column(verbose_name=_("In use at sites"), attrs=NUMBER)
    helped_count = tables.Column(verbose_name=_("Helped"), attrs=NUMBER)
    missed_count = tables.Column(verbose_name=_("Did not help"), attrs=NUMBER)
    adaptation_count = tables.Column(verbose_name=_("Own versions"), attrs=NUMBER)
    carrier = tables.Column(
        verbose_name=_("Organisation"), empty_values=(), order_by=("carrier__name", "pk")
    )
    last_published_at = tables.Column(verbose_name=_("Published"))

    class Meta:
        order_by = "-use_count"
        empty_text = _("No article is published yet.")

    def render_carrier(self, record: Article) -> str:
        return organisation_of(record)

    def render_last_published_at(self, value: Any) -> str:
        return date_format(localtime(value), "SHORT_DATE_FORMAT")


EXPORT_HEAD = (
    _("Article"),
    _("Kind"),
    _("Organisation"),
    _("Language"),
    _("In use at sites"),
    _("Helped"),
    _("Did not help"),
    _("Own versions"),
    _("Published"),
    _("To be checked by"),
)


def export_row(article: Any) -> tuple[Any, ...]:
    """Return an article as a row of a spreadsheet."""
    return (
        article.title,
        article.get_kind_display(),
        organisation_of(article),
        article.locale.language_code,
        article.use_count,
        article.helped_count,
        article.missed_count,
        article.adaptation_count,
        article.last_published_at,
        article.review_on,
    )
