"""Logs that tell what happened and not to whom."""

import logging
import re
from typing import Final

#: What a signed link, a session or a code in an address looks like.
_SECRET: Final = re.compile(r"[\w.:~=-]{24,}")


class WithoutSecrets(logging.Filter):
    """Replaces signed links in the addresses that Django writes into its lines."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(
                _SECRET.sub("…", value) if isinstance(value, str) else value
                for value in record.args
            )
        return True
