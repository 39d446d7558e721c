"""One encrypted file with everything: the rows of the database and the files of people."""

from tandemwerk.config.archive.backup import backup
from tandemwerk.config.archive.errors import ArchiveError
from tandemwerk.config.archive.restore import restore

__all__ = ["ArchiveError", "backup", "restore"]
