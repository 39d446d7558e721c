"""Asks whether a web address leads somewhere, without becoming a tool against our own network.

Members write the addresses, so each is looked up first and asked only where it lies in the open
internet. The connection goes to the very address that was checked, so that a second look-up cannot
lead elsewhere. Only the head of the answer is read.
"""

import http.client
import ipaddress
import socket
import ssl
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, quote, urljoin, urlsplit

TIMEOUT: Final = 8.0
MAX_REDIRECTS: Final = 5
AGENT: Final = "Tandemwerk-LinkCheck/1.0"
PORTS: Final = {"http": 80, "https": 443}
_MOVED: Final = frozenset({301, 302, 303, 307, 308})
#: Says that HEAD is not understood; GET may be.
_NOT_SO: Final = frozenset({403, 405, 501})
_BROKEN_FROM: Final = 400
#: The page is there, it wants to know who asks, or has enough of machines for now.
_THERE_ALL_THE_SAME: Final = frozenset({401, 403, 429, 503})


class ForbiddenAddressError(Exception):
    """The address lies in a network that is not everybody's, or is none of the web."""


@dataclass(frozen=True, kw_only=True)
class Reached:
    """What an address answered; ``status`` None: nobody answered, or nobody was asked."""

    status: int | None

    @property
    def is_broken(self) -> bool:
        if self.status is None:
            return True
        return self.status >= _BROKEN_FROM and self.status not in _THERE_ALL_THE_SAME


def reach(url: str) -> Reached:
    """Return what ``url`` answers, redirects followed."""
    try:
        for _step in range(MAX_REDIRECTS + 1):
            status, location = _ask("HEAD", url)
            if status in _NOT_SO:
                status, location = _ask("GET", url)
            if status not in _MOVED or not location:
                return Reached(status=status)
            url = urljoin(url, location)
    except (OSError, http.client.HTTPException, ValueError, ForbiddenAddressError):
        return Reached(status=None)
    return Reached(status=None)


def _ask(method: str, url: str) -> tuple[int, str]:
    parts = urlsplit(url)
    host, port = parts.hostname, parts.port or PORTS.get(parts.scheme, 0)
    if parts.scheme not in PORTS or not host or port not in PORTS.values():
        raise ForbiddenAddressError(url)
    address = public_address(host, port)
    connection = _connect(parts.scheme, host, address, port)
    try:
        connection.request(method, _target(parts), headers={"User-Agent": AGENT, "Accept": "*/*"})
        answer = connection.getresponse()
        return answer.status, answer.getheader("Location", "")
    finally:
        connection.close()


def _target(parts: SplitResult) -> str:
    """Return path and question in the letters that HTTP allows."""
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    return f"{path}?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?')}" if parts.query else path


def public_address(host: str, port: int) -> str:
    """Return the IP address of a host in the open internet. Raises ForbiddenAddressError."""
    found = {str(entry[4][0]) for entry in socket.getaddrinfo(host, port, proto=socket.IPPROTO_TCP)}
    if not found or not all(_is_everybodys(each) for each in found):
        raise ForbiddenAddressError(host)
    return min(found, key=lambda each: (":" in each, each))


def _is_everybodys(address: str) -> bool:
    ip = ipaddress.ip_address(address.split("%", maxsplit=1)[0])
    mapped = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None)
    return (mapped or ip).is_global and not (mapped or ip).is_multicast


def _connect(scheme: str, host: str, address: str, port: int) -> http.client.HTTPConnection:
    """Return a connection to ``address`` that speaks as if to ``host``."""
    connection = http.client.HTTPConnection(host, port, timeout=TIMEOUT)
    plain = socket.create_connection((address, port), timeout=TIMEOUT)
    if scheme == "https":
        try:
            plain = ssl.create_default_context().wrap_socket(plain, server_hostname=host)
        except BaseException:
            plain.close()
            raise
    connection.sock = plain
    return connection
