"""Compile the translations: ``python -m tandemwerk.config.catalogues``. Needs no system package."""

import re
from pathlib import Path
from typing import Final

import polib
from django.conf.locale import LANG_INFO

PACKAGE = Path(__file__).resolve().parent.parent
#: A name or a title that a text puts between quotation marks.
QUOTED: Final = re.compile(r"«(%\(\w+\)s)»")


def keep_marks_in_place(catalogue: polib.POFile, language: str) -> None:
    """Let no Latin name turn round the quotation marks about it in a text from right to left.

    «Garten»: Augsburg would show its closing mark and its colon on the wrong side, because they
    stand between two Latin words. The word between the marks is isolated (Unicode UAX 9, X5c), by
    characters that nobody sees, for the reader only: translators do not have to type them.
    """
    if not LANG_INFO.get(language, {}).get("bidi"):
        return
    for entry in catalogue:
        entry.msgstr = QUOTED.sub("«\u2068\\1\u2069»", entry.msgstr)
        entry.msgstr_plural = {
            number: QUOTED.sub("«\u2068\\1\u2069»", text)
            for number, text in entry.msgstr_plural.items()
        }


def compile_catalogues() -> int:
    """Write the ``.mo`` of each ``.po`` that is newer. Return how many were written."""
    written = 0
    for source in sorted(PACKAGE.glob("*/locale/*/LC_MESSAGES/django.po")):
        target = source.with_suffix(".mo")
        changed = max(source.stat().st_mtime, Path(__file__).stat().st_mtime)
        if not target.exists() or target.stat().st_mtime < changed:
            catalogue = polib.pofile(str(source))
            keep_marks_in_place(catalogue, language=source.parts[-3])
            catalogue.save_as_mofile(str(target))
            written += 1
    return written


if __name__ == "__main__":
    compile_catalogues()
