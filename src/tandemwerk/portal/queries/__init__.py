"""Reads that span rooms and return what a page shows."""
