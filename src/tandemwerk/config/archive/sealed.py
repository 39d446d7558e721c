"""An encrypted stream that shows every change, cut and swap.

The file begins with ``MAGIC`` and 16 bytes of salt. The key is scrypt's of passphrase and salt.
Then follow pieces of at most one MiB, each sealed with AES-256-GCM: four bytes of length, the
sealed bytes. The nonce is the piece's number, and whether a piece is the last one is sealed with
it (Rogaway's STREAM), so nothing can be left out, put elsewhere or cut off unnoticed.
"""

import hashlib
import io
import os
from typing import IO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tandemwerk.config.archive.errors import ArchiveError

MAGIC: Final = b"TANDEMWERK BACKUP 1\n"
SALT_BYTES: Final = 16
PIECE_BYTES: Final = 1024 * 1024
TAG_BYTES: Final = 16
MIN_PASSPHRASE: Final = 12


def _cipher(passphrase: str, salt: bytes) -> AESGCM:
    if len(passphrase) < MIN_PASSPHRASE:
        raise ArchiveError(
            f"BACKUP_PASSPHRASE is missing or too short: give it {MIN_PASSPHRASE} characters "
            "or more and keep them apart from the archive"
        )
    key = hashlib.scrypt(
        passphrase.encode(), salt=salt, n=2**15, r=8, p=1, maxmem=64 * 1024 * 1024, dklen=32
    )
    return AESGCM(key)


def _nonce(number: int) -> bytes:
    return number.to_bytes(12, "big")


class SealedWriter(io.RawIOBase):
    """Encrypts what is written to it. The archive is whole only after ``close``."""

    def __init__(self, file: IO[bytes], passphrase: str) -> None:
        super().__init__()
        salt = os.urandom(SALT_BYTES)
        self._cipher = _cipher(passphrase, salt)
        self._file = file
        self._number = 0
        self._waiting = bytearray()
        file.write(MAGIC + salt)

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        piece = bytes(data)  # type: ignore[call-overload]  # any buffer, as the base class says
        self._waiting += piece
        # One piece is always held back: only the end knows which is the last.
        while len(self._waiting) > PIECE_BYTES:
            self._seal(bytes(self._waiting[:PIECE_BYTES]), is_last=False)
            del self._waiting[:PIECE_BYTES]
        return len(piece)

    def close(self) -> None:
        if not self.closed:
            self._seal(bytes(self._waiting), is_last=True)
        super().close()

    def _seal(self, piece: bytes, *, is_last: bool) -> None:
        sealed = self._cipher.encrypt(_nonce(self._number), piece, bytes([is_last]))
        self._file.write(len(sealed).to_bytes(4, "big") + sealed)
        self._number += 1


class SealedReader(io.RawIOBase):
    """Decrypts an archive. Raises ArchiveError at the first byte that is not as it was written."""

    def __init__(self, file: IO[bytes], passphrase: str) -> None:
        super().__init__()
        if file.read(len(MAGIC)) != MAGIC:
            raise ArchiveError("this is no archive of ours")
        self._cipher = _cipher(passphrase, file.read(SALT_BYTES))
        self._file = file
        self._number = 0
        self._is_over = False
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        room = memoryview(buffer)  # type: ignore[arg-type]  # any buffer, as the base class says
        while not self._left and not self._is_over:
            self._left = self._open_next()
        count = min(len(room), len(self._left))
        room[:count] = self._left[:count]
        self._left = self._left[count:]
        return count

    def _open_next(self) -> bytes:
        length = int.from_bytes(self._file.read(4), "big")
        sealed = self._file.read(min(length, PIECE_BYTES + TAG_BYTES))
        if len(sealed) != length:
            raise ArchiveError("the archive is damaged or cut off")
        for is_last in (False, True):
            try:
                piece = self._cipher.decrypt(_nonce(self._number), sealed, bytes([is_last]))
            except (InvalidTag, ValueError):
                continue
            if is_last and self._file.read(1):
                raise ArchiveError("something was added to the archive")
            self._is_over = is_last
            self._number += 1
            return piece
        if self._number == 0:
            raise ArchiveError(
                "this is not the passphrase of the archive, or the archive is damaged"
            )
        raise ArchiveError("the archive is damaged or cut off")
