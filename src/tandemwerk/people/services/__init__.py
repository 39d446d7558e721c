"""Every write about accounts, persons, their consent and their data."""

from tandemwerk.people.services.accounts import change_account, create_account, end_session
from tandemwerk.people.services.consent import (
    ensure_consent_texts,
    give_consent,
    withdraw_consent,
)
from tandemwerk.people.services.persons import create_person, set_languages, update_person
from tandemwerk.people.services.privacy import (
    close_account,
    erase_person,
    export_account,
    export_person,
)

__all__ = [
    "change_account",
    "close_account",
    "create_account",
    "create_person",
    "end_session",
    "ensure_consent_texts",
    "erase_person",
    "export_account",
    "export_person",
    "give_consent",
    "set_languages",
    "update_person",
    "withdraw_consent",
]
