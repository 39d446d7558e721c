"""Answering a proposal: by the person through a link, or by the site for them."""

from contextlib import suppress
from dataclasses import replace
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from tandemwerk.core import clock
from tandemwerk.core.http import link_page
from tandemwerk.core.links import BadLinkError, read_token
from tandemwerk.tandems.errors import AnswerExpiredError, AnswerGivenError
from tandemwerk.tandems.forms.answers import AnswerForm
from tandemwerk.tandems.links import ANSWER_PURPOSE, answer_path
from tandemwerk.tandems.models import Answer
from tandemwerk.tandems.queries.portraits import portrait_for
from tandemwerk.tandems.queries.proposals import answer_with_both, link_state
from tandemwerk.tandems.services.answers import give_answer
from tandemwerk.ui.context_processors import page_languages

#: Somebody chose another language than the one we know of: then the page keeps it.
_STAY: Final = "stay"


@link_page
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Let somebody read what we wrote them and answer it.

    Opening the address tells nothing but which site has written: programs that look at links
    before people do only ever ask for the page. What stands in the message comes with a button.
    """
    try:
        asked = _asked(token)
    except BadLinkError:
        return render(request, "tandems/answer_unknown.html", status=404)
    if request.method == "POST":
        return _posted(request, asked)
    is_theirs = get_language() == asked.participation.person.language
    if not is_theirs and _STAY not in request.GET:
        return redirect(answer_path(asked))
    return _cover(request, asked)


def _posted(request: HttpRequest, asked: Answer) -> HttpResponse:
    """Show the message, or take the answer. What can no longer be answered shows how it stands."""
    if link_state(asked, at=clock.now()) in {"answered", "closed"}:
        return _cover(request, asked)
    if "send" not in request.POST:
        return _message(request, asked, AnswerForm())
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _message(request, asked, form, status=422)
    with suppress(AnswerGivenError, AnswerExpiredError, BadLinkError):  # the next page says why
        give_answer(
            answer_id=asked.pk,
            nonce=asked.nonce,
            state=form.cleaned_data["answer"],
            note=form.cleaned_data["note"],
            by=asked.participation.person,
            at=clock.now(),
        )
    return redirect(request.get_full_path())


def _asked(token: str) -> Answer:
    """Return the answer that ``token`` is for. Raises BadLinkError, also for a replaced link."""
    target = read_token(ANSWER_PURPOSE, token)
    asked = answer_with_both(target.pk)
    if asked is None or asked.nonce != target.nonce:
        raise BadLinkError
    return asked


def _cover(request: HttpRequest, asked: Answer) -> HttpResponse:
    return _page(request, asked, "tandems/answer.html", {})


def _message(
    request: HttpRequest, asked: Answer, form: AnswerForm, *, status: int = 200
) -> HttpResponse:
    portrait = portrait_for(asked, at=clock.now(), language=get_language() or "")
    context = {"portrait": portrait, "form": form}
    return _page(request, asked, "tandems/answer_message.html", context, status=status)


def _page(
    request: HttpRequest,
    asked: Answer,
    template: str,
    context: dict[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    around = {
        "site": asked.site,
        "state": link_state(asked, at=clock.now()),
        "page_languages": [
            replace(each, url=f"{each.url.partition('?')[0]}?{_STAY}=1")
            for each in page_languages(request)
        ],
    }
    return render(request, template, around | context, status=status)
