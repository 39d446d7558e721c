"""Every write of the outbox."""

from tandemwerk.messaging.services.outbox import cancel, put_in
from tandemwerk.messaging.services.settling import send_again, take_as_sent

__all__ = ["cancel", "put_in", "send_again", "take_as_sent"]
