"""How time and memory grow, as a drawing: logarithmic on both axes, written without a library."""

from math import log10
from typing import Any

LEFT, RIGHT, TOP, BOTTOM = 70, 610, 40, 330
PEOPLE = (1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000)
SECONDS = (1, 2, 5, 10, 20, 50, 100)


def growth(rows: list[dict[str, Any]]) -> str:
    """Return the drawing (SVG) of the table of files: processor seconds by people a side."""
    points = [(row["people a side"], row["processor s"]) for row in rows]
    line = " ".join(f"{_across(people):.1f},{_up(seconds):.1f}" for people, seconds in points)
    parts = [
        (
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 390" role="img" '
            'font-family="sans-serif" font-size="12" fill="#333">'
        ),
        "<title>tandemwerk pair: processor seconds by people on each side</title>",
        '<rect width="640" height="390" fill="#fff"/>',
        (
            f'<text x="{LEFT}" y="22" font-size="14">From two files to the result: '
            "processor seconds (both axes logarithmic)</text>"
        ),
    ]
    for people in PEOPLE:
        x = _across(people)
        parts.append(f'<path d="M{x:.1f} {TOP}V{BOTTOM}" stroke="#ddd"/>')
        parts.append(f'<text x="{x:.1f}" y="{BOTTOM + 18}" text-anchor="middle">{people:,}</text>')
    for seconds in SECONDS:
        y = _up(seconds)
        parts.append(f'<path d="M{LEFT} {y:.1f}H{RIGHT}" stroke="#ddd"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{seconds} s</text>')
    parts.append(
        f'<text x="{(LEFT + RIGHT) / 2}" y="{BOTTOM + 42}" text-anchor="middle">people on each '
        "side</text>"
    )
    parts.append(f'<polyline points="{line}" fill="none" stroke="#0b5e6b" stroke-width="2.5"/>')
    for people, seconds in points:
        x, y = _across(people), _up(seconds)
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="#0b5e6b"/>')
        side, anchor = (-8, "end") if x > LEFT else (8, "start")
        parts.append(
            f'<text x="{x + side}" y="{y - 9:.1f}" text-anchor="{anchor}">{seconds:.1f} s</text>'
        )
    # What is asked for: (people, seconds).
    for people, seconds in ((20_000, 10), (100_000, 60)):
        x, y = _across(people), _up(seconds)
        parts.append(f'<path d="M{x - 12:.1f} {y:.1f}h24" stroke="#b3261e" stroke-width="2.5"/>')
    parts.append(
        f'<text x="{RIGHT}" y="{BOTTOM + 42}" text-anchor="end" fill="#b3261e">red: the limit'
        "</text>"
    )
    return "\n".join((*parts, "</svg>")) + "\n"


def _across(people: float) -> float:
    return LEFT + (log10(people) - 3) / 2 * (RIGHT - LEFT)


def _up(seconds: float) -> float:
    return BOTTOM - log10(max(seconds, 1)) / 2 * (BOTTOM - TOP)
