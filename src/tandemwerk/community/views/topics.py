"""Topics: beginning one, reading it, and what one says to it as a whole."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tandemwerk.community.enums import Anonymity, Interest, TopicKind, TopicState
from tandemwerk.community.errors import AlreadySettledError, ClosedError, MayNotPostError
from tandemwerk.community.forms.posts import AskerReplyForm, ReplyForm
from tandemwerk.community.forms.topics import TopicForm
from tandemwerk.community.models import Attachment, PeerRequest, Post, Space, Topic
from tandemwerk.community.queries.posts import TopicPage, first_unread, topic_page
from tandemwerk.community.queries.spaces import who_reads
from tandemwerk.community.queries.topics import confirmed
from tandemwerk.community.services import following, polls, topics
from tandemwerk.community.services.articles import audience_for
from tandemwerk.community.services.posts import accept_answer, create_post, html_of
from tandemwerk.community.speakers import speaker_of_topic
from tandemwerk.community.views.shared import (
    GET_OR_POST,
    bring_files,
    files_of,
    mark_of,
    member,
    space_or_404,
    to_post,
    topic_or_404,
    why_not,
)
from tandemwerk.core import clock
from tandemwerk.core.keys import key_of, keys_of
from tandemwerk.core.panels import panels_for
from tandemwerk.people.models import User
from tandemwerk.programme.access import check_perm

#: What of a new topic is kept as a draft.
DRAFTED = ("kind", "title", "body", "anonymity", "poll_question", "poll_options")


@login_required
@require_http_methods(GET_OR_POST)
def topic_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin a topic: with a preview, a draft and a second look at what may be personal."""
    space = space_or_404(request, slug)
    user = check_perm(request, "community.write_topic", space)
    may_announce = user.has_perm("community.announce", space)
    place = f"space/{space.pk}"
    if request.method != "POST":
        draft = following.draft_of(user, place)
        begun = draft or _taken_along(request.GET.get("peer", ""), user)
        initial = {"kind": TopicKind.QUESTION, "anonymity": Anonymity.NAMED, **begun}
        form = TopicForm(initial=initial, may_announce=may_announce)
        return _new_page(request, space, form, is_draft=bool(draft))
    form = TopicForm(
        request.POST,
        request.FILES,
        may_announce=may_announce,
        kept_files=files_of(request.POST, user),
    )
    is_valid = form.is_valid()
    action = request.POST.get("action")
    if action == "draft":
        keep_draft(request, place, user)
        return redirect(space)
    is_unknown = request.POST.get("anonymity") == Anonymity.NOBODY
    files = [] if is_unknown else bring_files(form, user)
    if action == "preview":
        return _new_page(request, space, form, files=files, preview=True)
    if not is_valid:
        return _new_page(request, space, form, files=files)
    mark = mark_of(form.text_to_check)
    findings = form.findings()
    if findings and form.cleaned_data["looked_at"] != mark:
        return _new_page(request, space, form, files=files, findings=findings, mark=mark)
    return _begin(request, space, user, form, files)


def _taken_along(number: str, user: User) -> dict[str, str]:
    """Return what ``user`` wrote down after a visit, as the beginning of a topic for all."""
    visits = PeerRequest.objects.visible_to(user)
    found = visits.filter(pk=key_of(number) or 0).first()
    if found is None:
        return {}
    took = found.host_took if found.host_id == user.pk else found.asker_took
    return {"kind": TopicKind.CASE, "title": found.subject, "body": took}


def keep_draft(request: HttpRequest, place: str, user: User) -> None:
    """Keep what was written so far, and say so."""
    data = {name: request.POST.get(name, "") for name in DRAFTED}
    kept = following.save_draft(place=place, data=data, by=user, at=clock.now())
    messages.success(request, _("Your draft is kept.") if kept else _("Nothing was kept."))


def _begin(
    request: HttpRequest, space: Space, user: User, form: TopicForm, files: list[Attachment]
) -> HttpResponse:
    try:
        begun = topics.begin_topic(
            space_id=space.pk,
            kind=form.cleaned_data["kind"],
            title=form.cleaned_data["title"],
            body=form.cleaned_data["body"],
            by=user,
            at=clock.now(),
            key=form.cleaned_data["key"],
            language=get_language() or "de",
            anonymity=form.cleaned_data["anonymity"],
            terms=form.cleaned_data["terms"],
            attachment_ids=[each.pk for each in files],
            wants_acknowledgement=form.cleaned_data.get("wants_acknowledgement", False),
            poll=form.poll(),
        )
    except (MayNotPostError, ClosedError) as error:
        form.add_error(None, why_not(error))
        return _new_page(request, space, form, files=files)
    return _begun(request, begun)


