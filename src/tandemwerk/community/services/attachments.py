"""Files of posts: brought first, sent with the post, forgotten when they never are."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from tandemwerk.community.models import Attachment, Post
from tandemwerk.core.uploads import Upload
from tandemwerk.people.models import User

MOST: Final = 6
#: Files that were brought and never sent are kept so long.
KEPT: Final = timedelta(days=2)


@transaction.atomic
def bring(*, upload: Upload, by: User, at: datetime) -> Attachment:
    """Keep a file that was looked at until the post it belongs to is sent."""
    return Attachment.objects.create(
        brought_by=by,
        file=upload.file,
        name=upload.name,
        media_type=upload.media_type,
        size=upload.size,
        width=upload.width,
        height=upload.height,
        at=at,
    )


def attach(*, post: Post, attachment_ids: Iterable[int], by: User) -> int:
    """Send files that ``by`` brought with a post. What somebody else brought is left where it is.

    Belongs into the transaction of the post.
    """
    numbers = list(attachment_ids)[:MOST]
    if not numbers:
        return 0
    mine = Attachment.objects.filter(pk__in=numbers, brought_by=by, post=None)
    return mine.update(post=post, brought_by=None)


def forget_unsent(*, before: datetime) -> int:
    """Remove files that were brought ``before`` and never sent. Return how many."""
    count = 0
    for each in Attachment.objects.filter(post=None, at__lt=before).iterator():
        each.file.delete(save=False)
        each.delete()
        count += 1
    return count
