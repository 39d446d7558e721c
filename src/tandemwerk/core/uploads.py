"""Files that people bring: looked at before anything is kept.

What a file is, its content says, never its name. Images are drawn anew, so that neither the place
where a photo was taken nor anything hidden behind it comes along. What we cannot tell apart we do
not take.
"""

import zipfile
from collections.abc import Collection
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import PurePath
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from tandemwerk.core import scanner

MAX_BYTES: Final = 10 * 1024 * 1024
MAX_PIXELS: Final = 40_000_000
#: What an office file may grow to when it is unpacked, and of how many parts it may consist.
MAX_UNPACKED: Final = 200 * 1024 * 1024
MAX_PARTS: Final = 5_000
MAX_NAME: Final = 120
JPEG_QUALITY: Final = 88

JPEG, PNG, WEBP = "image/jpeg", "image/png", "image/webp"
PDF: Final = "application/pdf"
TEXT: Final = "text/plain"
CSV: Final = "text/csv"
_OPEN_XML: Final = "application/vnd.openxmlformats-officedocument."
DOCX: Final = f"{_OPEN_XML}wordprocessingml.document"
XLSX: Final = f"{_OPEN_XML}spreadsheetml.sheet"
PPTX: Final = f"{_OPEN_XML}presentationml.presentation"
_OPEN_DOCUMENT: Final = "application/vnd.oasis.opendocument."
ODT, ODS, ODP = (f"{_OPEN_DOCUMENT}{each}" for each in ("text", "spreadsheet", "presentation"))

IMAGES: Final = frozenset({JPEG, PNG, WEBP})
DOCUMENTS: Final = frozenset({PDF, TEXT, CSV, DOCX, XLSX, PPTX, ODT, ODS, ODP})
#: Media type -> how the name of such a file ends.
ENDINGS: Final = {
    JPEG: ".jpg",
    PNG: ".png",
    WEBP: ".webp",
    PDF: ".pdf",
    TEXT: ".txt",
    CSV: ".csv",
    DOCX: ".docx",
    XLSX: ".xlsx",
    PPTX: ".pptx",
    ODT: ".odt",
    ODS: ".ods",
    ODP: ".odp",
}
_FORMATS: Final = {"JPEG": JPEG, "PNG": PNG, "WEBP": WEBP}
_MAIN_PARTS: Final = {
    "word/document.xml": DOCX,
    "xl/workbook.xml": XLSX,
    "ppt/presentation.xml": PPTX,
}
#: Programs inside an office file.
_MACROS: Final = ("vbaproject.bin", "vbadata.xml")


