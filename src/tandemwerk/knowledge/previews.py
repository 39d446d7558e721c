"""A picture of the first page of a file, where one can be made without opening programs."""

import io
import re
import tempfile
import zipfile
from pathlib import Path
from typing import Any, Final

import typst
from defusedxml import ElementTree
from PIL import Image

from tandemwerk.core.uploads import CSV, DOCX, IMAGES, ODP, ODT, PDF, PPTX, TEXT, Upload

TEMPLATE: Final = Path(__file__).parent / "typst" / "preview.typ"
#: Pixels of the longer side.
SIZE: Final = 900
MAX_LETTERS: Final = 2_500
_MAIN_PARTS: Final = {
    DOCX: "word/document.xml",
    PPTX: "ppt/slides/slide1.xml",
    ODT: "content.xml",
    ODP: "content.xml",
}
_PARAGRAPHS: Final = frozenset({"p", "h"})


def preview_of(upload: Upload) -> bytes | None:
    """Return a PNG of the first page, or None where none can be made."""
    try:
        if upload.media_type in IMAGES:
            return _shrunk(upload.content)
        if upload.media_type == PDF:
            return _drawn(upload.content, text="")
        text = text_of(upload)
        return _drawn(b"", text=text) if text.strip() else None
    except Exception:  # noqa: BLE001 - a picture is a courtesy: a strange file must not fail for it
        return None


def text_of(upload: Upload) -> str:
    """Return the first words of a text or of an office file."""
    if upload.media_type in {TEXT, CSV}:
        return upload.content.decode("utf-8-sig")[:MAX_LETTERS]
    part = _MAIN_PARTS.get(upload.media_type)
    if part is None:
        return ""
    with zipfile.ZipFile(io.BytesIO(upload.content)) as archive:
        root = ElementTree.fromstring(archive.read(part))
    lines = []
    for element in root.iter():
        if element.tag.rsplit("}", 1)[-1] in _PARAGRAPHS:
            line = "".join(element.itertext()).strip()
            if line:
                lines.append(re.sub(r"\s+", " ", line))
    return "\n".join(lines)[:MAX_LETTERS]


def _shrunk(content: bytes) -> bytes:
    with Image.open(io.BytesIO(content)) as photo:
        photo.thumbnail((SIZE, SIZE))
        written = io.BytesIO()
        photo.convert("RGB").save(written, format="PNG")
    return written.getvalue()


def _drawn(pdf: bytes, *, text: str) -> bytes:
    """Draw the first page of a PDF, or a page with the words."""
    from tandemwerk.ui.build_fonts import FOLDER  # noqa: PLC0415 - slow to load, see paper

    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "preview.typ").write_bytes(TEMPLATE.read_bytes())
        if pdf:
            (Path(folder) / "page.pdf").write_bytes(pdf)
        drawn = typst.compile(
            Path(folder) / "preview.typ",
            root=Path(folder),
            format="png",
            ppi=72,
            font_paths=[FOLDER] if FOLDER.is_dir() else [],
            sys_inputs={"kind": "pdf" if pdf else "text", "text": text},
        )
    # More than one page comes as a list, whatever the types say.
    pages: Any = drawn
    return bytes(pages[0] if isinstance(pages, list) else pages)
