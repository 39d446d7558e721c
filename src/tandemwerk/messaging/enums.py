"""The states of a message."""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MessageState(TextChoices):
    QUEUED = "queued", _("waiting")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    FAILED = "failed", _("failed")
    #: The worker died while the mail server had it: nobody knows, so somebody decides.
    UNCERTAIN = "uncertain", _("uncertain")
    CANCELLED = "cancelled", _("cancelled")


_S = MessageState
#: Which state may follow which. A state without an entry is final.
MESSAGE_MOVES: Final = {
    _S.QUEUED: {_S.SENDING, _S.CANCELLED},
    _S.SENDING: {_S.SENT, _S.QUEUED, _S.FAILED, _S.UNCERTAIN},
    _S.UNCERTAIN: {_S.QUEUED, _S.SENT},
    _S.FAILED: {_S.QUEUED},
}
