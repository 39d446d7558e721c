"""The pages that editors write."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import get_language_info, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from tandemwerk.ui.parts import PageLanguage
from tandemwerk.website.blocks import Body, PlainBody


class WebsitePage(Page):
    """What all pages have: a lead and parts; they know themselves in other languages."""

    lead = models.TextField(
        pgettext_lazy("editor", "lead"),
        blank=True,
        help_text=_("One or two sentences below the title."),
    )

    search_fields: ClassVar[list[Any]] = [*Page.search_fields, index.SearchField("lead")]
    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("lead"),
        FieldPanel("body"),
    ]
    promote_panels: ClassVar[list[Any]] = [
        MultiFieldPanel(
            [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description")],
            heading=_("For search engines"),
        ),
    ]
    #: No promise of a date: pages are published by hand.
    settings_panels: ClassVar[list[Any]] = []

    class Meta:
        abstract = True

    @cached_property
    def translations(self) -> dict[str, Page]:
        """The live page of each language, this one among them. One query."""
        pages = self.get_translations(inclusive=True).live().select_related("locale")
        return {page.locale.language_code: page for page in pages}

    @cached_property
    def homes(self) -> dict[str, Page]:
        """The live start page of each language. One query."""
        homes = HomePage.objects.live().select_related("locale")
        return {page.locale.language_code: page for page in homes}

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add this page's languages: its translation, or the start page of that language."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["page_languages"] = [*self._languages(request)]
        return context

    def _languages(self, request: HttpRequest) -> Any:
        for code, _name in settings.LANGUAGES:
            page = self.translations.get(code) or self.homes.get(code)
            if page is None:
                continue
            info = get_language_info(code)
            name = info["name_local"]
            yield PageLanguage(
                code=code,
                name=name[:1].upper() + name[1:],
                url=page.get_url(request),
                is_rtl=info["bidi"],
                is_current=code == self.locale.language_code,
                is_translation=code in self.translations,
            )


class HomePage(WebsitePage):
    """The start page of one language: two doors, then the parts."""

    help_title = models.CharField(_("title"), max_length=60)
    help_text = models.CharField(_("text"), max_length=160)
    new_title = models.CharField(_("title"), max_length=60)
    new_text = models.CharField(_("text"), max_length=160)
    body = StreamField(Body(), verbose_name=_("parts"), blank=True)

    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("lead"),
        MultiFieldPanel(
            [FieldPanel("help_title"), FieldPanel("help_text")],
            heading=_("The door of those who help"),
        ),
        MultiFieldPanel(
            [FieldPanel("new_title"), FieldPanel("new_text")],
            heading=_("The door of those who are new"),
        ),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("start page")
        verbose_name_plural = _("start pages")


class ContentPage(WebsitePage):
    """A page that explains: how it works, for volunteers, for newcomers, for organisations."""

    body = StreamField(Body(), verbose_name=_("parts"), blank=True)

    parent_page_types: ClassVar[list[str]] = ["website.HomePage", "website.ContentPage"]

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")


class LegalPage(WebsitePage):
    """A page that has to be there: imprint, privacy, accessibility, plain language."""

    as_of = models.DateField(_("as of"), null=True, blank=True)
    body = StreamField(PlainBody(), verbose_name=_("parts"), blank=True)

    parent_page_types: ClassVar[list[str]] = ["website.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Any]] = [*WebsitePage.content_panels, FieldPanel("as_of")]

    class Meta:
        verbose_name = _("legal page")
        verbose_name_plural = _("legal pages")


class ContactPage(WebsitePage):
    """The way to the network office, with a form that reaches the office or a site.

    ``wagtail_hooks`` has it served by ``views.contact``.
    """

    office = models.CharField(_("name of the office"), max_length=120)
    mail = models.EmailField(_("e-mail"), help_text=_("Messages of the form go here."))
    phone = models.CharField(_("phone"), max_length=24, blank=True)
    hours = models.CharField(_("when somebody answers"), max_length=160, blank=True)
    address = models.TextField(pgettext_lazy("postal", "address"), blank=True)
    body = StreamField(PlainBody(), verbose_name=_("parts"), blank=True)

    max_count_per_parent = 1
    parent_page_types: ClassVar[list[str]] = ["website.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("lead"),
        MultiFieldPanel(
            [
                FieldPanel("office"),
                FieldPanel("mail"),
                FieldPanel("phone"),
                FieldPanel("hours"),
                FieldPanel("address"),
            ],
            heading=_("The office"),
        ),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("contact page")
        verbose_name_plural = _("contact pages")
