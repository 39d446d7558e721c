"""What a page is built of: few parts, each with one purpose."""

from typing import Any, Final

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    CharBlock,
    ChoiceBlock,
    ListBlock,
    PageChooserBlock,
    RichTextBlock,
    StreamBlock,
    StructBlock,
    StructValue,
    TextBlock,
    URLBlock,
)
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.blocks import ImageBlock

from tandemwerk.website.enums import ADDRESS_OF, Destination

#: What editors may do inside a text. No sizes, no colours: the design system decides.
FEATURES: Final = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]
SMALL_FEATURES: Final = ["bold", "italic", "ol", "ul", "link"]


class LinkValue(StructValue):
    """A link knows its address."""

    @property
    def url(self) -> str:
        """Return the address, in the reader's language where there is one."""
        if page := self.get("page"):
            return str(page.localized.url)
        if destination := self.get("destination"):
            name, args = ADDRESS_OF[Destination(destination)]
            return reverse(name, args=args)
        return str(self.get("address", ""))


class LinkBlock(StructBlock):
    """A button: its words, and exactly one place to which it leads."""

    label = CharBlock(label=pgettext_lazy("editor", "Words"), max_length=60)
    page = PageChooserBlock(label=_("Page"), required=False)
    destination = ChoiceBlock(
        label=_("Or a part of the platform"), choices=Destination.choices, required=False
    )
    address = URLBlock(label=_("Or another address"), required=False)

    def clean(self, value: Any) -> Any:
        """Hold the link to one place. Raises StructBlockValidationError."""
        cleaned = super().clean(value)
        places = [name for name in ("page", "destination", "address") if cleaned.get(name)]
        if len(places) != 1:
            error = ValidationError(gettext("Please choose exactly one place for the button."))
            raise StructBlockValidationError(block_errors={"page": error})
        return cleaned

    class Meta:
        icon = "link"
        label = _("Button")
        value_class = LinkValue


class SideBlock(StructBlock):
    """One of the two sides: a title and what there is to say."""

    title = CharBlock(label=_("Title"), max_length=80)
    text = RichTextBlock(label=_("Text"), features=SMALL_FEATURES)


class TwoSidesBlock(StructBlock):
    """Volunteer and newcomer beside each other, at equal size."""

    title = CharBlock(label=_("Title"), max_length=120)
    one = SideBlock(label=_("One side"))
    other = SideBlock(label=_("The other side"))

    class Meta:
        icon = "group"
        label = _("Two sides")
        template = "website/blocks/two_sides.html"


class StepBlock(StructBlock):
    title = CharBlock(label=_("Title"), max_length=80)
    text = TextBlock(label=_("Text"), rows=3)


class StepsBlock(StructBlock):
    """How something goes, one after the other."""

    title = CharBlock(label=_("Title"), max_length=120)
    steps = ListBlock(StepBlock(), label=_("Steps"), min_num=2, max_num=6)

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        template = "website/blocks/steps.html"


class QuoteBlock(StructBlock):
    text = TextBlock(label=pgettext_lazy("editor", "Words"), rows=3)
    who = CharBlock(
        label=_("Who said it"),
        max_length=120,
        help_text=_("Only with the person's consent; a first name is enough."),
    )

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "website/blocks/quote.html"


class FiguresBlock(StructBlock):
    """The programme's numbers, counted by the platform."""

    title = CharBlock(label=_("Title"), max_length=120)

    class Meta:
        icon = "history"
        label = _("Figures of the programme")
        template = "website/blocks/figures.html"


class QuestionBlock(StructBlock):
    question = CharBlock(label=_("Question"), max_length=200)
    answer = RichTextBlock(label=pgettext_lazy("editor", "Answer"), features=SMALL_FEATURES)


class QuestionsBlock(StructBlock):
    """Questions that open to their answers."""

    title = CharBlock(label=_("Title"), max_length=120)
    questions = ListBlock(QuestionBlock(), label=_("Questions"), min_num=1)

    class Meta:
        icon = "help"
        label = _("Questions and answers")
        template = "website/blocks/questions.html"


class SitesBlock(StructBlock):
    """Where the sites are, with the search for a place."""

    title = CharBlock(label=_("Title"), max_length=120)
    text = TextBlock(label=_("Text"), rows=3)

    class Meta:
        icon = "site"
        label = pgettext_lazy("tandem", "Sites")
        template = "website/blocks/sites.html"


class CallBlock(StructBlock):
    """One thing that the reader may do next."""

    title = CharBlock(label=_("Title"), max_length=120)
    text = TextBlock(label=_("Text"), rows=3, required=False)
    button = LinkBlock()

    class Meta:
        icon = "pick"
        label = _("Call to action")
        template = "website/blocks/call.html"


class PictureBlock(StructBlock):
    """A photo with a line beneath. Whoever is on it has agreed."""

    image = ImageBlock(label=_("Image"))
    caption = CharBlock(label=_("Line beneath"), max_length=200, required=False)

    class Meta:
        icon = "image"
        label = _("Image")
        template = "website/blocks/picture.html"


class TextPart(RichTextBlock):
    """Running text with headings, lists and links."""

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "website/blocks/text.html"


class Body(StreamBlock):
    """All parts that a page may have."""

    text = TextPart(features=FEATURES)
    two_sides = TwoSidesBlock()
    steps = StepsBlock()
    quote = QuoteBlock()
    figures = FiguresBlock()
    questions = QuestionsBlock()
    sites = SitesBlock()
    call = CallBlock()
    picture = PictureBlock()


class PlainBody(StreamBlock):
    """Parts of a page that only informs: imprint, privacy, accessibility."""

    text = TextPart(features=FEATURES)
    questions = QuestionsBlock()
