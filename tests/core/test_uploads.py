"""What is taken in of a file, and what is not."""

import socket
import struct
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tandemwerk.core import scanner, uploads
from tandemwerk.core.uploads import UploadError, media_type_of, name_for, take_in


def picture(kind: str = "JPEG", size: tuple[int, int] = (8, 4), mode: str = "RGB", **more) -> bytes:
    written = BytesIO()
    Image.new(mode, size, 0).save(written, format=kind, **more)
    return written.getvalue()


def packed(*parts: str, **contents: bytes) -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in parts:
            archive.writestr(part, b"<xml/>")
        for part, content in contents.items():
            archive.writestr(part, content)
    return written.getvalue()


def brought(content: bytes, name: str = "datei") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def refusal(content: bytes, name: str = "datei", **wanted) -> str:
    with pytest.raises(UploadError) as refused:
        take_in(brought(content, name), **wanted)
    return str(refused.value.code)


@contextmanager
def a_scanner(settings, answer: bytes) -> Iterator[list[bytes]]:
    """Run a daemon that speaks ClamAV's protocol for one question."""
    heard: list[bytes] = []
    server = socket.create_server(("127.0.0.1", 0))
    settings.CLAMD_ADDRESS = f"127.0.0.1:{server.getsockname()[1]}"

    def serve() -> None:
        connection, _ = server.accept()
        with connection, connection.makefile("rb") as lines:
            command = b""
            while not command.endswith(b"\0"):
                command += lines.read(1)
            if command == b"zINSTREAM\0":
                content = b""
                while size := struct.unpack("!L", lines.read(4))[0]:
                    content += lines.read(size)
                heard.append(content)
            connection.sendall(answer)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield heard
    finally:
        thread.join(timeout=5)
        server.close()


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (picture("JPEG"), uploads.JPEG),
        (picture("PNG"), uploads.PNG),
        (picture("WEBP"), uploads.WEBP),
        (b"%PDF-1.7\n", uploads.PDF),
        (packed("word/document.xml"), uploads.DOCX),
        (packed("xl/workbook.xml"), uploads.XLSX),
        (packed("ppt/presentation.xml"), uploads.PPTX),
        (packed(mimetype=uploads.ODT.encode()), uploads.ODT),
        ("Grüße".encode(), uploads.TEXT),
        (packed("beliebig.txt"), None),
        (b"PK\x03\x04 kaputt", None),
        (b"MZ\x90\x00", None),
        (b"<!DOCTYPE html><script>", None),
        (b"  <svg onload=alert(1)>", None),
        (picture("GIF", mode="P"), None),
    ],
)
def test_what_a_file_is_its_content_says(content: bytes, media_type: str | None):
    assert media_type_of(content) == media_type


def test_a_program_with_the_name_of_a_picture_is_not_taken():
    assert refusal(b"MZ\x90\x00", "urlaub.jpg") == "kind"


def test_a_picture_keeps_nothing_of_where_it_was_taken_and_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = "Kamera"
    content = picture("JPEG", (8, 4), exif=exif) + b"hidden behind the picture"

    taken = take_in(brought(content, "IMG 1.jpeg"))

    with Image.open(BytesIO(taken.content)) as photo:
        assert (photo.size, dict(photo.getexif())) == ((4, 8), {})
    assert b"hidden" not in taken.content
    assert (taken.name, taken.width, taken.height) == ("IMG 1.jpeg", 4, 8)


@pytest.mark.parametrize("mode", ["P", "L", "LA", "RGBA", "1", "I;16"])
def test_pictures_with_palettes_and_alpha_survive(mode: str):
    taken = take_in(brought(picture("PNG", mode=mode)))

    assert (taken.width, taken.height) == (8, 4)


def test_a_picture_of_too_many_points_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(uploads, "MAX_PIXELS", 31)

    assert refusal(picture("PNG")) == "bomb"


def test_an_office_file_that_unpacks_without_end_is_refused(monkeypatch):
    monkeypatch.setattr(uploads, "MAX_UNPACKED", 1_000)

    assert refusal(packed("word/document.xml", big=bytes(2_000))) == "bomb"


def test_an_office_file_with_a_program_in_it_is_refused():
    assert refusal(packed("word/document.xml", "word/vbaProject.bin")) == "macros"


def test_a_damaged_picture_is_refused():
    assert refusal(picture("PNG")[:40]) == "damaged"


def test_an_empty_file_is_refused():
    assert refusal(b"") == "empty"


def test_a_file_that_is_too_large_is_refused():
    assert refusal(b"zu viel", max_bytes=3) == "too_large"


def test_only_what_is_wanted_is_taken():
    assert refusal(b"%PDF-1.7", kinds=uploads.IMAGES) == "kind"


@pytest.mark.parametrize(
    ("name", "media_type", "kept"),
    [
        ("C:\\Bilder\\Urlaub.JPG", uploads.JPEG, "Urlaub.jpg"),
        ("../../etc/passwd", uploads.TEXT, "passwd.txt"),
        ("liste.md", uploads.TEXT, "liste.md"),
        ('a"b\r\nc.pdf', uploads.PDF, "a b c.pdf"),
        ("", uploads.PDF, "file.pdf"),
        (".htaccess", uploads.TEXT, "htaccess.txt"),
        ("x" * 300 + ".pdf", uploads.PDF, "x" * 116 + ".pdf"),
    ],
)
def test_a_name_is_only_a_name(name: str, media_type: str, kept: str):
    assert name_for(name, media_type) == kept


def test_the_scanner_gets_the_whole_file(settings):
    content = b"%PDF-" + b"x" * 100_000

    with a_scanner(settings, b"stream: OK\0") as heard:
        take_in(brought(content))

    assert heard == [content]


def test_what_the_scanner_finds_stays_outside(settings):
    with a_scanner(settings, b"stream: Eicar-Signature FOUND\0"):
        assert refusal(b"%PDF-1.7") == "virus"


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR\0", b""])
def test_without_a_clear_answer_nothing_is_taken(settings, answer: bytes):
    with a_scanner(settings, answer):
        assert refusal(b"%PDF-1.7") == "no_scanner"


def test_a_scanner_that_is_away_takes_nothing_in(settings, tmp_path):
    settings.CLAMD_ADDRESS = str(tmp_path / "clamd.sock")

    assert refusal(b"%PDF-1.7") == "no_scanner"


def test_the_scanner_says_that_it_is_there(settings):
    with a_scanner(settings, b"PONG\0"):
        scanner.ping()
