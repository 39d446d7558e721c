"""Reads of the library that span tables."""
