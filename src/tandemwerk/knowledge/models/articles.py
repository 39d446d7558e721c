"""The article, its authors, its file and what became of a recommendation."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    Revision,
    RevisionMixin,
    TranslatableMixin,
)

from tandemwerk.knowledge.enums import (
    EDITING_ROLES,
    WRITERS,
    ArticleKind,
    ArticleState,
    Audience,
    AuthorRole,
    Licence,
    RecommendationState,
)
from tandemwerk.people.models import User
from tandemwerk.programme.enums import LEADING_ROLES, NETWORK_ROLES, Role
from tandemwerk.programme.models import Carrier, Membership, Site, Viewer, memberships_of


class Term(models.Model):
    """A word of the curated vocabulary: what articles and topics are about."""

    slug = models.SlugField(unique=True)
    #: language code -> the word, German always among them
    names = models.JSONField(_("names"), default=dict)
    order = models.PositiveSmallIntegerField(default=50)
    is_retired = models.BooleanField(_("no longer offered"), default=False)

    def __str__(self) -> str:
        names: dict[str, str] = self.names
        return names.get(get_language() or "de") or names.get("de") or self.slug


def carriers_of(user: Viewer) -> set[int]:
    """Return the carriers in whose team, or in the team of one of whose sites, ``user`` is."""
    if not isinstance(user, User):
        return set()
    mine = list(memberships_of(user))
    found = {each.carrier_id for each in mine}
    found |= {each.site.carrier_id for each in mine if each.site is not None}
    return {number for number in found if number is not None}


def audiences_of(user: Viewer) -> list[Q]:
    """Return who ``user`` is as a reader of the library, as conditions on articles."""
    readable = [Q(audience=each) for each in _open_to(user)]
    if carriers := carriers_of(user):
        readable.append(Q(audience=Audience.CARRIER, carrier__in=carriers))
    return readable


def _open_to(user: Viewer) -> list[Audience]:
    """Return for whom an article is that ``user`` may read, whichever carrier it is from."""
    found = [Audience.PUBLIC]
    if mine := list(memberships_of(user)):
        found.append(Audience.MEMBERS)
    if any(each.role != Role.MINISTRY for each in mine):
        found.append(Audience.TEAMS)
    return found


def _any_of(conditions: list[Q]) -> Q:
    found = Q(pk__in=())
    for condition in conditions:
        found |= condition
    return found


def left_to_the_office() -> Q:
    """Return what waits for a review that nobody else at its carrier can make."""
    return Q(review_asked_at__isnull=False) & without_another_lead()


def without_another_lead() -> Q:
    """Return what a carrier keeps to itself and nobody leads it but those who wrote it."""
    article = OuterRef(OuterRef("pk"))
    leads = Membership.objects.filter(
        carrier=OuterRef("carrier"), role__in=LEADING_ROLES, user__is_active=True
    )
    wrote = Exists(
        ArticleAuthor.objects.filter(article=article, role__in=WRITERS, user=OuterRef("user"))
    )
    owns = Exists(Article.objects.filter(pk=article, owner=OuterRef("user")))
    wrote_last = Exists(
        Revision.objects.filter(pk=OuterRef(OuterRef("latest_revision")), user=OuterRef("user"))
    )
    others = leads.exclude(wrote | owns | wrote_last)
    return Q(~Exists(others), audience=Audience.CARRIER)


class ArticleQuerySet(models.QuerySet["Article"]):
    def readable_by(self, user: Viewer) -> "ArticleQuerySet":
        """Return the published articles that ``user`` may read."""
        return self.filter(_any_of(audiences_of(user)), live=True, state=ArticleState.PUBLISHED)

    def visible_to(self, user: Viewer) -> "ArticleQuerySet":
        """Return what ``user`` may read, and the drafts that they write, own or review."""
        if not isinstance(user, User):
            return self.readable_by(user)
        published = _any_of(audiences_of(user)) & Q(live=True, state=ArticleState.PUBLISHED)
        written = ArticleAuthor.objects.filter(user=user).values("article_id")
        mine = Q(owner=user) | Q(pk__in=written)
        return self.filter(published | mine | self._looked_after_by(user))

    @staticmethod
    def _looked_after_by(user: User) -> Q:
        """The network office looks after all but what a carrier keeps to itself.

        Of that it sees what waits for a review that nobody else at the carrier can make.
        """
        memberships = list(memberships_of(user))
        theirs = Q(pk__in=())
        if any(each.role in NETWORK_ROLES for each in memberships):
            theirs |= ~Q(audience=Audience.CARRIER)
        if any(each.role in EDITING_ROLES for each in memberships):
            theirs |= left_to_the_office()
        leads = {
            each.carrier_id
            for each in memberships
            if each.carrier_id is not None and each.role in LEADING_ROLES
        }
        return theirs | Q(carrier__in=leads) if leads else theirs

    def left_to_the_office(self) -> "ArticleQuerySet":
        return self.filter(left_to_the_office())

    def without_another_lead(self) -> "ArticleQuerySet":
        return self.filter(without_another_lead())

    def published(self) -> "ArticleQuerySet":
        return self.filter(live=True, state=ArticleState.PUBLISHED)


class Article(DraftStateMixin, LockableMixin, RevisionMixin, TranslatableMixin, models.Model):
    """One piece of the library in one language.

    Revisions, the lock, publication at a set time and the link between languages are Wagtail's.
    Versions in other languages share ``translation_key``. The text is Markdown.
    """

    kind = models.CharField(_("kind"), max_length=16, choices=ArticleKind.choices)
    state = models.CharField(
        _("state"), max_length=10, choices=ArticleState.choices, default=ArticleState.DRAFT
    )
    audience = models.CharField(
        _("who may read it"), max_length=8, choices=Audience.choices, default=Audience.MEMBERS
    )
    title = models.CharField(_("title"), max_length=160)
    #: One for all languages, so that an address leads to one article in every interface.
    slug = models.SlugField(max_length=180, unique=True, allow_unicode=True)
    summary = models.TextField(_("in one or two sentences"), max_length=500, blank=True)
    body = models.TextField(_("text"), blank=True)
    #: Values of programme.enums.TargetGroup; nothing is everybody.
    target_groups = models.JSONField(_("for whom"), default=list, blank=True)
    #: What the kind asks for besides: see ``facts.FACTS``.
    facts = models.JSONField(_("facts"), default=dict, blank=True)
    licence = models.CharField(
        _("licence"), max_length=16, choices=Licence.choices, default=Licence.CC_BY_SA
    )
    terms = models.ManyToManyField(Term, related_name="articles", blank=True)
    #: The organisation that answers for it; neither: the network office.
    carrier = models.ForeignKey(
        Carrier, on_delete=models.PROTECT, null=True, blank=True, related_name="articles"
    )
    site = models.ForeignKey(
        Site, on_delete=models.PROTECT, null=True, blank=True, related_name="articles"
    )
    owner = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="owned_articles"
    )
    #: Until when the owner looks whether it is still true.
    review_on = models.DateField(_("to be checked by"), null=True, blank=True)
    checked_at = models.DateTimeField(_("last checked"), null=True, blank=True)
    #: Who could read what it was made from: wider than that only an editor makes it.
    origin_audience = models.CharField(max_length=8, choices=Audience.choices, blank=True)
    #: When somebody asked for a look at ``latest_revision``; empty: nobody waits.
    review_asked_at = models.DateTimeField(null=True, blank=True)
    review_asked_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    #: What ``content.hash_of`` says of the row's own words: translations are compared with it.
    content_hash = models.CharField(max_length=64, blank=True)
    #: A carrier's own version knows what it was made from.
    adapted_from = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="adaptations"
    )
    #: ``content_hash`` of the original when this translation was made; empty for an original.
    translated_hash = models.CharField(max_length=64, blank=True)
    is_machine_draft = models.BooleanField(_("machine draft"), default=False)
    recommendation_state = models.CharField(
        _("what became of it"), max_length=10, choices=RecommendationState.choices, blank=True
    )
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(_("begun"))

    objects: ClassVar[Any] = ArticleQuerySet.as_manager()

    class Meta:
        unique_together = [("translation_key", "locale")]
        constraints = [
            models.UniqueConstraint(
                fields=["translation_key"],
                condition=Q(translated_hash=""),
                name="article_original_once",
            ),
            models.CheckConstraint(
                name="article_carrier_only_has_one",
                condition=~Q(audience=Audience.CARRIER) | Q(carrier__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "kind", "last_published_at"], name="article_shelf"),
            models.Index(fields=["review_on"], name="article_review"),
            models.Index(fields=["review_asked_at"], name="article_asked"),
        ]

    def __str__(self) -> str:
        return self.title

    def is_readable_by(self, user: Viewer) -> bool:
        """Return whether ``user`` reads it as published; agrees with the query and asks nothing."""
        if not self.live or self.state != ArticleState.PUBLISHED:
            return False
        if self.audience == Audience.CARRIER:
            return self.carrier_id in carriers_of(user)
        return self.audience in _open_to(user)

    @property
    def audit_scope(self) -> str:
        if self.site_id and self.site is not None:
            return self.site.audit_scope
        return f"carrier/{self.carrier_id}/" if self.carrier_id else "programme/"

    @property
    def search_audience(self) -> str:
        """Return the key of the search's walls: who may find it."""
        if self.audience == Audience.CARRIER:
            return f"carrier/{self.carrier_id}/"
        return str(self.audience)


