"""Files of templates are looked at, drawn small and kept from those who may not read."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from tandemwerk.core.uploads import TEXT, Upload
from tandemwerk.knowledge.enums import Audience
from tandemwerk.knowledge.paper import article_pdf, blocks_of
from tandemwerk.knowledge.previews import preview_of
from tandemwerk.knowledge.services import files
from tests.factories import NOON
from tests.knowledge.factories import ArticleFactory

pytestmark = pytest.mark.django_db


def text_file(content: bytes = b"Eine Vorlage\nzum Ausfuellen") -> Upload:
    return Upload(name="vorlage.txt", media_type=TEXT, content=content)


def test_a_file_is_kept_under_a_name_that_nobody_guesses_with_a_picture():
    article = ArticleFactory()

    kept = files.add_file(article_id=article.pk, upload=text_file(), by=article.owner, at=NOON)

    assert (kept.name, kept.size, "vorlage" in kept.file.name) == ("vorlage.txt", 27, False)
    with kept.preview.open() as picture:
        assert Image.open(BytesIO(picture.read())).format == "PNG"


def test_a_pdf_shows_its_first_page():
    pdf = article_pdf(ArticleFactory(), user=None, at=NOON)

    picture = preview_of(Upload(name="a.pdf", media_type="application/pdf", content=pdf))

    assert picture is not None
    assert picture.startswith(b"\x89PNG")


@pytest.mark.parametrize("content", [b"%PDF-1.7 broken", b"PK\x03\x04 nothing"])
def test_a_strange_file_has_no_picture_and_makes_no_error(content):
    for media_type in ("application/pdf", "application/vnd.oasis.opendocument.text"):
        upload = Upload(name="x", media_type=media_type, content=content)

        assert preview_of(upload) is None


def test_an_article_has_a_few_files_at_most():
    article = ArticleFactory()
    for _each in range(files.MAX_FILES):
        files.add_file(article_id=article.pk, upload=text_file(b"x"), by=article.owner, at=NOON)

    with pytest.raises(files.TooManyFilesError):
        files.add_file(article_id=article.pk, upload=text_file(b"x"), by=article.owner, at=NOON)


def test_a_removed_file_is_gone_from_the_disk(django_capture_on_commit_callbacks):
    article = ArticleFactory()
    kept = files.add_file(article_id=article.pk, upload=text_file(), by=article.owner, at=NOON)
    storage, name = kept.file.storage, kept.file.name

    with django_capture_on_commit_callbacks(execute=True):
        files.remove_file(file=kept, by=article.owner, at=NOON)

    assert not storage.exists(name)


def test_files_are_as_open_as_their_article(client):
    public = ArticleFactory(audience=Audience.PUBLIC)
    inner = ArticleFactory(audience=Audience.TEAMS)
    addresses = [
        reverse(
            "knowledge:file",
            kwargs={
                "pk": files.add_file(
                    article_id=each.pk, upload=text_file(), by=each.owner, at=NOON
                ).pk
            },
        )
        for each in (public, inner)
    ]

    answers = [client.get(address) for address in addresses]

    assert [each.status_code for each in answers] == [200, 404]
    assert answers[0]["Content-Disposition"] == 'attachment; filename="vorlage.txt"'
    assert answers[0]["X-Content-Type-Options"] == "nosniff"


def test_a_program_is_not_taken(world, sign_in):
    article = ArticleFactory(owner=world.users["coordinator"])
    client = sign_in(article.owner)
    address = reverse("knowledge:file_add", kwargs={"slug": article.slug})

    refused = client.post(address, {"file": SimpleUploadedFile("x.pdf", b"MZ\x90\x00")})
    taken = client.post(address, {"file": SimpleUploadedFile("x.txt", b"Text")})

    assert (refused.status_code, taken.status_code) == (422, 302)
    assert article.files.count() == 1


@pytest.mark.parametrize("language", ["de", "ar"])
def test_an_article_becomes_a_tagged_pdf_in_its_language(language):
    article = ArticleFactory(
        language=language,
        body='# Eins\n\n- a\n- b\n\n| x | y |\n|---|---|\n| 1 | 2 |\n\n#panic("boom") $x$ [l](https://x.org)',
    )

    pdf = article_pdf(article, user=None, at=NOON)

    assert pdf.startswith(b"%PDF-")
    assert b"StructTreeRoot" in pdf or b"/Marked" in pdf


def test_what_a_member_writes_is_never_markup_of_the_paper():
    [block] = blocks_of('#read("/etc/passwd") `code` [x](javascript:alert)')

    assert block["parts"] == [
        {"kind": "text", "text": '#read("/etc/passwd") '},
        {"kind": "code", "text": "code"},
        {"kind": "text", "text": " [x](javascript:alert)"},
    ]
