"""Answering a proposal: by the person through a link, or by the site for them."""

from contextlib import suppress
from typing import Any

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
    if get_language() != asked.participation.person.language:
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
    return redirect(answer_path(asked))


def _asked(token: str) -> Answer:
    """Return the answer that ``token`` is for. Raises BadLinkError, also for a replaced link."""
    target = read_token(ANSWER_PURPOSE, token)
    asked = answer_with_both(target.pk)
    if asked is None or asked.nonce != target.nonce:
        raise BadLinkError
    return asked


def _cover(request: HttpRequest, asked: Answer) -> HttpResponse:
    state = link_state(asked, at=clock.now())
    return render(request, "tandems/answer.html", {"site": asked.site, "state": state})


def _message(
    request: HttpRequest, asked: Answer, form: AnswerForm, *, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {
        "site": asked.site,
        "portrait": portrait_for(asked, at=clock.now()),
        "form": form,
        "state": link_state(asked, at=clock.now()),
    }
    return render(request, "tandems/answer_message.html", context, status=status)
