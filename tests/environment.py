"""The environment of the tests, set before the settings are read: ``-p tests.environment``."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("SECRET_KEY", "not-secret-only-for-building-and-testing-0123456789")
os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="tandemwerk-test-")
os.environ["BASE_URL"] = "http://testserver"
os.environ["DEMO"] = "0"
os.environ["MFA_REQUIRED"] = "0"
os.environ["EMAIL_URL"] = "outbox:"
# Nobody listens there: local information may be asked for and never comes from elsewhere.
os.environ["INTEGREAT_URL"] = "http://127.0.0.1:9"
# Playwright's own loop runs in the test's thread; the database is asked between its steps.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

(Path(os.environ["DATA_DIR"]) / "static").mkdir()
