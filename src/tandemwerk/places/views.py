from typing import Final

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from tandemwerk.places.postcodes import search_places

MAX_PLACES: Final = 10
MAX_TYPED: Final = 60  # characters; the longest name of a place has 48
MIN_TYPED: Final = 2


@require_safe
@cache_control(public=True, max_age=86_400)
def lookup(request: HttpRequest) -> HttpResponse:
    """Return places for what somebody began to type (``q``), as options of a ``datalist``.

    The same for everybody and kept by caches: it asks neither session nor database.
    """
    typed = request.GET.get("q", "")[:MAX_TYPED].strip()
    places = search_places(typed, limit=MAX_PLACES) if len(typed) >= MIN_TYPED else []
    return HttpResponse(render_to_string("places/lookup.html", {"places": places}))
