"""What this room tells the rooms above it."""

from typing import Final

from django.dispatch import Signal

#: Somebody is to be invited by mail. ``invitation``: the row, ``at``: the moment. Sent within the
#: transaction, again when the invitation is renewed; the link's token is ``invitation.token``.
invited: Final = Signal()
