"""Every write of the outbox."""

from tandemwerk.messaging.services.outbox import cancel, put_in

__all__ = ["cancel", "put_in"]
