"""Reads that span tables and return what a page shows."""
