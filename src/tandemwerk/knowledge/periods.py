"""How long things last in the library."""

from datetime import timedelta
from typing import Final

#: An article is looked at once a year unless its owner says otherwise.
REVIEW_AFTER: Final = timedelta(days=365)
#: So long before the review date the owner is told.
WARN_BEFORE: Final = timedelta(days=21)
#: A lock that nobody renewed for so long holds nobody back.
LOCK_LASTS: Final = timedelta(minutes=30)
