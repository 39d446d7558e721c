"""Mails that the mail server hands in."""

import logging
from typing import Final

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from tandemwerk.core import clock
from tandemwerk.messaging.services.answering import LARGEST, TooLargeError, accept

logger = logging.getLogger(__name__)

BEARER: Final = "Bearer "


@csrf_exempt
@never_cache
@require_POST
def inbound(request: HttpRequest) -> HttpResponse:
    """Take a whole mail (``message/rfc822``) in. Mail servers show that they may with the secret.

    202: taken, or here before. 401: another secret, or none is set. 413: too large.
    Anything else: try again.
    """
    secret = settings.INBOUND_SECRET
    if not (secret and constant_time_compare(_given(request), secret)):
        logger.warning("somebody handed a mail in with another secret")
        return _said("wrong secret", 401)
    try:
        if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
            return _said("too large", 413)
        accept(raw=request.body, at=clock.now())
    except (RequestDataTooBig, TooLargeError):
        return _said("too large", 413)
    except ValueError:
        return _said("no length", 400)
    return _said("taken", 202)


def _given(request: HttpRequest) -> str:
    header = request.headers.get("Authorization", "")
    return header.removeprefix(BEARER) if header.startswith(BEARER) else ""


def _said(words: str, status: int) -> HttpResponse:
    return HttpResponse(f"{words}\n", status=status, content_type="text/plain; charset=utf-8")
