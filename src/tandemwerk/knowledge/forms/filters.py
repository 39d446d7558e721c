"""How the shelf is narrowed down. Everything stays in the address."""

from typing import Any

import django_filters as filters
from django import forms
from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from tandemwerk.core import clock
from tandemwerk.core.search import MAX_LENGTH
from tandemwerk.knowledge.enums import ArticleKind, Freshness
from tandemwerk.knowledge.models import Article, Term
from tandemwerk.knowledge.queries import shelf
from tandemwerk.programme.enums import TargetGroup
from tandemwerk.programme.models import Carrier


def carriers_with_articles(request: HttpRequest | None) -> QuerySet[Carrier]:
    """Return the carriers of whose articles the visitor may read some."""
    if request is None:
        return Carrier.objects.none()
    readable = Article.objects.readable_by(request.user)
    return Carrier.objects.filter(pk__in=readable.values("carrier_id")).order_by("name", "pk")


def terms_with_articles(_request: HttpRequest | None) -> QuerySet[Term]:
    """Return the words that stand with some article."""
    with_articles = Exists(Article.objects.filter(live=True, terms=OuterRef("pk")))
    return Term.objects.filter(with_articles).order_by("order", "slug")


class ShelfFilter(filters.FilterSet):
    """Words, kind, subject, for whom, language, carrier, and how fresh."""

    #: Typed above the list; the filter only carries it along.
    q = filters.CharFilter(
        label=_("Words"), method="by_words", max_length=MAX_LENGTH, widget=forms.HiddenInput
    )
    kind = filters.MultipleChoiceFilter(
        label=_("Kind"), choices=ArticleKind.choices, widget=forms.CheckboxSelectMultiple
    )
    term = filters.ModelMultipleChoiceFilter(
        label=pgettext_lazy("library", "Subject"),
        field_name="terms__slug",
        queryset=terms_with_articles,
        to_field_name="slug",
        distinct=True,
        widget=forms.CheckboxSelectMultiple,
    )
    group = filters.ChoiceFilter(
        label=_("For whom"), choices=TargetGroup.choices, method="by_group"
    )
    #: The view has narrowed down by it already: it decides which version of an article is shown.
    language = filters.ChoiceFilter(
        label=_("Language"), choices=settings.LANGUAGES, method="as_it_is"
    )
    carrier = filters.ModelChoiceFilter(
        label=_("Carrier"), queryset=carriers_with_articles, to_field_name="slug"
    )
    freshness = filters.ChoiceFilter(
        label=_("Checked"), choices=Freshness.choices, method="by_freshness"
    )

    class Meta:
        model = Article
        fields: list[str] = []

    def by_words(self, articles: QuerySet[Article], _name: str, text: str) -> QuerySet[Article]:
        """Find by words in every language, best first unless sorted otherwise."""
        user = self.request.user if self.request else None
        return shelf.found_by_words(articles, user, text, language=get_language() or "de")

    def by_group(self, articles: QuerySet[Article], _name: str, group: str) -> QuerySet[Article]:
        """Find what is for a group or for everybody: an empty list is everybody."""
        listed = articles.alias(_groups=Cast("target_groups", TextField()))
        return listed.filter(
            Q(_groups__contains=f'"{group}"')
            | Q(_groups__contains=f'"{TargetGroup.ALL}"')
            | Q(target_groups=[])
        )

    def as_it_is(self, articles: QuerySet[Article], _name: str, _value: str) -> QuerySet[Article]:
        """Leave the rows alone."""
        return articles

    def by_freshness(self, articles: QuerySet[Article], _name: str, value: str) -> Any:
        """Find what is fresh, due or outdated."""
        return shelf.fresh(articles, value, today=clock.today())
