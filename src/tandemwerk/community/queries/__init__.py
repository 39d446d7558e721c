"""Reads that span tables of the community."""
