"""The invitation on paper: for those without mail, in their language and writing direction."""

import json
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Final

import segno
import typst
from django.utils import translation
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from tandemwerk.tandems.links import answer_link
from tandemwerk.tandems.models import Answer
from tandemwerk.tandems.queries.portraits import Portrait, portrait_for

TEMPLATE: Final = Path(__file__).parent / "typst" / "invitation.typ"


def code_svg(link: str) -> SafeString:
    """Return a QR code of ``link``, drawn by us from letters and digits only."""
    drawing = segno.make(link, error="m").svg_inline(
        scale=4, border=4, dark="#000", light="#fff", omitsize=True
    )
    return mark_safe(drawing)  # noqa: S308  no word of anybody else is in it


def invitation_pdf(answer: Answer, *, at: datetime) -> bytes:
    """Return the invitation as a PDF, a page in the language of the one who is asked."""
    # Loaded here: the tools that build fonts are slow to load, and few requests make a PDF.
    from tandemwerk.ui.build_fonts import FOLDER  # noqa: PLC0415

    portrait = portrait_for(answer, at=at)
    with translation.override(portrait.language):
        words = _words(answer, portrait)
    return bytes(
        typst.compile(
            TEMPLATE,
            font_paths=[FOLDER] if FOLDER.is_dir() else [],  # without them the system's serve
            sys_inputs={"words": json.dumps(words)},
        )
    )


def _words(answer: Answer, portrait: Portrait) -> dict[str, object]:
    """Return everything that is written on the page."""
    site = answer.site
    until = date_format(localtime(answer.expires_at), "DATE_FORMAT")
    return {
        "language": portrait.language,
        "direction": "rtl" if translation.get_language_bidi() else "ltr",
        "site": site.name,
        "title": _("We have found somebody for you"),
        "lead": _("Would you like to meet? You decide. You can say no, and nobody asks why."),
        "lines": [{"label": line.label, "text": line.text} for line in portrait.lines],
        "how": _("Scan this with your phone and answer there:"),
        "code": _code_file(answer_link(answer)),
        "until": _("The link works until %(date)s.") % {"date": until},
        "or": _("Or tick your answer and give the paper back to us:"),
        "answers": [
            _("Yes, I would like to meet"),
            _("No, rather not"),
            _("Please call me"),
        ],
        "call": _("Or call us:") if site.phone else "",
        "phone": site.phone,
        # The paper names nobody; by this number the team knows whose answer comes back.
        "number": _("No. %(number)s") % {"number": answer.pk},
    }


def _code_file(link: str) -> str:
    file = BytesIO()
    segno.make(link, error="m").save(file, kind="svg", scale=4, border=0)
    return file.getvalue().decode()
