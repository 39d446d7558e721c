"""What no template of the house may do, and what all must."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "tandemwerk"
FRONTEND = ROOT / "frontend"
PAGES = sorted(SOURCE.glob("*/templates/**/*.html"))
#: Mails bring their style with them; no browser of ours shows them.
MAILS = re.compile(r"templates/messaging/|/mails?/")
#: Drawings and charts have a left; pages do not.
PHYSICAL = re.compile(r'class="[^"]*\b(m[lr]-\d|p[lr]-\d|text-(left|right)|float-(left|right))\b')
INLINE = re.compile(
    r"<style\b|\sstyle=|\son(?:click|change|submit|load|error|input|focus|blur|key\w+|mouse\w+)=|javascript:|<script(?![^>]*\bsrc=)(?![^>]*type=.application/json)",
    re.IGNORECASE,
)


def named(path: Path) -> str:
    return str(path.relative_to(SOURCE))


def icons_used() -> dict[str, set[str]]:
    """Return icon -> files, for every icon that stands in a template or a menu as text."""
    used: dict[str, set[str]] = {}
    for path in [*PAGES, *SOURCE.glob("*/*.py")]:
        text = path.read_text(encoding="utf-8")
        for name in re.findall(r'{% icon "([\w-]+)"', text) + re.findall(r'icon="([\w-]+)"', text):
            used.setdefault(name, set()).add(named(path))
    return used


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_no_template_has_inline_style_or_script(path):
    if MAILS.search(path.as_posix()):
        return

    found = INLINE.findall(path.read_text(encoding="utf-8"))

    assert found == []


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_no_template_knows_left_or_right(path):
    assert PHYSICAL.findall(path.read_text(encoding="utf-8")) == []


def test_every_icon_is_in_the_sprite():
    shipped = set((FRONTEND / "icons.txt").read_text(encoding="utf-8").split())

    missing = {name: files for name, files in icons_used().items() if name not in shipped}

    assert missing == {}


def test_no_template_names_another_host():
    hosts = {
        (named(path), host)
        for path in PAGES
        if not MAILS.search(path.as_posix())
        for host in re.findall(
            r'(?:src|action)="(?:https?:)?//([^/"]+)', path.read_text(encoding="utf-8")
        )
    }

    assert hosts == set()


def test_ui_names_no_address_but_its_own():
    names = {
        name
        for path in PAGES
        if named(path).startswith("ui/")
        for name in re.findall(r'{% url "([^"]+)"', path.read_text(encoding="utf-8"))
    }

    assert {name for name in names if not name.startswith("ui:")} == set()


def test_styles_know_start_and_end_instead_of_left_and_right():
    physical = re.compile(
        r"^\s*(margin|padding|border)-(left|right)\b|^\s*(left|right):", re.MULTILINE
    )

    found = {
        path.name: physical.findall(path.read_text(encoding="utf-8"))
        for path in (FRONTEND / "styles").glob("*.scss")
    }

    assert {name for name, lines in found.items() if lines} == set()


def test_the_lock_of_the_front_end_names_no_registry():
    lock = (FRONTEND / "package-lock.json").read_text(encoding="utf-8")

    assert "resolved" not in lock
    assert "registry" not in lock
