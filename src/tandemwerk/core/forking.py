"""What a process must give up before it forks."""

from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper


def leave_databases() -> None:
    """Close every connection and every pool of this process.

    A child that inherited one would speak into the same socket as its parent and its siblings, and
    read answers that are meant for them.
    """
    for connection in connections.all(initialized_only=True):
        connection.close()
        if isinstance(connection, DatabaseWrapper):
            connection.close_pool()
