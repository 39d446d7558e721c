"""What the web server's own processes load: the application, tied to their parent."""

import os

from tandemwerk.config import lifeline
from tandemwerk.config.wsgi import application

__all__ = ["application"]

lifeline.end_with(os.getppid())
