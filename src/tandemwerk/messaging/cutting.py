"""What somebody wrote themselves: a mail without quotes, signature and greetings of machines.

``mail-parser-reply`` knows how programs introduce a quotation in German, English and eleven other
languages. The languages of the programme that it does not know are ours.
"""

import re
import unicodedata
from typing import Final

from bs4 import BeautifulSoup
from mailparser_reply import EmailMessage as ReplyMessage

#: Nobody answers with more; what is longer is not looked at.
LONGEST_READ: Final = 50_000
#: The library's patterns take very long on long lines and much text, so they see neither.
LONGEST_PARSED: Final = 5_000
LONGEST_LINE: Final = 600

#: Lines that begin a quotation, as mail programs write them. «12.03.2026, 10:00, Kim <kim@…>:»
_QUOTE_PATTERNS: Final = (
    (
        r"[-_]{3,}\s*(?:Original|Ursprüngliche|Weitergeleitete|Вихідне|Оригінальне|"
        r"الرسالة الأصلية|پیام اصلی).{0,60}"
    ),
    r"_{20,}",
    r"(?:Am|On|Le|El|Em)\b.{5,200}(?:schrieb|wrote|a écrit|escribió|escreveu).{0,100}:",
    r".{0,120}\d.{0,120}(?:пише|написав|написала|написав\(-ла\)|wrote|schrieb).{0,20}:",
    r"(?:في|بتاريخ|يوم).{5,200}(?:كتب|كتبت)\b.{0,160}:?",
    r"(?:در|در تاریخ).{5,200}(?:نوشت|نوشته است)\b.{0,20}:?",
    r"\W{0,3}(?:Von|From|Від|من|از)\s*:\s.{0,200}@.{0,200}",
)
_QUOTE_BEGINS: Final = re.compile("|".join(_QUOTE_PATTERNS))
_SIGNATURE_BEGINS: Final = re.compile(
    r"--|(?:Gesendet von|Von meinem|Sent from|Get Outlook|Outlook für|Надіслано з|"
    r"أرسلت من|تم الإرسال من|ارسال شده از|ارسال از).{0,60}"
)
_QUOTED: Final = re.compile(r"\s*>")
_LINES: Final = ("p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "hr")
_PARAGRAPHS: Final = ("p", "ul", "ol", "table", "h1", "h2", "h3", "h4")
#: How the usual programs mark a quotation or a signature in HTML.
_NOT_THEIRS: Final = (
    "blockquote, .gmail_quote, .gmail_signature, .gmail_attr, .moz-cite-prefix, .moz-signature, "
    ".yahoo_quoted, #divRplyFwdMsg, #appendonsend, #ms-outlook-mobile-signature, "
    "script, style, head, title, template"
)
MOST_NESTED: Final = 5_000


def own_words(text: str) -> str:
    """Return what somebody wrote above, or else between, what they quote."""
    text = _without_gaps(_plain(text[:LONGEST_READ]))
    lines = text.splitlines()
    above = _above_the_quote(lines)
    words = _parsed("\n".join(above)).strip()
    if not words:  # the answer stands between or below the quoted lines
        between = [
            line for line in lines if not _QUOTED.match(line) and not _begins_quote(line, "")
        ]
        words = "\n".join(_above_the_signature(between)).strip()
    return words


def _without_gaps(text: str) -> str:
    """Return text with no spaces at the ends of lines and at most one empty line at a time."""
    lines = [line.rstrip() for line in text.split("\n")]
    return "\n".join(
        line for before, line in zip(["", *lines], lines, strict=False) if before or line
    )


def _above_the_quote(lines: list[str]) -> list[str]:
    kept: list[str] = []
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else ""
        if _QUOTED.match(line) or _begins_quote(line, following):
            break
        kept.append(line)
    return _above_the_signature(kept)


def _above_the_signature(lines: list[str]) -> list[str]:
    for number, line in enumerate(lines):
        if _SIGNATURE_BEGINS.fullmatch(line.strip()):
            return lines[:number]
    return lines


def _begins_quote(line: str, following: str) -> bool:
    """Return whether a quotation begins here; its first line may be broken into two."""
    line, following = line.strip()[:500], following.strip()[:500]
    return bool(
        _QUOTE_BEGINS.fullmatch(line)
        or (line and following and _QUOTE_BEGINS.fullmatch(f"{line} {following}") and _looks(line))
    )


def _looks(line: str) -> bool:
    """Return whether a line may be the first half of an introduction: it has a date or address."""
    return bool(re.search(r"\d", line)) and not line.endswith((".", "!", "?"))


def _parsed(text: str) -> str:
    """Cut what the library finds in the first part; the rest stands below it unchanged."""
    head, rest = text[:LONGEST_PARSED], text[LONGEST_PARSED:]
    if max(map(len, head.splitlines()), default=0) > LONGEST_LINE:
        return text
    message = ReplyMessage(text=head, languages=["de"], keep_hyphen_lists=True).read()
    cut = message.latest_reply or ""
    return cut if rest == "" or len(cut) < len(head.strip()) else cut + rest


def _plain(text: str) -> str:
    """Return text in one form, with plain line ends and without signs that show nothing."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(
        sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in {"Cc", "Cs"}
    )


def text_of_html(html: str) -> str:
    """Return what HTML says, without what is marked as a quotation or signature."""
    if html.count("<") > MOST_NESTED * 4:
        return ""
    soup = BeautifulSoup(html[: LONGEST_READ * 4], "html.parser")
    for part in soup.select(_NOT_THEIRS):
        part.decompose()
    for part in soup.find_all(_LINES):
        part.insert_before("\n")
    for part in soup.find_all(_PARAGRAPHS):
        part.insert_after("\n\n")
    lines = soup.get_text().replace("\xa0", " ").splitlines()
    return "\n".join(" ".join(line.split()) for line in lines)
