"""Files of templates: looked at, kept under a name that nobody guesses, with a picture or rows."""

from datetime import datetime
from pathlib import PurePath
from typing import Final
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import transaction

from tandemwerk.core import audit
from tandemwerk.core.uploads import Upload
from tandemwerk.knowledge.models import ArticleFile
from tandemwerk.knowledge.previews import preview_of
from tandemwerk.knowledge.services.kept import locked
from tandemwerk.knowledge.sheets import first_rows
from tandemwerk.people.models import User

MAX_FILES: Final = 10


class TooManyFilesError(Exception):
    """An article has as many files as it may."""


@transaction.atomic
def add_file(*, article_id: int, upload: Upload, by: User, at: datetime) -> ArticleFile:
    """Keep a file that ``core.uploads`` has looked at. Raises TooManyFilesError."""
    article = locked(article_id)
    if article.files.count() >= MAX_FILES:
        raise TooManyFilesError
    kept = ArticleFile(
        article=article,
        name=upload.name,
        media_type=upload.media_type,
        size=upload.size,
        sha256=upload.sha256,
        created_by=by,
        created_at=at,
    )
    secret = uuid4().hex
    kept.file.save(f"{secret}{PurePath(upload.name).suffix}", upload.file, save=False)
    kept.first_rows = first_rows(upload)
    if not kept.first_rows and (picture := preview_of(upload)):
        kept.preview.save(f"{secret}-preview.png", ContentFile(picture), save=False)
    kept.save()
    audit.record(
        action="knowledge.add_file",
        by=by,
        at=at,
        target=article,
        changes={"file": kept.pk, "sha256": kept.sha256},
    )
    return kept


@transaction.atomic
def remove_file(*, file: ArticleFile, by: User, at: datetime) -> None:
    """Take a file away; what is stored goes when the database has agreed."""
    article, changes = file.article, {"file": file.pk, "sha256": file.sha256}
    stored = [each for each in (file.file, file.preview) if each]
    file.delete()
    audit.record(action="knowledge.remove_file", by=by, at=at, target=article, changes=changes)
    for each in stored:
        transaction.on_commit(lambda each=each: each.storage.delete(each.name))  # type: ignore[misc]