class ArticleAuthor(models.Model):
    """Who wrote, said, translated or reviewed it: a person, for an organisation or for none."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="authors")
    role = models.CharField(_("role"), max_length=10, choices=AuthorRole.choices)
    user = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="authorships"
    )
    carrier = models.ForeignKey(
        Carrier, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    site = models.ForeignKey(
        Site, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    #: Somebody who asked not to be named: «a site in Bavaria».
    unnamed = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["article", "role", "user"],
                condition=Q(user__isnull=False),
                name="article_author_once",
            ),
        ]


class ArticleFile(models.Model):
    """The file of a template, with the picture of its first page or its first rows."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="files")
    file = models.FileField(upload_to="library/%Y/")
    preview = models.ImageField(upload_to="library/%Y/", blank=True)
    #: The beginning of a spreadsheet, see ``sheets.first_rows``.
    first_rows = models.JSONField(default=dict, blank=True)
    name = models.CharField(_("name"), max_length=160)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()


class ArticleResponse(models.Model):
    """What those to whom a recommendation went answered, and when."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="responses")
    state = models.CharField(_("state"), max_length=10, choices=RecommendationState.choices)
    text = models.TextField(_("response"))
    responder = models.CharField(_("who responds"), max_length=160)
    #: «Fachkongress 2026» or nothing.
    occasion = models.CharField(_("occasion"), max_length=160, blank=True)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
