"""Pairing runs, proposals and consent, the tandem's life, meetings and check-ins."""
