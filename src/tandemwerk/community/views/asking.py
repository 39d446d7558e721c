"""Asking well: what was asked before, questions offered to those who know, the way of knowledge."""

from datetime import datetime, time
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tandemwerk.community.enums import OPEN_OFFERS
from tandemwerk.community.forms.asking import ChainForm
from tandemwerk.community.models import Offer
from tandemwerk.community.queries import chain as chains
from tandemwerk.community.services import offers
from tandemwerk.community.views.acting import member_of, warn_meanwhile
from tandemwerk.core import clock
from tandemwerk.core.kept import keep
from tandemwerk.core.moves import IllegalMoveError
from tandemwerk.core.search import similar as similar_to
from tandemwerk.core.sheets import FORMATS, download
from tandemwerk.programme.models import Carrier
from tandemwerk.ui.charts import LineChart, Series
from tandemwerk.ui.parts import Figure

#: Fewer letters say nothing yet; of more only the beginning is looked at.
FEWEST: Final = 8
MOST: Final = 300
SHOWN: Final = 5


@login_required
@require_safe
def similar(request: HttpRequest) -> HttpResponse:
    """Show what was asked, answered or written before, while somebody types a question."""
    user = member_of(request)
    title = request.GET.get("title") or request.GET.get("q") or ""
    text = " ".join(title.split())[:MOST]
    found = []
    if len(text) >= FEWEST:
        language = get_language() or "de"
        found = similar_to(
            user, text, sources=("topics", "articles"), language=language, limit=SHOWN
        )
    return TemplateResponse(request, "community/similar.html", {"found": found})


@login_required
@require_POST
def answer_offer(request: HttpRequest, pk: int) -> HttpResponse:
    """Take on a question that was offered, or pass it on."""
    mine = Offer.objects.filter(user=request.user.pk, state__in=OPEN_OFFERS)
    offer = get_object_or_404(mine.select_related("topic"), topic=pk)
    user = member_of(request)
    accepts = request.POST.get("do") == "accept"
    act = offers.accept_offer if accepts else offers.pass_offer
    try:
        act(offer_id=offer.pk, by=user, at=clock.now())
    except IllegalMoveError:
        warn_meanwhile(request)
        return redirect("community:home")
    if not accepts:
        messages.success(request, _("Thank you. Somebody else is asked now."))
        return redirect("community:home")
    messages.success(request, _("Good to know. Here you can answer."))
    return redirect(offer.topic.get_absolute_url() + "#reply")


@login_required
@require_safe
def chain(request: HttpRequest) -> HttpResponse:
    """Show how questions became answers, articles and things that others use."""
    user = member_of(request, "community.view_chain")
    form = ChainForm(request.GET or None)
    chosen = form.cleaned_data if form.is_valid() else {}
    months = int(chosen.get("months") or 12)
    carrier: Carrier | None = chosen.get("carrier")
    today = clock.today()
    count = today.year * 12 + today.month - months
    first = today.replace(year=count // 12, month=count % 12 + 1, day=1)
    since = timezone.make_aware(datetime.combine(first, time.min))
    now = clock.now()
    # A year of questions: counted once a minute, however often somebody looks.
    key = f"chain/{user.pk}/{get_language()}/{since}/{carrier and carrier.pk}/{now:%d %H:%M}"
    found = keep(key, lambda: chains.chain(user, since=since, until=now, carrier=carrier))
    if (kind := request.GET.get("export")) in FORMATS:
        rows = [each.row for each in [*_named_months(found), *found.carriers, found.total]]
        name = f"knowledge-{today:%Y-%m-%d}"
        title = _("The way of knowledge")
        return download(kind, name=name, title=title, head=chains.head(), rows=rows)
    context = {
        "form": form,
        "chain": found,
        "figures": _figures(found.total),
        "chart": _chart(found),
        "head": chains.head(),
        "since": first,
    }
    return TemplateResponse(request, "community/chain.html", context)


def _named_months(found: chains.Chain) -> list[Any]:
    return [
        chains.Links(**(vars(each) | {"label": date_format(each.label, "YEAR_MONTH_FORMAT")}))
        for each in found.months
    ]


def _figures(total: chains.Links) -> list[Figure]:
    hours = "–" if total.hours is None else total.hours
    return [
        Figure(label=_("Questions asked"), value=total.asked),
        Figure(label=_("answered"), value=total.answered),
        Figure(label=_("hours to the first answer"), value=hours, note=_("median")),
        Figure(label=_("became articles"), value=total.articles),
        Figure(label=_("articles adapted"), value=total.adapted),
        Figure(
            label=_("sites that use them"),
            value=total.sites,
            note=_("of %(count)s carriers") % {"count": total.carriers},
        ),
    ]


def _chart(found: chains.Chain) -> LineChart:
    total = found.total
    title = _(
        "Of %(asked)s questions %(answered)s were answered, and %(articles)s articles came of them."
    )
    return LineChart(
        title=title
        % {"asked": total.asked, "answered": total.answered, "articles": total.articles},
        heading=_("Month"),
        categories=[date_format(each.label, "M y") for each in found.months],
        series=[
            Series(_("asked"), [each.asked for each in found.months]),
            Series(_("answered"), [each.answered for each in found.months]),
            Series(_("became articles"), [each.articles for each in found.months]),
        ],
    )
