"""Posts: saying something, changing it, taking it back, what helps, and files."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tandemwerk.community.enums import Anonymity, PostState, ReactionKind
from tandemwerk.community.errors import (
    AlreadySettledError,
    ChangedMeanwhileError,
    ClosedError,
    MayNotPostError,
)
from tandemwerk.community.forms.posts import EditForm, ReplyForm
from tandemwerk.community.forms.topics import EditTopicForm
from tandemwerk.community.models import Attachment
from tandemwerk.community.queries.spaces import who_reads
from tandemwerk.community.services import posts
from tandemwerk.community.services.articles import NothingForTheLibraryError, make_article
from tandemwerk.community.speakers import speaker_of
from tandemwerk.community.views.shared import (
    GET_OR_POST,
    bring_files,
    files_of,
    mark_of,
    member,
    post_or_404,
    to_post,
    topic_or_404,
    why_not,
)
from tandemwerk.community.views.topics import keep_draft, show_topic
from tandemwerk.core import clock, uploads
from tandemwerk.core.keys import key_of
from tandemwerk.core.moves import IllegalMoveError
from tandemwerk.programme.access import check_perm


@login_required
@require_POST
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer in a topic: with a preview, a draft and a second look at what may be personal."""
    topic = topic_or_404(request, pk)
    user = check_perm(request, "community.write_post", topic)
    form = ReplyForm(request.POST, request.FILES, kept_files=files_of(request.POST, user))
    is_valid = form.is_valid()
    files = bring_files(form, user)
    action = request.POST.get("action")
    if action == "draft":
        keep_draft(request, f"topic/{topic.pk}", user)
        return redirect(topic)
    if action == "preview":
        html = posts.html_of(request.POST.get("body", ""), topic)
        return show_topic(request, topic, user, form, files=files, preview=html)
    if not is_valid:
        return show_topic(request, topic, user, form, files=files)
    mark = mark_of(form.text_to_check)
    findings = form.findings()
    if findings and form.cleaned_data["looked_at"] != mark:
        return show_topic(
            request, topic, user, form, files=files, findings=findings, looked_at=mark
        )
    try:
        post = posts.create_post(
            topic_id=topic.pk,
            body=form.cleaned_data["body"],
            by=user,
            at=clock.now(),
            key=form.cleaned_data["key"],
            reply_to_id=form.cleaned_data["reply_to"],
            attachment_ids=[each.pk for each in files],
        )
    except (MayNotPostError, ClosedError) as error:
        form.add_error(None, why_not(error))
        return show_topic(request, topic, user, form, files=files, looked_at=mark)
    if post.state == PostState.PENDING:
        messages.info(
            request, _("Thank you. Somebody looks at your first words before others read them.")
        )
    return to_post(topic, post, user)


@login_required
@require_http_methods(GET_OR_POST)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a post, and with the first one title and tags of its topic."""
    post = post_or_404(request, pk)
    user = check_perm(request, "community.change_post", post)
    if post.state == PostState.REMOVED:
        raise Http404
    topic = post.topic
    is_first = posts.first_post_id(topic) == post.pk
    data = request.POST if request.method == "POST" else None
    form = EditForm(data, initial={"body": post.body, "version": posts.version_of(post)})
    about = None
    if is_first:
        initial = {"title": topic.title, "terms": [each.slug for each in topic.terms.all()]}
        about = EditTopicForm(data, initial=initial)
    context = {"post": post, "topic": topic, "space": topic.space, "form": form, "about": about}
    context["readers"] = who_reads(topic.space)
    if data is None:
        return TemplateResponse(request, "community/post_edit.html", context)
    is_valid = form.is_valid() and (about is None or about.is_valid())
    if is_valid:
        try:
            changed = posts.edit_post(
                post_id=post.pk,
                body=form.cleaned_data["body"],
                version=form.cleaned_data["version"],
                reason=form.cleaned_data["reason"],
                title=about.cleaned_data["title"] if about else "",
                terms=about.cleaned_data["terms"] if about else None,
                by=user,
                at=clock.now(),
            )
        except ChangedMeanwhileError as error:
            form.add_error(
                None,
                _("Somebody else has changed this text meanwhile. Yours is below; compare both."),
            )
            context |= {"current": error.current, "newest": posts.version_of(post)}
        else:
            messages.success(request, _("The changes are saved."))
            return to_post(topic, changed, user)
    return TemplateResponse(request, "community/post_edit.html", context, status=422)


@login_required
@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how a post stood before it was edited."""
    post = post_or_404(request, pk)
    if post.state == PostState.REMOVED:
        raise Http404
    hides = post.is_asker and post.topic.anonymity != Anonymity.NAMED
    context = {
        "post": post,
        "topic": post.topic,
        "space": post.topic.space,
        "speaker": speaker_of(post),
        "hides_names": hides,
        "versions": post.versions.select_related("by").order_by("-at", "-pk"),
    }
    return TemplateResponse(request, "community/history.html", context)


