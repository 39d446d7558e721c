"""Files of the demo's templates, made from their words: a text, a table and a printed page."""

import io
import re
import zipfile
from collections.abc import Callable
from typing import Final
from xml.sax.saxutils import escape

import typst
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from tandemwerk.core.uploads import Upload, take_in

_MARKS: Final = re.compile(r"[*_]|^#+ |\[ \] ", re.MULTILINE)
_ODT: Final = "application/vnd.oasis.opendocument.text"
_MANIFEST: Final = f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
 manifest:version="1.3">
<manifest:file-entry manifest:full-path="/" manifest:media-type="{_ODT}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
</manifest:manifest>"""
_CONTENT: Final = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3">
<office:body><office:text>{}</office:text></office:body></office:document-content>"""


def paper(kind: str, *, title: str, body: str) -> Upload:
    """Return a file of ``kind`` (odt, xlsx, pdf) with a title and the lines of a template."""
    lines = [line.strip() for line in _MARKS.sub("", body).splitlines() if line.strip()]
    name = f"{title}.{kind}"
    return take_in(SimpleUploadedFile(name, _MAKERS[kind](title, lines)))


def _odt(title: str, lines: list[str]) -> bytes:
    heading = f'<text:h text:outline-level="1">{escape(title)}</text:h>'
    paragraphs = "".join(f"<text:p>{escape(line)}</text:p>" for line in lines)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        # The kind comes first and unpacked, so that programs can tell without opening the rest.
        archive.writestr("mimetype", _ODT, zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
        archive.writestr("content.xml", _CONTENT.format(heading + paragraphs))
    return file.getvalue()


def _xlsx(title: str, lines: list[str]) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet()
        sheet.set_column(0, 0, 90)
        sheet.write_string(0, 0, title, workbook.add_format({"bold": True}))
        for row, line in enumerate(lines, start=2):
            sheet.write_string(row, 0, line.removeprefix("- "))
    return file.getvalue()


def _pdf(title: str, lines: list[str]) -> bytes:
    source = (
        '#set document(title: sys.inputs.title)\n#set text(lang: "de", size: 12pt)\n'
        "#heading(sys.inputs.title)\n"
        '#for line in sys.inputs.lines.split("\\n") { par(line) }\n'
    )
    words = {"title": title, "lines": "\n".join(lines)}
    return bytes(typst.compile(source.encode(), sys_inputs=words))


_MAKERS: Final[dict[str, Callable[[str, list[str]], bytes]]] = {
    "odt": _odt,
    "xlsx": _xlsx,
    "pdf": _pdf,
}
