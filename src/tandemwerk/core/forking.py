"""What a process must give up before it forks."""

from django.db import connections


def leave_databases() -> None:
    """Close every connection and every pool of this process.

    A child that inherited one would speak into the same socket as its parent and its siblings, and
    read answers that are meant for them.
    """
    for connection in connections.all(initialized_only=True):
        connection.close()
        if connection.vendor == "postgresql":
            connection.close_pool()
