"""Two hundred lists with a known truth, in three formats: what stands there comes out."""

from typing import Any

import pytest

from tandemwerk.intake.reading import (
    Field,
    Outcome,
    PersonDraft,
    Side,
    guess_mapping,
    read_people,
    read_workbook,
)
from tests.intake.reading.lists import TODAY, delimited, handed_back, taken, xlsx
from tests.intake.reading.simulation import Simulated, Simulator

WRITERS = {
    "workbook": lambda rows: xlsx({"Paten": rows}),
    "old export": lambda rows: delimited(rows, encoding="utf-8"),
    "tabs": lambda rows: delimited(rows, separator="\t", encoding="utf-16"),
    "commas": lambda rows: delimited(rows, separator=","),
}
SEEDS = range(50)


def simulated(seed: int, kind: str) -> tuple[Simulated, bytes]:
    table = Simulator(seed, typed=kind == "workbook").table(people=25)
    return table, WRITERS[kind](table.rows)


def known(person: PersonDraft, names: set[str]) -> dict[str, Any]:
    """The facts of a person that the simulation knows, in its terms."""
    facts = {name: getattr(person, name) for name in names}
    if "languages" in facts:
        facts["languages"] = " ".join(code for code, _ in person.languages)
    return facts


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize("seed", SEEDS)
def test_every_column_of_a_simulated_list_is_guessed(seed, kind):
    table, data = simulated(seed, kind)

    (sheet,) = read_workbook(data, "Paten.csv")
    mapping = guess_mapping(sheet)

    assert (mapping.header_row, mapping.side) == (table.header_row, Side.VOLUNTEER)
    assert {n: mapping.columns.get(n, Field.OTHER) for n in range(len(table.columns))} == dict(
        enumerate(table.columns)
    )


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize("seed", SEEDS)
def test_every_row_of_a_simulated_list_comes_out_as_it_was_meant(seed, kind):
    table, data = simulated(seed, kind)
    (sheet,) = read_workbook(data, "Paten.csv")

    verdicts = read_people(sheet, guess_mapping(sheet), today=TODAY)

    good = {row: truth for row, truth in table.truth.items() if row not in table.errors}
    people = {v.row: v.person for v in verdicts if v.outcome is Outcome.TAKE and v.person}
    assert handed_back(verdicts) == {row: [code] for row, code in table.errors.items()}
    assert taken(verdicts) == list(good)
    assert {row: known(people[row], set(truth)) for row, truth in good.items()} == good
    assert [verdict.duplicate_of for verdict in verdicts if verdict.duplicate_of] == []
