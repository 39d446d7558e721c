"""``tandemwerk``: one command for everything, and the exit status that scripts rely on.

0 when done, 1 when the work could not be done (one line says why), 2 for wrong usage.
"""

import os
import sys

from django.core.management import execute_from_command_line

from tandemwerk.config import pairing_command
from tandemwerk.config.environment import ConfigurationError


def main(arguments: list[str] | None = None) -> int:
    """Run the command that ``arguments`` (default: the process's) name."""
    argv = sys.argv if arguments is None else ["tandemwerk", *arguments]
    if argv[1:2] == ["pair"]:  # works on files alone, so nothing is set up for it
        return pairing_command.main(argv[2:])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tandemwerk.config.settings")
    try:
        execute_from_command_line(argv)
    except ConfigurationError as error:
        for finding in error.findings:
            sys.stderr.write(f"tandemwerk: {finding}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
