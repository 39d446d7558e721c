"""Turns the web's fonts into files that the maker of PDFs reads: TTF, one per weight.

A build step after ``npm run build``: ``python -m tandemwerk.ui.build_fonts``. The web has
variable fonts, cut into scripts; typst wants fixed weights in one file. ``FAMILIES`` are the
names to use in a document, ``FOLDER`` is the path to give as ``font_paths``.
"""

import tempfile
from pathlib import Path
from typing import Any, Final

from fontTools import merge
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

BUILD: Final = Path(__file__).parent / "static" / "ui" / "build"
FOLDER: Final = BUILD / "fonts-pdf"
WEIGHTS: Final = {"Regular": 400, "SemiBold": 600, "Bold": 700}
#: Family in documents -> files of the web font, the first one giving the measures.
FAMILIES: Final = {
    "Source Sans 3": (
        "source-sans-3-latin",
        "source-sans-3-latin-ext",
        "source-sans-3-cyrillic",
        "source-sans-3-cyrillic-ext",
    ),
    "Vazirmatn": ("vazirmatn-arabic",),
}
FAMILY, SUBFAMILY, UNIQUE, FULL, POSTSCRIPT, TYPO_FAMILY, TYPO_SUBFAMILY = 1, 2, 3, 4, 6, 16, 17


def build(source: Path = BUILD / "fonts", target: Path = FOLDER) -> list[Path]:
    """Write every family in every weight and return the files."""
    target.mkdir(parents=True, exist_ok=True)
    files = []
    for family, parts in FAMILIES.items():
        for style, weight in WEIGHTS.items():
            font = _one_font([source / f"{part}-wght-normal.woff2" for part in parts], weight)
            _name(font, family=family, style=style, weight=weight)
            file = target / f"{family.replace(' ', '')}-{style}.ttf"
            font.save(file)
            files.append(file)
    return files


def _one_font(files: list[Path], weight: int) -> TTFont:
    """Fix the weight of each part and put the parts together."""
    with tempfile.TemporaryDirectory() as folder:
        parts = []
        for number, file in enumerate(files):
            font = instancer.instantiateVariableFont(TTFont(file), {"wght": weight})
            font.flavor = None
            # Hints of the parts cannot be merged, and no PDF needs them.
            for table in ("fpgm", "prep", "cvt ", "STAT", "DSIG"):
                if table in font:
                    del font[table]
            part = Path(folder) / f"{number}.ttf"
            font.save(part)
            parts.append(str(part))
        return TTFont(parts[0]) if len(parts) == 1 else merge.Merger().merge(parts)


def _name(font: Any, *, family: str, style: str, weight: int) -> None:
    """Say what the font is, so that weights are found under one family."""
    names = {
        FAMILY: family if style in ("Regular", "Bold") else f"{family} {style}",
        SUBFAMILY: style if style in ("Regular", "Bold") else "Regular",
        UNIQUE: f"{family} {style}",
        FULL: f"{family} {style}",
        POSTSCRIPT: f"{family.replace(' ', '')}-{style}",
        TYPO_FAMILY: family,
        TYPO_SUBFAMILY: style,
    }
    for number, text in names.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight


if __name__ == "__main__":
    for path in build():
        print(f"{path.name} {path.stat().st_size // 1024} kB")  # noqa: T201 a build step reports
