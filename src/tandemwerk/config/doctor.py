"""Examinations of what lies around the rooms: files, mail server, address, Django's own."""

import smtplib
import socket
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.checks import WARNING, run_checks
from django.core.mail import get_connection

from tandemwerk.core import scanner
from tandemwerk.core.doctor import Finding, examination


@examination
def static_files_are_collected(_at: datetime) -> Iterator[Finding]:
    if not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        yield Finding(
            name="static",
            what="the static files have not been collected",
            mend="run tandemwerk prepare",
        )


@examination
def translations_are_compiled(_at: datetime) -> Iterator[Finding]:
    package = Path(__file__).resolve().parent.parent
    catalogues = package.glob("*/locale/*/LC_MESSAGES/django.po")
    if any(not catalogue.with_suffix(".mo").exists() for catalogue in catalogues):
        yield Finding(
            name="translations",
            what="the translations have not been compiled",
            mend="run python -m tandemwerk.config.catalogues",
        )


@examination
def mail_goes_out(_at: datetime) -> Iterator[Finding]:
    if settings.EMAIL_URL.startswith("outbox:"):
        if not settings.DEMO:
            yield Finding(
                name="mail",
                what="mails are only written to files",
                mend="set EMAIL_URL to your mail server",
            )
        return
    connection = get_connection()
    try:
        connection.open()
    except (smtplib.SMTPException, OSError) as error:
        yield Finding(
            name="mail",
            what=f"the mail server does not let us in ({type(error).__name__})",
            mend="compare EMAIL_URL with its address, user and password",
        )
    else:
        connection.close()


@examination
def the_scanner_answers(_at: datetime) -> Iterator[Finding]:
    if not settings.CLAMD_ADDRESS:
        return
    try:
        scanner.ping()
    except scanner.ScannerError as error:
        yield Finding(
            name="scanner",
            what=f"the virus scanner does not answer ({error})",
            mend="start clamd, and compare CLAMD_ADDRESS; until then no file is taken in",
        )


@examination
def the_wire_is_safe(_at: datetime) -> Iterator[Finding]:
    host = settings.BASE_URL.split("//", 1)[1].split(":")[0]
    is_here = host in {"localhost", "127.0.0.1", "testserver", socket.gethostname()}
    if settings.BASE_URL.startswith("http://") and not is_here:
        yield Finding(
            name="https",
            what="people reach the pages without encryption",
            mend="put a proxy with a certificate before it and write https:// into BASE_URL",
        )


@examination
def django_has_no_doubts(_at: datetime) -> Iterator[Finding]:
    for message in run_checks(include_deployment_checks=False):
        if message.level >= WARNING:
            yield Finding(
                name=message.id or "check",
                what=str(message.msg),
                mend=str(message.hint or "see Django's system checks"),
            )
