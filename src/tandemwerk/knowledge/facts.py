"""What each kind of article asks for besides its text: fields that are kept as ``facts``.

``text`` is one line, ``long`` is Markdown, ``choices`` are codes of a list. A kind may get new
facts at any time; what an older article does not have is left out when it is shown.
"""

from dataclasses import dataclass
from typing import Any, Final, Literal

from django.utils.translation import gettext_lazy as _

from tandemwerk.knowledge.enums import ArticleKind
from tandemwerk.programme.enums import TandemKind


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One question that a kind asks."""

    name: str
    label: Any
    kind: Literal["text", "long", "choices"] = "text"
    help: Any = ""
    choices: tuple[tuple[str, Any], ...] = ()
    required: bool = False


_TANDEM_KINDS: Final = tuple((str(kind.value), kind.label) for kind in TandemKind)
_FOR: Final = (("newcomers", _("people who are new here")), ("volunteers", _("volunteers")))

FACTS: Final[dict[str, tuple[Fact, ...]]] = {
    ArticleKind.CASE: (
        Fact(name="tandem_kinds", label=_("Kind of tandem"), kind="choices", choices=_TANDEM_KINDS),
        Fact(
            name="setting",
            label=_("Where and with whom"),
            help=_("For example: a town of 20,000, three volunteers, one room."),
        ),
        Fact(
            name="resources",
            label=_("What you need"),
            kind="long",
            help=_("Time, money, people, rooms."),
        ),
        Fact(name="steps", label=_("Steps"), kind="long", help=_("One line for each step.")),
        Fact(
            name="failures",
            label=_("What did not work"),
            kind="long",
            help=_("Others learn most from this."),
        ),
        Fact(
            name="evidence",
            label=_("How you know that it works"),
            kind="long",
            help=_("Numbers, an evaluation, what people said."),
        ),
        Fact(
            name="contact",
            label=_("Whom to ask"),
            help=_("A role and an address of the organisation, no private address."),
        ),
    ),
    ArticleKind.GUIDE: (
        Fact(name="needs", label=_("What you need"), kind="long"),
        Fact(name="duration", label=_("How long it takes")),
    ),
    ArticleKind.TEMPLATE: (
        Fact(
            name="how_to_use",
            label=_("How to use it"),
            kind="long",
            help=_("What to fill in, what to leave out."),
        ),
    ),
    ArticleKind.ANSWER: (Fact(name="question", label=_("The question"), kind="long"),),
    ArticleKind.EVERYDAY: (
        Fact(name="for_whom", label=_("For"), kind="choices", choices=_FOR),
        Fact(
            name="where_to_go",
            label=_("Where to get help"),
            kind="long",
            help=_("Office, advice centre, phone number."),
        ),
    ),
    ArticleKind.RECOMMENDATION: (
        Fact(name="addressee", label=_("To whom it goes"), required=True),
        Fact(name="grounds", label=_("Why"), kind="long"),
    ),
}


def facts_of(kind: str) -> tuple[Fact, ...]:
    """Return what a kind asks for."""
    return FACTS.get(kind, ())
