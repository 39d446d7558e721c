"""The weights of the rules, from one commented file."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from math import isfinite
from types import MappingProxyType
from typing import Any

from tandemwerk.pairing.errors import PairingInputError


@dataclass(frozen=True, slots=True)
class Parameters:
    """The numbers inside the rules; ``weights.toml`` says what each one means.

    ``max_wait_days`` is the longest that a newcomer should wait: who has waited so long goes
    first (:func:`~tandemwerk.pairing.scoring.who_goes_first`). 0 means that nobody does.
    """

    waiting_half_days: float = 90
    enough_slots: float = 4
    age_span_years: float = 30
    max_wait_days: float = 0

    def __post_init__(self) -> None:
        for name in Parameters.__slots__:
            number = _number("parameters", name, getattr(self, name))
            if name == "max_wait_days":
                if number < 0:
                    raise PairingInputError("parameters.max_wait_days must not be below 0")
            elif number <= 0:
                raise PairingInputError(f"parameters.{name} must be above 0")


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each rule counts. A rule that is not named does not count.

    >>> Weights({"language": 3, "distance": 1}).share("language")
    0.75
    """

    rules: Mapping[str, float]
    parameters: Parameters = field(default_factory=Parameters)

    def __post_init__(self) -> None:
        for name, weight in self.rules.items():
            if _number("weights", name, weight) < 0:
                raise PairingInputError(f"weights.{name} must not be below 0")
        if not sum(self.rules.values()) > 0:
            raise PairingInputError("weights: at least one rule needs a weight above 0")
        object.__setattr__(self, "rules", MappingProxyType(dict(self.rules)))

    @classmethod
    def parse(cls, text: str) -> "Weights":
        """Read the text of a weights file; raises PairingInputError naming the entry."""
        try:
            content = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise PairingInputError(f"not a TOML file: {error}") from None
        _known("section", content, {"weights", "parameters"})
        rules, parameters = (_table(content, name) for name in ("weights", "parameters"))
        _known("parameter", parameters, set(Parameters.__slots__))
        return cls(rules, Parameters(**parameters))

    @classmethod
    def default(cls) -> "Weights":
        """Return the weights that come with the engine."""
        return _default()

    def with_max_wait(self, days: float) -> "Weights":
        """Return the same weights with another maximum wait."""
        return Weights(self.rules, replace(self.parameters, max_wait_days=days))

    def share(self, rule: str) -> float:
        """Return a rule's part of the score, 0 to 1."""
        return self.rules.get(rule, 0) / sum(self.rules.values())

    def as_data(self) -> dict[str, dict[str, float]]:
        """Return everything as plain data, to store or to show."""
        return {
            "weights": dict(self.rules),
            "parameters": {name: getattr(self.parameters, name) for name in Parameters.__slots__},
        }


@cache
def _default() -> Weights:
    text = files("tandemwerk.pairing").joinpath("weights.toml").read_text(encoding="utf-8")
    return Weights.parse(text)


def _table(content: Mapping[str, Any], name: str) -> dict[str, Any]:
    table = content.get(name, {})
    if not isinstance(table, dict):
        raise PairingInputError(f"{name} is not a section")
    return table


def _known(what: str, given: Mapping[str, Any], expected: set[str]) -> None:
    unknown = sorted(set(given) - expected)
    if unknown:
        raise PairingInputError(
            f"unknown {what} {unknown[0]!r}, expected: {' '.join(sorted(expected))}"
        )


def _number(section: str, name: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise PairingInputError(f"{section}.{name} is not a number: {value!r}")
    return float(value)
