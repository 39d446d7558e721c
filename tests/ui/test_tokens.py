"""Contrast, computed from the tokens themselves (WCAG 2.2: 4.5 for text, 3 for controls)."""

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).parents[2] / "frontend" / "styles" / "_tokens.scss"
TEXTS = ("ink", "muted", "primary", "accent", "good", "careful", "bad", "note")
GROUNDS = ("paper", "card", "paper-deep")
ON_TINT = ("good", "careful", "bad", "note", "primary", "accent")


def themes() -> dict[str, dict[str, str]]:
    text = TOKENS.read_text(encoding="utf-8")
    maps = {
        name: dict(re.findall(r"([\w-]+): (#[0-9a-f]{6})", body))
        for name, body in re.findall(r"\$([\w-]+): \((.*?)\n\);", text, re.DOTALL)
    }
    return maps | {
        "light-more": maps["light"] | maps["light-more"],
        "dark-more": maps["dark"] | maps["dark-more"],
    }


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark", "light-more", "dark-more"])
def test_every_text_can_be_read(theme):
    colours = themes()[theme]
    pairs = [(text, ground) for text in TEXTS for ground in GROUNDS]
    pairs += [(tone, f"{tone}-tint") for tone in ON_TINT]
    pairs += [("ink", f"{tone}-tint") for tone in (*ON_TINT, "sun", "neutral")]
    pairs += [("muted", "neutral-tint"), ("on-area", "accent-area"), ("on-area", "sun")]
    pairs += [("on-primary", "primary"), ("on-primary", "primary-pressed"), ("ink", "field")]
    pairs += [(f"on-series-{number}", f"series-{number}") for number in range(1, 6)]

    weak = {
        pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2)
        for pair in pairs
        if contrast(colours[pair[0]], colours[pair[1]]) < 4.5
    }

    assert weak == {}


@pytest.mark.parametrize("theme", ["light", "dark", "light-more", "dark-more"])
def test_borders_of_controls_can_be_seen(theme):
    colours = themes()[theme]

    weak = {
        ground: round(contrast(colours["control"], colours[ground]), 2)
        for ground in ("paper", "card", "field")
        if contrast(colours["control"], colours[ground]) < 3
    }

    assert weak == {}


def test_high_contrast_reaches_seven():
    for theme in ("light-more", "dark-more"):
        colours = themes()[theme]

        assert {text for text in TEXTS if contrast(colours[text], colours["paper"]) < 7} == set()
