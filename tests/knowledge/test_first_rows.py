"""Of a spreadsheet the page shows the first rows, and a hostile one costs next to nothing."""

import time
import tracemalloc
import zipfile
from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tandemwerk.core.uploads import CSV, ODS, XLSX, Upload, take_in
from tandemwerk.knowledge.enums import Audience
from tandemwerk.knowledge.models import Article
from tandemwerk.knowledge.services import files
from tandemwerk.knowledge.sheets import MAX_LETTERS, MAX_READ, first_rows
from tests.factories import NOON
from tests.knowledge.factories import ArticleFactory

OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
ODS_HEAD = (
    f'<d:document-content xmlns:d="{OFFICE}:office:1.0" xmlns:table="{OFFICE}:table:1.0" '
    f'xmlns:text="{OFFICE}:text:1.0"><d:body><d:spreadsheet>'
)


def xlsx(rows, *, more=None) -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "Termine"
    for row in rows:
        book.active.append(row)
    if more:
        more(book)
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def archive(parts: dict[str, str | bytes]) -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return written.getvalue()


def ods(body: str) -> bytes:
    return archive({"mimetype": ODS, "content.xml": ODS_HEAD + body})


def without(content: bytes, name: str, instead: bytes) -> bytes:
    """Return an office file with other content in one of its parts."""
    with zipfile.ZipFile(BytesIO(content)) as made:
        parts = {each: made.read(each) for each in made.namelist()}
    return archive(parts | {name: instead})


def read(content: bytes, media_type: str) -> dict:
    return first_rows(Upload(name="x", media_type=media_type, content=content))


def test_a_workbook_says_what_its_cells_say_with_days_and_shares():
    def style(book) -> None:
        book.active["D1"].number_format = "0.0%"
        book.create_sheet("Zweites")

    moment = datetime(2026, 11, 25, 14, 30)  # noqa: DTZ001 - as a spreadsheet has it
    content = xlsx([["Wer", 3, 2.5, 0.19, True], [date(2026, 11, 25), moment, None, "ä", "=1+1"]])
    styled = xlsx([["Wer", 3, 2.5, 0.19, True]], more=style)

    assert read(content, XLSX)["rows"][1] == [
        {"day": "2026-11-25"},
        {"moment": "2026-11-25T14:30"},
        "",
        "ä",
        "",
    ]
    assert read(styled, XLSX) == {
        "name": "Termine",
        "rows": [["Wer", 3, 2.5, {"share": 0.19}, "✓"]],
        "is_cut": False,
    }


def test_an_open_document_shows_its_cells_as_its_author_saw_them():
    body = (
        '<table:table table:name="Termine"><table:table-row><table:table-cell '
        'table:number-columns-repeated="2"><text:p>Wer</text:p></table:table-cell>'
        "<table:table-cell><text:p>25.11.<text:span>26</text:span></text:p></table:table-cell>"
        '<table:table-cell table:number-columns-repeated="16380"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048575"><table:table-cell/>'
        '</table:table-row></table:table><table:table table:name="Zweites"/>'
        "</d:spreadsheet></d:body></d:document-content>"
    )

    found = read(ods(body), ODS)

    assert found == {"name": "Termine", "rows": [["Wer", "Wer", "25.11.26"]], "is_cut": False}


@pytest.mark.parametrize(
    "content",
    [
        "Wer;Wann\r\nSie;heute, gern\r\n",
        "\ufeffWer\tWann\nSie\theute, gern\n",
        'Wer,Wann\nSie,"heute, gern"\n',
        "sep=|\nWer|Wann\nSie|heute, gern",
    ],
)
def test_a_text_is_cut_where_its_separator_stands(content):
    found = read(content.encode(), CSV)

    assert found["rows"] == [["Wer", "Wann"], ["Sie", "heute, gern"]]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
def test_of_a_long_wide_sheet_the_beginning_is_shown(kind):
    rows = [[f"{row}/{column}" for column in range(20)] for row in range(40)]
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    made = {
        "csv": lambda: ("\n".join(map(";".join, rows)).encode(), CSV),
        "xlsx": lambda: (xlsx(rows), XLSX),
        "ods": lambda: (
            ods(
                "<table:table>"
                + "".join(
                    f"<table:table-row>{''.join(map(cell.format, row))}</table:table-row>"
                    for row in rows
                )
                + "</table:table>"
            ),
            ODS,
        ),
    }

    found = read(*made[kind]())

    assert found["rows"] == [row[:8] for row in rows[:12]]
    assert found["is_cut"]


def test_empty_rows_and_columns_are_left_out():
    found = read(xlsx([[], ["", "", "Wer", "", "Wann"], [], ["", "", "Sie"]]), XLSX)

    assert found["rows"] == [["Wer", "Wann"], ["Sie", ""]]


def test_a_hidden_sheet_stays_hidden():
    def hide(book) -> None:
        book.active.sheet_state = "hidden"
        book.create_sheet("Offen").append(["Für alle"])

    assert read(xlsx([["Geheim"]], more=hide), XLSX)["rows"] == [["Für alle"]]


SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
ROW = "<table:table><table:table-row{}><table:table-cell{}><text:p>x</text:p></table:table-cell>"
#: Made when it is asked for: some unpack to a hundred megabytes.
HOSTILE = {
    "no archive": lambda: (b"PK\x03\x04 nothing", XLSX),
    "empty archive": lambda: (archive({}), XLSX),
    "no words": lambda: (b"\n" * 100, CSV),
    "no text": lambda: (b"\xff\xfe\x00\x81" * 50, CSV),
    "one quote": lambda: (b'"' + b"a;b\n" * 500_000, CSV),
    "nothing but separators": lambda: (b";" * 2_000_000, CSV),
    "a billion laughs": lambda: (
        archive(
            {
                "content.xml": '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]>'
                "<table-row><table-cell><p>&c;</p></table-cell></table-row>"
            }
        ),
        ODS,
    ),
    "a file of the server": lambda: (
        archive(
            {
                "content.xml": '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
                "<table-row><table-cell><p>&b;</p></table-cell></table-row>"
            }
        ),
        ODS,
    ),
    "deep": lambda: (ods("<a>" * 300_000), ODS),
    "wide": lambda: (
        ods("<table:table><table:table-row>" + "<table:table-cell/>" * 3_000_000),
        ODS,
    ),
    "long": lambda: (ods("<table:table>" + "<table:table-row/>" * 3_000_000), ODS),
    "repeated": lambda: (
        ods(
            ROW.format(
                ' table:number-rows-repeated="999999999"',
                ' table:number-columns-repeated="999999999"',
            )
            + "</table:table-row>"
        ),
        ODS,
    ),
    "a bomb": lambda: (ods("<table:table>" + " " * 100_000_000), ODS),
    "a row without end": lambda: (
        without(
            xlsx([["x"]]),
            "xl/worksheets/sheet1.xml",
            (SHEET + "<row>" + "<c/>" * 3_000_000).encode(),
        ),
        XLSX,
    ),
    "a number of no kind": lambda: (
        without(
            xlsx([["x"]]),
            "xl/worksheets/sheet1.xml",
            (
                SHEET + '<row><c><v>nan</v></c><c><v>1e999</v></c><c s="-7"><v>1e300</v></c>'
                '<c t="s"><v>999999999</v></c></row></sheetData></worksheet>'
            ).encode(),
        ),
        XLSX,
    ),
    "a cell without end": lambda: (xlsx([["x" * 32_000]]), XLSX),
    "a sheet elsewhere": lambda: (
        without(xlsx([["x"]]), "xl/_rels/workbook.xml.rels", b"<Relationships/>"),
        XLSX,
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_read_in_a_moment_and_little_comes_of_it(name):
    content, media_type = HOSTILE[name]()
    begun = time.process_time()

    found = read(content, media_type)

    assert time.process_time() - begun < 5
    cells = [cell for row in found.get("rows", []) for cell in row]
    assert len(cells) <= 12 * 8
    assert all(len(str(cell)) <= MAX_LETTERS for cell in cells)
    assert "root:" not in str(found)


def test_of_a_huge_file_only_the_beginning_is_unpacked():
    content = ods("<table:table>" + "<table:table-row/>" * 3_000_000)
    tracemalloc.start()

    read(content, ODS)

    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4 * MAX_READ


@pytest.mark.django_db
def test_the_page_shows_the_rows_in_the_words_of_the_reader(client):
    article = ArticleFactory(audience=Audience.PUBLIC)
    content = xlsx(
        [["Wann", "Anteil", "Jahr"], [date(2026, 11, 25), 2.5, 2026], ["<b>", "\u202ex"]]
    )
    brought = take_in(SimpleUploadedFile("plan.xlsx", content))

    kept = files.add_file(article_id=article.pk, upload=brought, by=article.owner, at=NOON)
    page = client.get(f"/de/library/{article.slug}/").content.decode()

    assert not kept.preview
    for cell in ("25.11.2026", "2,5", "2026", "&lt;b&gt;", "x"):
        assert f'<td dir="auto">{cell}</td>' in page
    assert '<caption dir="auto">Termine</caption>' in page


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["deep", "a number of no kind", "a bomb", "one quote", "repeated"])
def test_a_hostile_file_makes_no_error_on_any_page(name, client, sign_in):
    content, media_type = HOSTILE[name]()
    article = ArticleFactory(audience=Audience.PUBLIC)
    ending = {CSV: "csv", XLSX: "xlsx", ODS: "ods"}[media_type]
    writer = sign_in(article.owner)

    brought = writer.post(
        f"/de/library/{article.slug}/file/",
        {"file": SimpleUploadedFile(f"x.{ending}", content)},
    )

    assert brought.status_code in {302, 422}
    assert client.get(f"/de/library/{article.slug}/").status_code == 200
    assert Article.objects.get(pk=article.pk).files.count() == (brought.status_code == 302)
