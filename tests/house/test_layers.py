"""The order of the rooms, where import-linter does not look: keys between tables."""

import tomllib
from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]


def floors() -> dict[str, int]:
    """Return room -> floor, the ground floor highest, as import-linter's contract has it."""
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    layers = contract["contracts"][0]["layers"]
    return {room.strip(): floor for floor, layer in enumerate(layers) for room in layer.split("|")}


def test_foreign_keys_point_downwards_like_imports():
    floor = floors()
    upwards = [
        f"{model._meta.label}.{relation.name}"
        for model in apps.get_models()
        if model.__module__.startswith("tandemwerk.")
        for relation in model._meta.get_fields()
        if relation.is_relation
        and relation.concrete
        and relation.related_model is not None
        and relation.related_model.__module__.startswith("tandemwerk.")
        and floor[relation.related_model._meta.app_label] < floor[model._meta.app_label]
    ]

    assert upwards == []


def test_no_list_is_ordered_behind_the_readers_back():
    ordered = [
        model._meta.label
        for model in apps.get_models()
        if model.__module__.startswith("tandemwerk.") and model._meta.ordering
    ]

    assert ordered == []
