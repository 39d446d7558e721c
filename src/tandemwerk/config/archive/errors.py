"""Why an archive cannot be written or read."""


class ArchiveError(Exception):
    """One sentence for the person at the command line."""