@login_required
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what one wrote oneself."""
    post = post_or_404(request, pk)
    user = member(request)
    if post.author_id != user.pk:
        raise PermissionDenied
    try:
        posts.remove_post(post_id=post.pk, by=user, at=clock.now())
    except IllegalMoveError:
        messages.warning(request, _("This cannot be taken back any more."))
    else:
        messages.success(request, _("Your words are taken back."))
    return redirect(post.topic)


@login_required
@require_POST
def react(request: HttpRequest, pk: int) -> HttpResponse:
    """React to a post, or no longer."""
    user = member(request)
    post = post_or_404(request, pk)
    kind = request.POST.get("kind") or request.POST.get("off", "")
    if kind not in ReactionKind.values or post.state != PostState.SHOWN:
        raise Http404
    posts.react(post_id=post.pk, kind=kind, is_on="kind" in request.POST, by=user)
    return to_post(post.topic, post, user)


@login_required
@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that an answer settled the question, or no longer."""
    post = post_or_404(request, pk)
    user = check_perm(request, "community.accept_answer", post.topic)
    try:
        posts.accept_answer(
            post_id=post.pk,
            is_accepted=request.POST.get("to") != "off",
            instead_of=key_of(request.POST.get("instead_of")),
            by=user,
            at=clock.now(),
        )
    except AlreadySettledError:
        messages.warning(request, _("Somebody has chosen meanwhile. Please look once more."))
    else:
        messages.success(request, _("The changes are saved."))
    return redirect(post.topic)


@login_required
@require_POST
def official(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark an answer as the official one, or no longer."""
    post = post_or_404(request, pk)
    user = check_perm(request, "community.mark_official", post.topic)
    try:
        posts.mark_official(
            post_id=post.pk,
            is_official=request.POST.get("to") != "off",
            instead_of=key_of(request.POST.get("instead_of")),
            by=user,
            at=clock.now(),
        )
    except AlreadySettledError:
        messages.warning(request, _("Somebody has chosen meanwhile. Please look once more."))
    else:
        messages.success(request, _("The changes are saved."))
    return redirect(post.topic)


@login_required
@require_POST
def article(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a draft for the library from an answer, its question and who said it."""
    post = post_or_404(request, pk)
    user = check_perm(request, "community.make_article", post.topic)
    check_perm(request, "knowledge.write")
    if post.state != PostState.SHOWN:
        raise Http404
    try:
        made = make_article(post_id=post.pk, by=user, at=clock.now())
    except NothingForTheLibraryError:
        messages.warning(request, _("What is said in this space stays in it."))
        return redirect(post.topic)
    messages.success(request, _("The draft is in the library. Now it is your turn to polish it."))
    return redirect("knowledge:edit", slug=made.slug)


@login_required
@require_safe
def file(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Hand out a file of a post that the visitor reads."""
    user = member(request)
    found = get_object_or_404(Attachment.objects.select_related("post__topic__space"), pk=pk)
    if found.post is None:
        if found.brought_by_id != user.pk:
            raise Http404
    else:
        post_or_404(request, found.post.pk)
    if name != found.name:
        raise Http404
    with found.file.open("rb") as opened:
        response = HttpResponse(opened.read(), content_type=found.media_type)
    is_image = found.media_type in uploads.IMAGES
    response["Content-Disposition"] = content_disposition_header(not is_image, found.name) or ""
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, max-age=3600"
    return response
