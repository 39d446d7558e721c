"""Integreat's public content API (v3): what municipalities tell people who are new there."""

from tandemwerk.knowledge.integreat.cleaning import (
    cleaned_events,
    cleaned_locations,
    cleaned_pages,
    cleaned_regions,
)
from tandemwerk.knowledge.integreat.client import IntegreatClient, UnreachableError

__all__ = [
    "IntegreatClient",
    "UnreachableError",
    "cleaned_events",
    "cleaned_locations",
    "cleaned_pages",
    "cleaned_regions",
]