def _begun(request: HttpRequest, begun: topics.Begun) -> HttpResponse:
    """Lead on: to the topic, or show the secret link once to the asker whom nobody knows."""
    is_waiting = begun.topic.state == TopicState.PENDING
    if begun.secret:
        # No way leads from here to the topic: a redirect would note who read it first.
        context = {"topic": begun.topic, "secret": begun.secret, "is_waiting": is_waiting}
        response = TemplateResponse(request, "community/asked_done.html", context)
        response["Cache-Control"] = "no-store"
        response["Referrer-Policy"] = "no-referrer"
        return response
    if is_waiting:
        messages.info(
            request, _("Thank you. Somebody looks at your first words before others read them.")
        )
    else:
        messages.success(request, _("Your topic is there."))
    return redirect(begun.topic)


def _new_page(
    request: HttpRequest,
    space: Space,
    form: TopicForm,
    *,
    files: list[Attachment] | None = None,
    findings: Any = (),
    mark: str = "",
    preview: bool = False,
    is_draft: bool = False,
) -> HttpResponse:
    """Show the form; one that was sent and not taken answers 422."""
    data = form.data if form.is_bound else form.initial
    context = {
        "space": space,
        "form": form,
        "readers": who_reads(space),
        "files": files or [],
        "findings": findings,
        "looked_at": mark if findings else request.POST.get("looked_at", ""),
        "preview": html_of(data.get("body", ""), Topic(space=space)) if preview else "",
        "preview_title": data.get("title", "") if preview else "",
        "place": f"space/{space.pk}",
        "is_draft": is_draft,
    }
    status = 422 if form.is_bound and not preview else 200
    return TemplateResponse(request, "community/topic_new.html", context, status=status)


