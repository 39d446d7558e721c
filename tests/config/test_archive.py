"""Backup and restore: whole, sealed, and the same on both databases."""

import io

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tandemwerk.config.archive import ArchiveError
from tandemwerk.config.archive.sealed import (
    MAGIC,
    PIECE_BYTES,
    SALT_BYTES,
    TAG_BYTES,
    SealedReader,
    SealedWriter,
)
from tests.installation import Installation

PASSPHRASE = "correct horse battery"
PEOPLE = """
from tandemwerk.people.models import Person, User
from tandemwerk.core.models import AuditEntry
from datetime import datetime, UTC
for n in range(20):
    user = User.objects.create_user(f"u{n}@example.org")
    Person.objects.create(user=user, family_name=f"Müller\\u2028{n}", interests=["cooking", None])
AuditEntry.objects.create(at=datetime(2026, 9, 15, 12, 0, 0, 123456, UTC), actor_kind="system",
    action="x", target_type="y", changes={"a": [1, 2.5, "b", None, True]})
"""


def sealed(content: bytes) -> bytes:
    file = io.BytesIO()
    with SealedWriter(file, PASSPHRASE) as writer:
        writer.write(content)
    return file.getvalue()


def opened(archive: bytes, passphrase: str = PASSPHRASE) -> bytes:
    return SealedReader(io.BytesIO(archive), passphrase).readall()


@pytest.mark.parametrize("size", [0, 1, PIECE_BYTES - 1, PIECE_BYTES, 2 * PIECE_BYTES + 17])
def test_what_was_sealed_comes_out_again(size):
    content = b"x" * size

    assert opened(sealed(content)) == content


def test_another_passphrase_opens_nothing():
    with pytest.raises(ArchiveError):
        opened(sealed(b"secret"), "another passphrase")


def test_a_short_passphrase_is_refused():
    with pytest.raises(ArchiveError):
        SealedWriter(io.BytesIO(), "short")


def test_something_else_is_no_archive():
    with pytest.raises(ArchiveError):
        opened(b"PK\x03\x04 some other file")


ARCHIVE = sealed(b"y" * (2 * PIECE_BYTES + 100))


#: Where the length of the first and of the last piece stands.
FIRST_LENGTH = len(MAGIC) + SALT_BYTES
LAST_LENGTH = FIRST_LENGTH + 2 * (4 + PIECE_BYTES + TAG_BYTES)


@settings(deadline=None, max_examples=12)  # deriving the key is slow on purpose
@given(st.integers(min_value=len(MAGIC), max_value=len(ARCHIVE) - 1), st.integers(1, 255))
@example(FIRST_LENGTH, 1)
@example(LAST_LENGTH, 1)
@example(LAST_LENGTH + 3, 1)
def test_no_byte_can_be_changed_unnoticed(place, change):
    damaged = bytearray(ARCHIVE)
    damaged[place] ^= change

    with pytest.raises(ArchiveError):
        opened(bytes(damaged))


def test_nothing_can_be_added_unnoticed():
    with pytest.raises(ArchiveError):
        opened(ARCHIVE + b"z")


@pytest.mark.parametrize("pieces", [1, 2])
def test_an_archive_cut_off_between_two_pieces_is_noticed(pieces):
    cut = len(MAGIC) + 16 + pieces * (4 + PIECE_BYTES + 16)

    with pytest.raises(ArchiveError):
        opened(ARCHIVE[:cut])


def rows(installation: Installation) -> list[tuple[object, ...]]:
    people = installation.sql("SELECT id, family_name, user_id FROM people_person ORDER BY id")
    return [*people, *installation.sql("SELECT at, changes FROM core_auditentry")]


@pytest.mark.slow
def test_everything_comes_back_as_it_was(installation: Installation):
    installation.environment["BACKUP_PASSPHRASE"] = PASSPHRASE
    media = installation.folder / "media" / "documents"
    media.mkdir(parents=True)
    (media / "guide.pdf").write_bytes(b"%PDF-")
    installation.python(PEOPLE)
    before, file = rows(installation), str(installation.folder / "archive")

    written = installation.run("backup", file)
    installation.sql("DELETE FROM people_person")
    (media / "guide.pdf").unlink()
    refused = installation.run("restore", file)
    restored = installation.run("restore", "--force", file)

    assert [done.returncode for done in (written, refused, restored)] == [0, 1, 0], restored.stderr
    assert rows(installation) == before
    assert (media / "guide.pdf").read_bytes() == b"%PDF-"
    # New rows get new numbers.
    installation.python(PEOPLE.replace("u{n}@", "v{n}@"))
    assert installation.sql("SELECT count(*) FROM people_person") == [(40,)]


def test_an_archive_that_is_not_there_is_one_line(installation: Installation):
    assert installation.run("restore", "nowhere").stderr.count("\n") == 1
