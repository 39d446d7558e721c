"""The forms in which articles are written, reviewed and given on."""

from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tandemwerk.core import clock
from tandemwerk.knowledge.content import Content
from tandemwerk.knowledge.enums import Audience, Licence
from tandemwerk.knowledge.facts import Fact, facts_of
from tandemwerk.knowledge.models import Article, Term, carriers_of
from tandemwerk.people.models import User
from tandemwerk.programme.enums import TargetGroup
from tandemwerk.programme.models import Carrier, Site, memberships_of

MAX_BODY: Final = 60_000
MAX_FACT: Final = 6_000
MARKDOWN_HELP: Final = _(
    "A blank line begins a paragraph, «## » a heading, «- » a list, **two stars** make bold."
)


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})


class WordsForm(forms.Form):
    """Title, summary, text and the facts of a kind: what a translator writes as well."""

    title = forms.CharField(
        label=_("Title"), max_length=160, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    summary = forms.CharField(
        label=_("In one or two sentences"),
        help_text=_("Stands in lists and in the search."),
        max_length=500,
        required=False,
        widget=_area(3),
    )
    body = forms.CharField(
        label=_("Text"),
        help_text=MARKDOWN_HELP,
        max_length=MAX_BODY,
        required=False,
        widget=_area(18),
    )
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, kind: str, only_words: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.facts = [
            fact for fact in facts_of(kind) if not (only_words and fact.kind == "choices")
        ]
        for fact in self.facts:
            self.fields[_field_of(fact)] = _fact_field(fact)
        short = [_field_of(fact) for fact in self.facts if fact.kind != "long"]
        long = [_field_of(fact) for fact in self.facts if fact.kind == "long"]
        self.order_fields(["title", "language", "place", "summary", *short, "body", *long])

    def clean(self) -> dict[str, Any]:
        """Ask for a text unless the facts say everything."""
        cleaned = super().clean() or {}
        said = [cleaned.get("body")] + [cleaned.get(_field_of(fact)) for fact in self.facts]
        if not any(said) and "body" not in self.errors:
            self.add_error("body", ValidationError(_("Please write a text."), code="required"))
        return cleaned

    def facts_given(self) -> dict[str, Any]:
        """Return the facts that were filled in."""
        given = {fact.name: self.cleaned_data.get(_field_of(fact)) for fact in self.facts}
        return {name: value for name, value in given.items() if value}


class ArticleForm(WordsForm):
    """All of an article: its words, who may read them, what they are about."""

    target_groups = forms.MultipleChoiceField(
        label=_("For whom"),
        choices=TargetGroup.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    terms = forms.ModelMultipleChoiceField(
        label=_("Subjects"),
        queryset=Term.objects.none(),
        to_field_name="slug",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    audience = forms.ChoiceField(label=_("Who may read it"), choices=Audience.choices)
    licence = forms.ChoiceField(
        label=_("Licence"),
        help_text=_("Under CC BY-SA others may use and change it, if they name you and do alike."),
        choices=Licence.choices,
        initial=Licence.CC_BY_SA,
    )

    def __init__(
        self, *args: Any, kind: str, chosen_terms: Iterable[str] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, kind=kind, **kwargs)
        offered = Term.objects.filter(is_retired=False) | Term.objects.filter(
            slug__in=list(chosen_terms)
        )
        terms: Any = self.fields["terms"]
        terms.queryset = offered.distinct().order_by("order", "slug")

    def content(self) -> Content:
        """Return what was written."""
        given = self.cleaned_data
        return Content(
            title=given["title"],
            summary=given["summary"],
            body=given["body"],
            facts=self.facts_given(),
            target_groups=tuple(given["target_groups"]),
            licence=given["licence"],
            audience=given["audience"],
            terms=tuple(sorted(term.slug for term in given["terms"])),
        )


class NewArticleForm(ArticleForm):
    """An article that begins: also in which language and for which organisation."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    place = forms.ChoiceField(
        label=_("For"), help_text=_("Which organisation stands behind the article?")
    )

    def __init__(self, *args: Any, writer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = places_of(writer)
        place: Any = self.fields["place"]
        place.choices = [(key, str(each or _("Network office"))) for key, each in self.places]
        if len(self.places) == 1:
            place.widget = forms.HiddenInput()
            place.initial = self.places[0][0]

    def clean(self) -> dict[str, Any]:
        """An article of one carrier alone needs a carrier."""
        cleaned = super().clean()
        if cleaned.get("audience") == Audience.CARRIER and not cleaned.get("place", "").startswith(
            ("carrier", "site")
        ):
            message = _("Please choose the carrier whose article it is.")
            self.add_error("audience", ValidationError(message, code="no_carrier"))
        return cleaned

    def organisation(self) -> tuple[Carrier | None, Site | None]:
        """Return carrier and site that stand behind the article."""
        place = dict(self.places)[self.cleaned_data["place"]]
        if isinstance(place, Site):
            return place.carrier, place
        return place, None


def places_of(user: User) -> list[tuple[str, Carrier | Site | None]]:
    """Return the organisations somebody writes for: key and place, None is the network office."""
    found: dict[str, Carrier | Site | None] = {}
    sites = Site.objects.written_by(user).select_related("carrier").order_by("name", "pk")
    found |= {f"site-{site.pk}": site for site in sites}
    carriers = Carrier.objects.filter(pk__in=carriers_of(user)).order_by("name", "pk")
    found |= {f"carrier-{carrier.pk}": carrier for carrier in carriers}
    if any(each.programme_id for each in memberships_of(user)):
        found["network"] = None
    return list(found.items())


def _field_of(fact: Fact) -> str:
    return f"fact_{fact.name}"


def _fact_field(fact: Fact) -> forms.Field:
    if fact.kind == "choices":
        return forms.MultipleChoiceField(
            label=fact.label,
            help_text=fact.help,
            choices=fact.choices,
            required=fact.required,
            widget=forms.CheckboxSelectMultiple,
        )
    is_long = fact.kind == "long"
    return forms.CharField(
        label=fact.label,
        help_text=fact.help,
        required=fact.required,
        max_length=MAX_FACT if is_long else 300,
        widget=_area(5) if is_long else forms.TextInput(attrs={"dir": "auto"}),
    )


def initial_of(content: Content, *, revision_id: int | None) -> dict[str, Any]:
    """Return what a form shows at first."""
    return {
        "title": content.title,
        "summary": content.summary,
        "body": content.body,
        "target_groups": list(content.target_groups),
        "terms": list(content.terms),
        "audience": content.audience,
        "licence": content.licence,
        "revision": revision_id,
    } | {f"fact_{name}": value for name, value in content.facts.items()}


class ReviewForm(forms.Form):
    """Yes, now or later, or what should change."""

    decision = forms.ChoiceField(
        label=_("What do you say?"),
        choices=[
            ("approve", _("Yes, publish it")),
            ("back", _("Please change something first")),
        ],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Message to the authors"), max_length=2_000, required=False, widget=_area(4)
    )
    go_live_at = forms.DateTimeField(
        label=_("Publish it later"),
        help_text=_("Leave it empty to publish at once."),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Who asks for a change says which; later lies in the future."""
        cleaned = super().clean() or {}
        if cleaned.get("decision") == "back" and not cleaned.get("note"):
            message = _("Please say what should change.")
            self.add_error("note", ValidationError(message, code="required"))
        later = cleaned.get("go_live_at")
        if later is not None and later <= clock.now():
            message = _("Please choose a moment in the future.")
            self.add_error("go_live_at", ValidationError(message, code="past"))
        return cleaned


class CommentForm(forms.Form):
    """A word to those who work on the article."""

    passage = forms.CharField(
        label=_("About which words?"),
        help_text=_("Copy the sentence here, if it is about one."),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    text = forms.CharField(label=_("Comment"), max_length=2_000, widget=_area(4))


class OwnerForm(forms.Form):
    """Who looks after the article, and until when it is looked at again."""

    owner = forms.ModelChoiceField(
        label=_("Who looks after it?"), queryset=User.objects.none(), required=False
    )
    review_on = forms.DateField(
        label=_("To be checked by"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, article: Article, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.article = article
        owner: Any = self.fields["owner"]
        owner.queryset = possible_owners(article)

    def clean_review_on(self) -> Any:
        """Nobody checks in the past, and once in three years at least."""
        day = self.cleaned_data["review_on"]
        today = timezone.localdate()
        if day is not None and not today <= day <= today.replace(year=today.year + 3, day=1):
            raise ValidationError(_("Please choose a day within the next three years."))
        return day


def possible_owners(article: Article) -> Any:
    """Return the accounts that may look after an article: its authors, its organisation's team."""
    found = User.objects.filter(authorships__article=article)
    if article.carrier_id:
        found |= User.objects.filter(memberships__carrier=article.carrier_id)
    if article.site_id:
        found |= User.objects.filter(memberships__site=article.site_id)
    if article.audience != Audience.CARRIER:
        found |= User.objects.filter(memberships__programme__isnull=False).exclude(
            memberships__role="ministry"
        )
    chosen = User.objects.filter(pk__in=found.values("pk"), is_active=True)
    return chosen.order_by("name", "pk")