@login_required
@require_safe
def topic(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a topic; reading it makes it read."""
    user = member(request)
    try:
        found = topic_or_404(request, pk)
    except Http404:
        merged = Topic.objects.filter(pk=pk, state=TopicState.MERGED).first()
        if merged is None or merged.merged_into_id is None:
            raise
        return redirect("community:topic", pk=topic_or_404(request, merged.merged_into_id).pk)
    form = ReplyForm(initial=following.draft_of(user, f"topic/{pk}"))
    return show_topic(request, found, user, form)


def show_topic(
    request: HttpRequest,
    found: Topic,
    user: User,
    form: ReplyForm,
    **reply: Any,
) -> HttpResponse:
    """Show the page of a topic with the form for an answer as it was sent."""
    at = clock.now()
    page = topic_page(found, request.GET.get("page"), user=user, at=at)
    if found.state != TopicState.PENDING and _is_unread(found, page):
        following.mark_read(topic=found, by=user, at=at)
    context = {
        "topic": found,
        "space": found.space,
        "page": page,
        "speaker": speaker_of_topic(found),
        "readers": who_reads(found.space),
        "form": form,
        "panels": panels_for("community:topic", found, user),
        "place": f"topic/{found.pk}",
        "interests": Interest.choices,
        "is_waiting": found.state == TopicState.PENDING,
        "is_open": found.state == TopicState.OPEN and found.space.archived_at is None,
        "quoting": _quoted(request, page),
        **_may(user, found),
        **reply,
    }
    status = 422 if form.is_bound and not reply.get("preview") else 200
    return TemplateResponse(request, "community/topic.html", context, status=status)


def _is_unread(found: Topic, page: TopicPage) -> bool:
    """Answers whether it changes anything that the page was read: mostly it does not."""
    until = page.read_at
    return until is None or until <= found.last_post_at or any(each.is_new for each in page.posts)


def _quoted(request: HttpRequest, page: TopicPage) -> Any:
    """Return the post that the visitor wants to answer to, if it stands on the page."""
    wanted = request.GET.get("quote") or request.POST.get("reply_to") or ""
    return next((each for each in page.posts if str(each.post.pk) == wanted), None)


def _may(user: User, found: Topic) -> dict[str, bool]:
    is_question = found.kind == TopicKind.QUESTION
    return {
        "may_write": user.has_perm("community.write_post", found),
        "may_accept": is_question and user.has_perm("community.accept_answer", found),
        "may_mark_official": user.has_perm("community.mark_official", found),
        "may_moderate": user.has_perm("community.moderate", found),
        "may_make_article": user.has_perm("community.make_article", found)
        and user.has_perm("knowledge.write")
        and audience_for(found.space, user) is not None,
        "may_see_confirmed": found.wants_acknowledgement
        and user.has_perm("community.view_acknowledgements", found),
    }


@login_required
@require_safe
def unread(request: HttpRequest, pk: int) -> HttpResponse:
    """Jump to the first post that is new for the visitor."""
    user = member(request)
    found = topic_or_404(request, pk)
    post = first_unread(found, user, at=clock.now())
    return to_post(found, post, user) if post else redirect(found)


@login_required
@require_POST
def me_too(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that one has the same question, or no longer."""
    user = member(request)
    found = topic_or_404(request, pk)
    if found.kind != TopicKind.QUESTION:
        raise Http404
    following.say_me_too(topic=found, is_on=request.POST.get("to") != "off", by=user)
    return redirect(found)


@login_required
@require_POST
def acknowledge(request: HttpRequest, pk: int) -> HttpResponse:
    """Say «read and understood»."""
    user = member(request)
    found = topic_or_404(request, pk)
    if not found.wants_acknowledgement:
        raise Http404
    topics.acknowledge(topic=found, by=user, at=clock.now())
    messages.success(request, _("Thank you. The authors see that you have read it."))
    return redirect(found)


@login_required
@require_safe
def acknowledgements(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who has read an announcement and who has not."""
    found = topic_or_404(request, pk)
    check_perm(request, "community.view_acknowledgements", found)
    if not found.wants_acknowledgement:
        raise Http404
    context = {"topic": found, "space": found.space, "confirmed": confirmed(found)}
    return TemplateResponse(request, "community/acknowledgements.html", context)


@login_required
@require_POST
def vote(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose in the poll of a topic."""
    user = member(request)
    found = topic_or_404(request, pk)
    poll = getattr(found, "poll", None)
    if poll is None:
        raise Http404
    chosen = keys_of(request.POST.getlist("option"))
    if not chosen:
        messages.warning(request, _("Please choose an answer first."))
        return redirect(found)
    try:
        polls.vote(poll_id=poll.pk, option_ids=chosen, by=user, at=clock.now())
    except AlreadySettledError:
        messages.warning(request, _("This poll is closed."))
    else:
        messages.success(request, _("Your vote counts. You can change it while the poll is open."))
    return redirect(found)


@login_required
@never_cache
@require_http_methods(GET_OR_POST)
def asked(request: HttpRequest, pk: int, secret: str) -> HttpResponse:
    """Lead the asker whom nobody knows back: to answer and to accept an answer.

    Nothing here is kept of who is signed in, not even that the topic was read.
    """
    user = member(request)
    # Not ``topic_or_404``: while it waits for the moderation, only the secret says whose it is.
    readable = Topic.objects.filter(space__in=Space.objects.visible_to(user).values("pk"))
    found = get_object_or_404(readable.select_related("space__carrier"), pk=pk)
    if not topics.opens(found, secret):
        raise Http404
    form = AskerReplyForm(request.POST if _says(request) else None)
    if request.method == "POST":
        done = _accept_as_asker(request, found, user) if not _says(request) else None
        if _says(request) and form.is_valid():
            done = _answer_as_asker(request, found, user, form)
        if done:
            return redirect("community:asked", pk=pk, secret=secret)
    page = topic_page(found, request.GET.get("page"), user=user, at=clock.now())
    context = {
        "topic": found,
        "space": found.space,
        "page": page,
        "form": form,
        "secret": secret,
        "readers": who_reads(found.space),
        "is_open": found.state == TopicState.OPEN,
    }
    status = 422 if form.is_bound and form.errors else 200
    response = TemplateResponse(request, "community/asked.html", context, status=status)
    response["Referrer-Policy"] = "same-origin"
    return response


def _says(request: HttpRequest) -> bool:
    return request.method == "POST" and "body" in request.POST


def _answer_as_asker(request: HttpRequest, found: Topic, user: User, form: AskerReplyForm) -> bool:
    try:
        create_post(
            topic_id=found.pk,
            body=form.cleaned_data["body"],
            by=user,
            at=clock.now(),
            key=form.cleaned_data["key"],
            as_unknown_asker=True,
        )
    except (MayNotPostError, ClosedError) as error:
        form.add_error(None, why_not(error))
        return False
    messages.success(request, _("Your answer is there, without a name."))
    return True


def _accept_as_asker(request: HttpRequest, found: Topic, user: User) -> bool:
    number = key_of(request.POST.get("accept")) or 0
    post = Post.objects.filter(topic=found, pk=number).first()
    if post is None:
        raise Http404
    try:
        accept_answer(
            post_id=post.pk,
            is_accepted=True,
            instead_of=found.accepted_post_id,
            by=user,
            at=clock.now(),
            as_unknown_asker=True,
        )
    except AlreadySettledError:
        messages.warning(request, _("This cannot be accepted as an answer."))
    else:
        messages.success(request, _("Good to know that this helped."))
    return True
