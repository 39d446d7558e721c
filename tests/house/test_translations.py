"""Everybody's language: no text without its translation, none that is only a guess."""

import os
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import polib
import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "tandemwerk"
ROOMS = sorted(file.parent.name for file in PACKAGE.glob("*/apps.py"))
LANGUAGES = ("de", "ar", "fa", "uk")
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{(\w*)\}")
PLURALS = re.compile(r"nplurals=(\d)")

Key = tuple[str, str]
#: Where a text stands in the list that the rooms share: with its form for many.
Place = tuple[str, str, str]


def key(entry: polib.POEntry) -> Key:
    return entry.msgctxt or "", entry.msgid


def is_translated(entry: polib.POEntry, forms: int) -> bool:
    """Answer whether nothing is missing: Arabic has six forms of a number, Ukrainian four."""
    if entry.msgid_plural:
        written = [text for text in entry.msgstr_plural.values() if text.strip()]
        return len(written) == forms
    return bool(entry.msgstr.strip())


def spoken(room: str, folder: Path) -> dict[Key, polib.POEntry]:
    """Return the texts that the room's code and templates hold now."""
    copy = folder / room
    shutil.copytree(PACKAGE / room, copy, ignore=shutil.ignore_patterns("locale", "__pycache__"))
    (copy / "locale").mkdir()
    command = [sys.executable, "-m", "django", "makemessages", "-v", "0", "-l", "de"]
    environment = os.environ | {"PYTHONPATH": str(PACKAGE.parent), "DJANGO_SETTINGS_MODULE": ""}
    subprocess.run(command, cwd=copy, check=True, env=environment, capture_output=True)
    catalogue = copy / "locale" / "de" / "LC_MESSAGES" / "django.po"
    if not catalogue.exists():
        return {}
    return {key(entry): entry for entry in polib.pofile(str(catalogue)) if not entry.obsolete}


@pytest.mark.parametrize("room", ROOMS)
def test_every_text_of_the_room_is_translated(room: str, tmp_path: Path):
    wanted = spoken(room, tmp_path)
    wrong = {}

    for language in LANGUAGES:
        file = PACKAGE / room / "locale" / language / "LC_MESSAGES" / "django.po"
        catalogue = polib.pofile(str(file)) if file.exists() else []
        have = {key(entry): entry for entry in catalogue if not entry.obsolete}
        forms = int(PLURALS.findall(catalogue.metadata["Plural-Forms"])[0]) if have else 0
        missing = [
            msgid
            for (context, msgid) in wanted
            if (context, msgid) not in have
            or have[context, msgid].fuzzy
            or not is_translated(have[context, msgid], forms)
        ]
        if missing:
            wrong[language] = missing

    assert wrong == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_says_the_same_in_every_room(language: str):
    said: defaultdict[Place, dict[str, str]] = defaultdict(dict)

    for file in sorted(PACKAGE.glob(f"*/locale/{language}/LC_MESSAGES/django.po")):
        for entry in polib.pofile(str(file)):
            # The rooms' texts become one list, in which the room read last wins. A text with a
            # number has a place of its own there; what is not done yet has none.
            if entry.translated():
                words = " | ".join(entry.msgstr_plural.values()) or entry.msgstr
                said[*key(entry), entry.msgid_plural][file.parts[-5]] = words

    assert {text: rooms for text, rooms in said.items() if len(set(rooms.values())) > 1} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_the_named_places_of_the_text(language: str):
    wrong = []

    for file in PACKAGE.glob(f"*/locale/{language}/LC_MESSAGES/django.po"):
        for entry in polib.pofile(str(file)):
            if entry.obsolete or entry.msgid_plural:
                continue
            wanted = set(PLACEHOLDER.findall(entry.msgid))
            if entry.msgstr and set(PLACEHOLDER.findall(entry.msgstr)) != wanted:
                wrong.append((file.parts[-5], entry.msgid))

    assert wrong == []
