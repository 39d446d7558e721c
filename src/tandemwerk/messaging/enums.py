"""The states of a message."""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class MessageState(TextChoices):
    QUEUED = "queued", pgettext_lazy("message", "waiting")
    SENDING = "sending", pgettext_lazy("message", "being sent")
    SENT = "sent", pgettext_lazy("message", "sent")
    FAILED = "failed", pgettext_lazy("message", "failed")
    #: The worker died while the mail server had it: nobody knows, so somebody decides.
    UNCERTAIN = "uncertain", pgettext_lazy("message", "uncertain")
    CANCELLED = "cancelled", pgettext_lazy("message", "cancelled")


_S = MessageState
#: Which state may follow which. A state without an entry is final.
MESSAGE_MOVES: Final = {
    _S.QUEUED: {_S.SENDING, _S.CANCELLED},
    _S.SENDING: {_S.SENT, _S.QUEUED, _S.FAILED, _S.UNCERTAIN},
    _S.UNCERTAIN: {_S.QUEUED, _S.SENT},
    _S.FAILED: {_S.QUEUED},
}
