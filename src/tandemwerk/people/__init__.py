"""Accounts, persons, their languages, consent and requests about their data."""
