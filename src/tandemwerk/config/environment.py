"""Every setting that an installation may make, and what is wrong with the ones it made.

Read once by ``settings``. A missing or contradictory setting raises ``ConfigurationError`` with
all of its findings; ``tandemwerk doctor`` shows them one a line.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import SplitResult, urlsplit

#: Name, default (None: must be set), and what it is for. The handbook's table is made from this.
SETTINGS: Final[dict[str, tuple[str | None, str]]] = {
    "SECRET_KEY": (None, "Signs sessions and links. At least 32 characters, kept secret."),
    "HOST": ("127.0.0.1", "Where the web server listens; 0.0.0.0 in a container."),
    "PORT": ("8000", "The web server's port."),
    "BASE_URL": ("", "The address people type, for links in mails. Empty: http://127.0.0.1:PORT."),
    "ALLOWED_HOSTS": ("", "Further host names, separated by commas; BASE_URL's is always one."),
    "DATABASE_URL": (
        "",
        "postgres://user:password@host/name; «embedded»: one of its own; empty: SQLite.",
    ),
    "DATA_DIR": ("var", "Folder for the SQLite database, uploads and the local outbox."),
    "EMAIL_URL": (
        "outbox:",
        "smtp+tls://user:password@host:587, smtp+ssl://…:465, or «outbox:»: files in DATA_DIR.",
    ),
    "EMAIL_FROM": ("Tandemwerk <noreply@localhost>", "Sender of all mails."),
    "REPLY_DOMAIN": ("", "Domain of the addresses at which mails are answered. Empty: none."),
    "INBOUND_SECRET": ("", "Lets your mail server hand answers in at /messaging/inbound/."),
    "INBOUND_IMAP_URL": ("", "imaps://user:password@host/INBOX: a mailbox that answers go to."),
    "CLAMD_ADDRESS": ("", "Virus scanner: host:port or socket of ClamAV's daemon. Empty: none."),
    "INTEGREAT_URL": (
        "",
        "Content API of Integreat (https://host) for local information. Empty: none is shown.",
    ),
    "FIELD_KEYS": (
        "",
        "Keys for encrypted fields: id:base64, newest first. Empty: derived from SECRET_KEY.",
    ),
    "DEMO": ("0", "1 shows the sign-in buttons and the outbox of the demo programme."),
    "DEMO_PASSWORD": ("", "Password of the demo accounts; printed at start."),
    "MFA_REQUIRED": ("", "1 or 0: team roles need a second factor. Empty: yes, but not in DEMO."),
    "WEB_WORKERS": ("2", "Processes of the web server: about one for each core."),
    "WEB_THREADS": ("4", "Threads of each process."),
    "TRUSTED_PROXIES": ("0", "How many proxies of yours stand before the server."),
    "SECURITY_CONTACT": ("", "Mail or page for /.well-known/security.txt."),
    "BACKUP_PASSPHRASE": ("", "Locks and unlocks what backup and restore write and read."),
    "LOG_LEVEL": ("INFO", "DEBUG, INFO, WARNING or ERROR."),
}
SWITCHES: Final = ("DEMO", "MFA_REQUIRED")
NUMBERS: Final = ("PORT", "WEB_WORKERS", "WEB_THREADS", "TRUSTED_PROXIES")
MIN_SECRET_LENGTH: Final = 32
MIN_INBOUND_SECRET: Final = 24
#: Mails of the demo stay in the house, and so do the answers to them.
DEMO_REPLY_DOMAIN: Final = "reply.demo.example"


class ConfigurationError(Exception):
    """The environment does not describe a runnable installation."""

    def __init__(self, findings: list[str]) -> None:
        super().__init__("; ".join(findings))
        self.findings = findings


@dataclass(frozen=True, kw_only=True)
class Environment:
    """The settings as values of their types."""

    secret_key: str
    host: str
    port: int
    base_url: str
    allowed_hosts: list[str]
    database_url: str
    data_dir: Path
    email_url: str
    email_from: str
    reply_domain: str
    inbound_secret: str
    inbound_imap_url: str
    clamd_address: str
    integreat_url: str
    field_keys: str
    demo: bool
    demo_password: str
    mfa_required: bool
    web_workers: int
    web_threads: int
    trusted_proxies: int
    backup_passphrase: str
    security_contact: str
    log_level: str
    findings: list[str] = field(default_factory=list)

    @property
    def is_https(self) -> bool:
        return self.base_url.startswith("https://")


def _findings(values: Mapping[str, str]) -> list[str]:
    secret, base = values["SECRET_KEY"], _split(values["BASE_URL"])
    database, mail = values["DATABASE_URL"], values["EMAIL_URL"]
    wrong = {
        "SECRET_KEY is not set: give it 50 random characters": not secret,
        f"SECRET_KEY is too short: give it at least {MIN_SECRET_LENGTH} characters": (
            0 < len(secret) < MIN_SECRET_LENGTH
        ),
        "BASE_URL is no address: write https://your.host": not _is_web(values["BASE_URL"]),
        "DATABASE_URL is of no kind we know: start it with postgres://, or «embedded», or empty": (
            bool(database)
            and not database.startswith(("postgres://", "postgresql://", "sqlite:///"))
            and database != "embedded"
        ),
        "EMAIL_URL is of no kind we know: start it with smtp+tls://, smtp+ssl:// or outbox:": (
            not mail.startswith(("smtp://", "smtp+tls://", "smtps://", "smtp+ssl://", "outbox:"))
        ),
        "INTEGREAT_URL is no address: write https://host": (
            bool(values["INTEGREAT_URL"]) and not _is_web(values["INTEGREAT_URL"])
        ),
        "LOG_LEVEL is unknown: take DEBUG, INFO, WARNING or ERROR": (
            values["LOG_LEVEL"] not in {"DEBUG", "INFO", "WARNING", "ERROR"}
        ),
        "CLAMD_ADDRESS is no address: write host:port, or the path of its socket": (
            bool(values["CLAMD_ADDRESS"])
            and not re.fullmatch(r"/\S+|\S+:[0-9]+", values["CLAMD_ADDRESS"])
        ),
        "DEMO=1 lets everybody sign in: never with an https BASE_URL": (
            values["DEMO"] == "1" and base.scheme == "https"
        ),
    }
    wrong |= _wrong_with_answers(values)
    for name in SWITCHES:
        wrong[f"{name} is neither 0 nor 1: take one of them"] = values[name] not in {"", "0", "1"}
    for name in NUMBERS:
        wrong[f"{name} is no whole number: write one"] = not values[name].isdecimal()
    return [finding for finding, is_wrong in wrong.items() if is_wrong]


def _wrong_with_answers(values: Mapping[str, str]) -> dict[str, bool]:
    """Return what may be wrong with the way answers by mail come in."""
    domain, secret, box = (
        values[name] for name in ("REPLY_DOMAIN", "INBOUND_SECRET", "INBOUND_IMAP_URL")
    )
    has_way = bool(secret or box or values["DEMO"] == "1")
    mailbox = _split(box)
    return {
        "REPLY_DOMAIN is no domain: write it like reply.example.org": (
            bool(domain) and not re.fullmatch(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", domain)
        ),
        "REPLY_DOMAIN is set, but no answer can come in: set INBOUND_SECRET or INBOUND_IMAP_URL": (
            bool(domain) and not has_way
        ),
        f"INBOUND_SECRET is too short: give it at least {MIN_INBOUND_SECRET} characters": (
            0 < len(secret) < MIN_INBOUND_SECRET
        ),
        "INBOUND_IMAP_URL is no mailbox: write imaps://user:password@host/INBOX": (
            bool(box)
            and not (
                mailbox.scheme in {"imap", "imaps"}
                and mailbox.hostname
                and mailbox.username
                and mailbox.password
            )
        ),
    }


def _split(address: str) -> SplitResult:
    """Return the parts of an address; none of what is none."""
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return urlsplit("")
    return parts


def _is_web(address: str) -> bool:
    parts = _split(address)
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def _number(values: Mapping[str, str], name: str) -> int:
    return int(values[name]) if values[name].isdecimal() else 0


def inspect(environ: Mapping[str, str]) -> Environment:
    """Read the settings and collect what is wrong with them, without raising.

    An empty setting is one that was not made.
    """
    values = {name: environ.get(name) or default or "" for name, (default, _) in SETTINGS.items()}
    values["BASE_URL"] = values["BASE_URL"] or f"http://127.0.0.1:{_number(values, 'PORT')}"
    demo = values["DEMO"] == "1"
    hosts = [host.strip() for host in values["ALLOWED_HOSTS"].split(",") if host.strip()]
    if demo:
        hosts += ["localhost", "127.0.0.1", "[::1]"]
    return Environment(
        secret_key=values["SECRET_KEY"],
        host=values["HOST"],
        port=_number(values, "PORT"),
        base_url=values["BASE_URL"].rstrip("/"),
        allowed_hosts=[*hosts, _split(values["BASE_URL"]).hostname or "localhost"],
        database_url=values["DATABASE_URL"],
        data_dir=Path(values["DATA_DIR"]).resolve(),
        email_url=values["EMAIL_URL"],
        email_from=values["EMAIL_FROM"],
        reply_domain=values["REPLY_DOMAIN"] or (DEMO_REPLY_DOMAIN if demo else ""),
        inbound_secret=values["INBOUND_SECRET"],
        inbound_imap_url=values["INBOUND_IMAP_URL"],
        integreat_url=values["INTEGREAT_URL"].rstrip("/"),
        clamd_address=values["CLAMD_ADDRESS"],
        field_keys=values["FIELD_KEYS"],
        demo=demo,
        demo_password=values["DEMO_PASSWORD"],
        mfa_required=values["MFA_REQUIRED"] == "1" if values["MFA_REQUIRED"] else not demo,
        web_workers=_number(values, "WEB_WORKERS"),
        web_threads=_number(values, "WEB_THREADS"),
        trusted_proxies=_number(values, "TRUSTED_PROXIES"),
        backup_passphrase=values["BACKUP_PASSPHRASE"],
        security_contact=values["SECURITY_CONTACT"],
        log_level=values["LOG_LEVEL"],
        findings=_findings(values),
    )


def load(environ: Mapping[str, str] | None = None) -> Environment:
    """Read the settings. Raises ConfigurationError when something is missing or contradictory."""
    environment = inspect(os.environ if environ is None else environ)
    if environment.findings:
        raise ConfigurationError(environment.findings)
    return environment
