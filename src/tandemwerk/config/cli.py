"""``tandemwerk``: one command for everything, and the exit status that scripts rely on.

0 when done, 1 when the work could not be done (one line says why), 2 for wrong usage.
"""

import os
import sys
from collections.abc import Callable
from typing import Final

import django
from django.core.management import ManagementUtility, get_commands
from django.db.utils import DatabaseError

from tandemwerk.config import demo, diagnosis, lifeline, pairing_command
from tandemwerk.config.environment import ConfigurationError

HELP: Final = """\
usage: tandemwerk COMMAND ...

  serve, worker      the web server and the background work
  prepare            bring database and static files up to date; after every update
  doctor             everything that is wrong with an installation, each with its mend
  backup FILE        everything into one encrypted archive
  restore FILE       and back again
  seed               invented data in an empty database
  pair               the pairing engine on files alone
  demo               the demo programme, server and worker together

tandemwerk COMMAND --help tells more; tandemwerk help --commands lists all there are.
"""


def help_me(arguments: list[str]) -> int:
    """Show what people need; with a name or ``--commands`` Django's own help."""
    if arguments:
        return _manage("help", ["tandemwerk", "help", *arguments])
    sys.stdout.write(HELP)
    return 0


#: Commands that run before, or without, a configuration that is whole.
OWN: Final[dict[str, Callable[[list[str]], int]]] = {
    "demo": demo.run,
    "doctor": diagnosis.run,
    "help": help_me,
    "--help": help_me,
    "pair": pairing_command.main,
}


def main(arguments: list[str] | None = None) -> int:
    """Run the command that ``arguments`` (default: the process's) name."""
    argv = ["tandemwerk", *(sys.argv[1:] if arguments is None else arguments)]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tandemwerk.config.settings")
    lifeline.hold_on()
    name = argv[1] if len(argv) > 1 else "help"
    status = 1
    try:
        return OWN[name](argv[2:]) if name in OWN else _manage(name, argv)
    except ConfigurationError as error:
        complaints = error.findings
    except DatabaseError as error:
        complaints = [f"the database says: {' '.join(str(error).split())}"]
    except OSError as error:
        complaints = [str(error)]
    except KeyboardInterrupt:
        status, complaints = 130, ["stopped"]
    return _complain(*complaints, status=status)


def _manage(name: str, argv: list[str]) -> int:
    """Run a command of Django or of one of the rooms; its own errors end the process."""
    django.setup()
    if not name.startswith("-") and name not in {"help", *get_commands()}:
        return _complain(f"there is no command «{name}»; see tandemwerk help", status=2)
    ManagementUtility(argv).execute()
    return 0


def _complain(*lines: str, status: int) -> int:
    for line in lines:
        sys.stderr.write(f"tandemwerk: {line}\n")
    return status


if __name__ == "__main__":
    sys.exit(main())