class UploadError(ValidationError):
    """A file is not taken. Its message is for whoever brought it."""


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file that was looked at: what is kept of it."""

    name: str
    media_type: str
    content: bytes
    width: int | None = None
    height: int | None = None

    @property
    def size(self) -> int:
        return len(self.content)

    @property
    def sha256(self) -> str:
        return sha256(self.content).hexdigest()

    @property
    def file(self) -> ContentFile[bytes]:
        """Return it ready for a FileField."""
        return ContentFile(self.content, name=self.name)


def take_in(
    file: "UploadedFile[Any]",
    *,
    kinds: Collection[str] = IMAGES | DOCUMENTS,
    max_bytes: int = MAX_BYTES,
) -> Upload:
    """Look at a file and return what may be kept of it. Raises UploadError.

    ``kinds`` are media types that are wanted. Images come back without metadata and upright.
    """
    if (file.size or 0) > max_bytes:
        raise UploadError(
            _("This file is larger than %(limit)s. Please bring a smaller one."),
            code="too_large",
            params={"limit": filesizeformat(max_bytes)},
        )
    file.seek(0)
    content = file.read(max_bytes + 1)
    if not content:
        raise UploadError(_("This file is empty."), code="empty")
    media_type = media_type_of(content, name=file.name or "")
    if media_type is None or media_type not in kinds:
        raise UploadError(
            _("We do not take files of this kind. We take: %(kinds)s."),
            code="kind",
            params={"kinds": ", ".join(sorted(ENDINGS[each].lstrip(".") for each in kinds))},
        )
    _scan(content)
    name = name_for(file.name or "", media_type)
    if media_type not in IMAGES:
        return Upload(name=name, media_type=media_type, content=content)
    clean, size = redraw(content)
    return Upload(name=name, media_type=media_type, content=clean, width=size[0], height=size[1])


def media_type_of(content: bytes, *, name: str = "") -> str | None:
    """Return what ``content`` is, or None when it is nothing we know.

    The name only tells two kinds of plain text apart. Raises UploadError for an office file that
    unpacks without end or brings programs along.
    """
    if content.startswith(b"%PDF-"):
        return PDF
    if content.startswith(b"PK\x03\x04"):
        return _office_type(content)
    for head, kind in ((b"\xff\xd8\xff", JPEG), (b"\x89PNG\r\n\x1a\n", PNG)):
        if content.startswith(head):
            return kind
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return WEBP
    if _is_text(content):
        return CSV if PurePath(name).suffix.lower() == ".csv" else TEXT
    return None


def _is_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    if any(letter < " " and letter not in "\n\r\t\f" for letter in text):
        return False
    # A browser that is told «text» may still see a page in it.
    return not text.lstrip().lower().startswith(("<!doctype", "<html", "<svg", "<?xml", "<script"))


def _office_type(content: bytes) -> str | None:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise _bomb()
            names = {part.filename for part in parts}
            if any(name.lower().endswith(_MACROS) for name in names):
                raise UploadError(
                    _("This file contains macros. Please save it without them."), code="macros"
                )
            for part, kind in _MAIN_PARTS.items():
                if part in names:
                    return kind
            if "mimetype" in names and archive.getinfo("mimetype").file_size < MAX_NAME:
                said = archive.read("mimetype").decode("ascii", errors="replace").strip()
                return said if said in {ODT, ODS, ODP} else None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError):
        return None
    return None


def redraw(content: bytes) -> tuple[bytes, tuple[int, int]]:
    """Return an image drawn anew, upright and without metadata, and its size.

    Raises UploadError.
    """
    try:
        photo = Image.open(BytesIO(content), formats=list(_FORMATS))
        if photo.width * photo.height > MAX_PIXELS:
            raise _bomb()
        with photo:
            kind = photo.format or "PNG"
            upright = ImageOps.exif_transpose(photo)
            if upright.mode not in {"RGB", "RGBA", "L"}:
                # A palette, CMYK and the like live from what is thrown away below.
                has_alpha = "A" in upright.mode or "transparency" in upright.info
                upright = upright.convert("RGBA" if has_alpha and kind != "JPEG" else "RGB")
            clean = Image.new(upright.mode, upright.size)
            clean.paste(upright)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _bomb() from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise UploadError(
            _("This picture is damaged and cannot be read."), code="damaged"
        ) from error
    written = BytesIO()
    clean.save(written, format=kind, quality=JPEG_QUALITY)
    return written.getvalue(), clean.size


def name_for(name: str, media_type: str) -> str:
    """Return a name without a path or control letters, ending as its kind does.

    >>> name_for("../../Bild.png.exe", "image/jpeg")
    'Bild.png.jpg'
    """
    plain = name.replace("\\", "/").rsplit("/", maxsplit=1)[-1]
    letters = (each if each.isprintable() and each not in '<>:"|?*' else " " for each in plain)
    plain = " ".join("".join(letters).split())
    ending = ENDINGS[media_type]
    path = PurePath(plain)
    known = {ending, ".jpeg"} if media_type == JPEG else {ending}
    if media_type == TEXT:
        known |= {".md"}
    if path.suffix.lower() in known:
        ending = path.suffix.lower()
    stem = path.stem.strip(". ")[: MAX_NAME - len(ending)]
    return f"{stem or 'file'}{ending}"


def _bomb() -> UploadError:
    return UploadError(
        _("This file unpacks to more than we can take. Please bring a smaller one."), code="bomb"
    )


def _scan(content: bytes) -> None:
    try:
        is_clean = scanner.is_clean(content)
    except scanner.ScannerError as error:
        raise UploadError(
            _("Files cannot be checked for viruses at the moment. Please try again later."),
            code="no_scanner",
        ) from error
    if not is_clean:
        raise UploadError(_("The virus scanner does not let this file in."), code="virus")
