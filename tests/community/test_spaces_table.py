"""The handbook says what each role may in each space, and says it as the rules do."""

import os

import pytest
from django.contrib.auth.models import AnonymousUser

from tandemwerk.community.models import Space
from tandemwerk.community.rules import may_read
from tests.community.spaces_table import BEGIN, END, PAGE, people, spaces, table

pytestmark = pytest.mark.django_db


def test_the_table_in_the_handbook_is_the_one_the_rules_make(world):
    made = table(world)
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(BEGIN)
    shown, _, after = rest.partition(END)

    if os.environ.get("WRITE_TABLE"):
        PAGE.write_text(f"{before}{BEGIN}\n{made}\n{END}{after}", encoding="utf-8")
        return

    assert shown.strip() == made, "WRITE_TABLE=1 pytest tests/community/test_spaces_table.py"


def test_what_the_rule_lets_read_the_list_of_spaces_shows(world):
    made = spaces(world)
    users = people(world, made)

    for user in users.values():
        expected = {each.pk for each in made.values() if may_read(user, each)}
        shown = Space.objects.visible_to(user or AnonymousUser())
        assert set(shown.values_list("pk", flat=True)) == expected
