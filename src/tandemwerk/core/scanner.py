"""Asks a virus scanner: ClamAV's daemon, over its own protocol.

Without ``CLAMD_ADDRESS`` there is none, and files are taken in as they are.
"""

import socket
import struct
from pathlib import PurePath
from typing import Final

from django.conf import settings

TIMEOUT: Final = 20.0
CHUNK: Final = 64 * 1024
#: More than this it never answers.
ANSWER: Final = 4096


class ScannerError(Exception):
    """The scanner does not answer, or not as agreed."""


def is_clean(content: bytes) -> bool:
    """Return whether the scanner finds nothing in ``content``. Raises ScannerError."""
    if not settings.CLAMD_ADDRESS:
        return True
    answer = _ask(b"zINSTREAM\0", content)
    if answer == "stream: OK":
        return True
    if answer.endswith(" FOUND"):
        return False
    raise ScannerError(answer)


def ping() -> None:
    """Make sure that the scanner is there. Raises ScannerError."""
    answer = _ask(b"zPING\0", None)
    if answer != "PONG":
        raise ScannerError(answer)


def _ask(command: bytes, content: bytes | None) -> str:
    try:
        with _connect(settings.CLAMD_ADDRESS) as connection:
            connection.sendall(command)
            if content is not None:
                for start in range(0, len(content), CHUNK):
                    piece = content[start : start + CHUNK]
                    connection.sendall(struct.pack("!L", len(piece)) + piece)
                connection.sendall(struct.pack("!L", 0))
            return _answer(connection)
    except (OSError, ValueError) as error:
        raise ScannerError(type(error).__name__) from error


def _connect(address: str) -> socket.socket:
    """Connect to ``host:port`` or to the path of a socket."""
    if PurePath(address).is_absolute():
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(TIMEOUT)
        try:
            connection.connect(address)
        except OSError:
            connection.close()
            raise
        return connection
    host, _, port = address.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=TIMEOUT)


def _answer(connection: socket.socket) -> str:
    received = b""
    while len(received) < ANSWER and not received.endswith(b"\0"):
        piece = connection.recv(ANSWER)
        if not piece:
            break
        received += piece
    return received.rstrip(b"\0\n").decode(errors="replace")
