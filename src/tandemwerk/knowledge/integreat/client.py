"""Asks the API at the one address that the installation names, and nobody else.

No redirect is followed, an answer has to come whole within half a minute and below a size: what
is slow or huge counts as unreachable, like what is no JSON list.
"""

import http.client
import json
import time
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import quote, urlsplit

#: Seconds for one step on the wire, and for the whole answer.
STEP_TIMEOUT: Final = 8.0
WHOLE_TIMEOUT: Final = 30.0
MAX_BYTES: Final = 16 * 1024 * 1024
CHUNK: Final = 64 * 1024
AGENT: Final = "Tandemwerk-LocalInformation/1.0"
#: Slashes at the end matter to the API.
REGIONS: Final = "/api/v3/regions/"
PATHS: Final = {
    "pages": "/api/v3/{region}/{language}/pages/",
    "events": "/api/v3/{region}/{language}/events/?combine_recurring=True",
    "locations": "/api/v3/{region}/{language}/locations/?on_map=1",
}


class UnreachableError(Exception):
    """Nobody answered, or not with what the API promises."""


@dataclass(frozen=True, kw_only=True)
class IntegreatClient:
    """Speaks to the installation of Integreat at ``base_url``."""

    base_url: str

    def regions(self) -> list[Any]:
        """Return the regions as the API gives them. Raises UnreachableError."""
        return self._ask(REGIONS) or []

    def content(self, *, region: str, language: str, content: str) -> list[Any]:
        """Return pages, events or locations; none where the region lacks the language.

        Raises UnreachableError.
        """
        path = PATHS[content].format(region=quote(region, safe=""), language=quote(language))
        return self._ask(path) or []

    def _ask(self, path: str) -> list[Any] | None:
        try:
            status, body = self._get(path)
            if status == HTTPStatus.NOT_FOUND:
                return None  # the language is not, or no longer, offered
            answer = json.loads(body) if status == HTTPStatus.OK else None
        except (OSError, http.client.HTTPException, ValueError, RecursionError) as error:
            raise UnreachableError(path) from error
        if not isinstance(answer, list):
            raise UnreachableError(path)
        return answer

    def _get(self, path: str) -> tuple[int, bytes]:
        base = urlsplit(self.base_url)
        secure = base.scheme == "https"
        kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
        connection = kind(base.hostname or "", base.port, timeout=STEP_TIMEOUT)
        headers = {"Accept": "application/json", "User-Agent": AGENT}
        try:
            connection.request("GET", base.path.rstrip("/") + path, headers=headers)
            answer = connection.getresponse()
            return answer.status, _read(answer)
        finally:
            connection.close()


def _read(answer: http.client.HTTPResponse) -> bytes:
    """Return the body. Raises TimeoutError or ValueError where it is too slow or too large."""
    ends = time.monotonic() + WHOLE_TIMEOUT
    parts: list[bytes] = []
    size = 0
    while chunk := answer.read1(CHUNK):
        parts.append(chunk)
        size += len(chunk)
        if size > MAX_BYTES:
            raise ValueError("the answer is too large")
        if time.monotonic() > ends:
            raise TimeoutError
    return b"".join(parts)
