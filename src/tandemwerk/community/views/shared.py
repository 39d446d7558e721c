"""What the pages of the community have in common."""

from hashlib import sha256
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tandemwerk.community.enums import TopicState
from tandemwerk.community.errors import (
    ClosedError,
    CommunityError,
    DuplicateError,
    LooksLikeSpamError,
    SuspendedError,
    TooFastError,
)
from tandemwerk.community.forms.posts import PostForm
from tandemwerk.community.models import Attachment, Post, Space, Topic
from tandemwerk.community.queries.posts import brought_files, page_of
from tandemwerk.community.rules import is_member, may_moderate, may_read_topic
from tandemwerk.community.services import attachments
from tandemwerk.core import clock
from tandemwerk.core.keys import key_of
from tandemwerk.core.prepared import Prepared
from tandemwerk.people.models import User

GET_OR_POST = ["GET", "HEAD", "POST"]
_topic: Final = Prepared(
    lambda pk: Topic.objects.filter(pk=pk).select_related(
        "space__carrier", "author", "site", "carrier"
    )
)


def member(request: HttpRequest) -> User:
    """Return who is signed in and of the community. Raises Http404 for everybody else."""
    user = request.user
    if not isinstance(user, User) or not is_member(user):
        raise Http404
    return user


def space_or_404(request: HttpRequest, slug: str) -> Space:
    """Return a space that the visitor reads; for everybody else it does not exist."""
    spaces = Space.objects.visible_to(request.user).select_related("carrier")
    return get_object_or_404(spaces, slug=slug)


def topic_or_404(request: HttpRequest, pk: int) -> Topic:
    """Return a topic that the visitor reads or moderates, with its space."""
    key = key_of(pk)
    for topic in _topic(key) if key else ():
        is_moderated = topic.state != TopicState.MERGED and may_moderate(request.user, topic)
        if may_read_topic(request.user, topic) or is_moderated:
            return topic
    raise Http404


def post_or_404(request: HttpRequest, pk: int) -> Post:
    """Return a post that the visitor reads or moderates, with topic and space."""
    posts = Post.objects.select_related("topic__space__carrier", "author", "site", "carrier")
    post = get_object_or_404(posts, pk=pk)
    if Post.objects.visible_to(request.user).filter(pk=pk).exists() or may_moderate(
        request.user, post
    ):
        return post
    raise Http404


def to_post(topic: Topic, post: Post, user: User) -> HttpResponse:
    """Send the visitor to a post on its page."""
    number = page_of(topic, post, user)
    page = f"?page={number}" if number > 1 else ""
    return redirect(f"{topic.get_absolute_url()}{page}#post-{post.pk}")


def why_not(error: CommunityError) -> str:
    """Say why nothing was posted, and what to do."""
    if isinstance(error, TooFastError):
        minutes = max(1, round(error.seconds / 60))
        return ngettext(
            "That was a lot in a short time. Please wait %(count)s minute. Your text is kept.",
            "That was a lot in a short time. Please wait %(count)s minutes. Your text is kept.",
            minutes,
        ) % {"count": minutes}
    words = {
        DuplicateError: _("You posted these words already. Your text is kept here."),
        LooksLikeSpamError: _(
            "This text has many links. Please take some of them out. Your text is kept."
        ),
        SuspendedError: _("You cannot write in the community at the moment."),
        ClosedError: _("This conversation was closed meanwhile. Your text is kept here."),
    }
    return words.get(type(error), _("That did not work. Your text is kept."))


def mark_of(text: str) -> str:
    """Return the mark of words that somebody has looked at once more."""
    return sha256(text.encode()).hexdigest()


def files_of(data: QueryDict, user: User) -> list[Attachment]:
    """Return the files that the form carries along from before."""
    return brought_files(user, data.getlist("attachment"))


def bring_files(form: PostForm, user: User) -> list[Attachment]:
    """Keep the files that came with a form, so that nobody brings them twice."""
    uploads = form.cleaned_data.get("files") or []
    fresh = [attachments.bring(upload=each, by=user, at=clock.now()) for each in uploads]
    return [*form.kept_files, *fresh]
