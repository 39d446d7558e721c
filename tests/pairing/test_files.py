import csv
import json
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tandemwerk.pairing import (
    KINDS,
    SLOTS,
    TOPICS,
    Newcomer,
    PairingFileError,
    PairingInputError,
    Participant,
    Volunteer,
    from_mask,
    pair_people,
    run_files,
)
from tandemwerk.pairing.reading import (
    NEWCOMER_COLUMNS,
    VOLUNTEER_COLUMNS,
    read_blocked,
    read_newcomers,
    read_volunteers,
)
from tests.pairing.people import (
    TODAY,
    locate,
    newcomer,
    random_map,
    random_people,
    volunteer,
)


def cells_of(person: Participant) -> dict[str, str]:
    """Write a person as the format says."""
    cells = {
        "id": person.id,
        "postcode": person.postcode,
        "gender": str(person.gender),
        "wishes_gender": str(person.wishes_gender),
        "birth_year": str(person.birth_year or ""),
        "languages": " ".join(f"{code}:{level.name}" for code, level in person.languages.items()),
        "availability": " ".join(from_mask(person.availability, SLOTS)),
        "kinds": " ".join(from_mask(person.kinds, KINDS)),
        "interests": " ".join(sorted(person.interests)),
        "topics": " ".join(from_mask(person.topics, TOPICS)),
        "max_km": f"{person.max_km:g}",
        "waiting_since": person.waiting_since.isoformat() if person.waiting_since else "",
        "group_size": str(person.group_size),
    }
    if isinstance(person, Volunteer):
        return cells | {
            "capacity": str(person.capacity),
            "minors_ok": str(int(person.minors_ok)),
            "max_group": str(person.max_group or ""),
        }
    assert isinstance(person, Newcomer)
    return cells | {
        "is_minor": str(int(person.is_minor)),
        "priority": str(person.priority),
        "volunteers_wanted": str(person.volunteers_wanted),
    }


def write(path: Path, columns, rows) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_people(folder: Path, givers, takers) -> dict[str, Path]:
    return {
        "volunteers": write(folder / "v.csv", list(VOLUNTEER_COLUMNS), map(cells_of, givers)),
        "newcomers": write(folder / "n.csv", list(NEWCOMER_COLUMNS), map(cells_of, takers)),
    }


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def refuse(message: str) -> None:
    raise AssertionError(message)


@pytest.mark.parametrize("seed", range(3))
def test_people_come_back_from_a_file_as_they_were(seed, tmp_path):
    givers, takers = random_people(seed)
    givers = [giver for giver in givers if giver.capacity]

    files = write_people(tmp_path, givers, takers)

    assert read_volunteers(files["volunteers"], warn=refuse) == givers
    assert read_newcomers(files["newcomers"], warn=refuse) == takers


def test_the_files_hold_what_a_run_in_memory_finds(tmp_path):
    givers, takers = random_people(1)
    givers = [giver for giver in givers if giver.capacity]
    points = random_map(1)
    files = write_people(tmp_path, givers, takers)
    expected = pair_people(givers, takers, locate=points.get, today=TODAY)

    run = run_files(**files, out=tmp_path / "out", locate=points.get, today=TODAY, candidates=True)

    tandems = rows_of(tmp_path / "out" / "tandems.csv")
    assert [(row["volunteer_id"], row["newcomer_id"], float(row["score"])) for row in tandems] == [
        (one.volunteer_id, one.newcomer_id, one.score) for one in expected.tandems
    ]
    left = rows_of(tmp_path / "out" / "left.csv")
    assert [(row["id"], row["side"]) for row in left] == [
        (one.id, one.side) for one in expected.left
    ]
    candidates = rows_of(tmp_path / "out" / "candidates.csv")
    assert [float(row["score"]) for row in candidates] == expected.scores.tolist()
    summary = json.loads((tmp_path / "out" / "summary.json").read_text())
    assert summary == run.summary
    assert summary["input_hash"] == expected.input_hash
    assert summary["counts"]["tandems"] == len(tandems) > 0
    assert summary["total_score"] == pytest.approx(sum(float(row["score"]) for row in tandems))


def test_a_pair_and_somebody_left_read_as_the_format_says(tmp_path):
    files = write_people(
        tmp_path,
        [volunteer("V1", topics=1, waiting_since=TODAY - timedelta(days=3))],
        [newcomer("N1", postcode="86316", topics=1), newcomer("N2", availability=1)],
    )

    run_files(**files, out=tmp_path / "out", locate=locate, today=TODAY)

    assert (tmp_path / "out" / "tandems.csv").read_text() == (
        "volunteer_id,newcomer_id,score,km,language,reasons\n"
        "V1,N1,0.403589,6.59,de,"
        "language:de; km:7; slot:tue-evening; topic:school; kind:everyday; waiting:3/0\n"
    )
    assert (tmp_path / "out" / "left.csv").read_text() == (
        "id,side,reasons,relax\nN2,newcomer,no_candidate,availability:1\n"
    )
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "left.csv",
        "summary.json",
        "tandems.csv",
    ]


def test_the_same_files_give_the_same_result_on_any_day(tmp_path):
    files = write_people(
        tmp_path,
        [volunteer(waiting_since=TODAY - timedelta(days=100))],
        [newcomer(waiting_since=TODAY - timedelta(days=30))],
    )

    first = run_files(**files, out=tmp_path / "one", locate=locate)
    second = run_files(**files, out=tmp_path / "two", locate=locate)

    assert first.summary["waiting_until"] == (TODAY - timedelta(days=30)).isoformat()
    for name in ("tandems.csv", "left.csv"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    timeless = [{**run.summary, "seconds": None} for run in (first, second)]
    assert timeless[0] == timeless[1]


def test_blocked_pairs_and_weights_are_read_from_files(tmp_path):
    files = write_people(tmp_path, [volunteer("V1")], [newcomer("N1"), newcomer("N2")])
    blocked = write(
        tmp_path / "b.csv",
        ["volunteer_id", "newcomer_id"],
        [
            {"volunteer_id": "V1", "newcomer_id": "N1"},
            {"volunteer_id": "V9", "newcomer_id": "N1"},
        ],
    )
    weights = tmp_path / "w.toml"
    weights.write_text("[weights]\nlanguage = 1\n")

    run = run_files(**files, blocked=blocked, weights=weights, out=tmp_path / "out", locate=locate)

    assert [tandem.newcomer_id for tandem in run.result.tandems] == ["N2"]
    assert run.summary["weights"] == {"language": 1}
    assert run.warnings == ("blocked pairs that name nobody in the lists: 1",)
    assert sorted(run.summary["files_sha256"]) == ["blocked", "newcomers", "volunteers", "weights"]


def test_unknown_columns_are_left_out_and_named(tmp_path):
    path = write(
        tmp_path / "v.csv",
        ["shoe size", *VOLUNTEER_COLUMNS, "phone"],
        [cells_of(volunteer()) | {"shoe size": "42", "phone": "0821"}],
    )
    warnings = []

    people = read_volunteers(path, warn=warnings.append)

    assert people == [volunteer()]
    assert warnings == ["v.csv: unknown columns are left out: 'shoe size' 'phone'"]


def test_a_byte_order_mark_empty_rows_and_blanks_do_no_harm(tmp_path):
    path = write_people(tmp_path, [volunteer()], [newcomer()])["newcomers"]
    text = path.read_text().replace("86150", " 86150 ").replace("\n", "\r\n")
    path.write_bytes(b"\xef\xbb\xbf" + text.encode() + b"\r\n,,,,,,,,,,,,,,\r\n")

    assert read_newcomers(path, warn=refuse) == [newcomer()]


def test_ids_are_keys_and_come_back_byte_for_byte(tmp_path):
    ids = ["=1+1", " @x ", "-3", 'a"b', "ü,ö"]
    files = write_people(
        tmp_path, [volunteer(name) for name in ids], [newcomer(name) for name in ids]
    )

    run_files(**files, out=tmp_path / "out", locate=locate)

    rows = rows_of(tmp_path / "out" / "tandems.csv")
    assert sorted(row["newcomer_id"] for row in rows) == sorted(ids)
    assert sorted(row["volunteer_id"] for row in rows) == sorted(ids)


def test_what_was_not_said_may_be_left_empty(tmp_path):
    cells = dict.fromkeys(NEWCOMER_COLUMNS, "") | {"id": "N1", "max_km": "5", "is_minor": "0"}
    path = write(tmp_path / "n.csv", list(NEWCOMER_COLUMNS), [cells])

    assert read_newcomers(path, warn=refuse) == [
        Newcomer(id="N1", postcode="", languages={}, availability=0, kinds=0, max_km=5.0)
    ]


@pytest.mark.parametrize(
    ("column", "cell", "problem"),
    [
        ("id", "", "is empty"),
        ("id", "a\x07b", "has characters that cannot be printed"),
        ("gender", "x", "'x' is unknown, expected: f m d -"),
        ("wishes_gender", "-", "'-' is unknown, expected: any f m d"),
        ("birth_year", "85", "'85' is not a whole number from 1900 to 2100"),
        ("birth_year", "1985.0", "'1985.0' is not a whole number from 1900 to 2100"),
        (
            "languages",
            "de",
            "'de' is not a language with its level (such as de:B1, A1 A2 B1 B2 C1 C2 L1)",
        ),
        (
            "languages",
            "de:D1",
            "'de:D1' is not a language with its level (such as de:B1, A1 A2 B1 B2 C1 C2 L1)",
        ),
        ("languages", "de:B1 DE:B2", "language 'de' stands twice"),
        (
            "availability",
            "abends",
            f"unknown word 'abends', expected: {' '.join(SLOTS)}",
        ),
        ("kinds", "friend", "unknown word 'friend', expected: everyday goal guide"),
        ("interests", "chess;music", "'chess;music' is not a slug (letters, digits, - and _)"),
        ("max_km", "", "'' is not a number of km (such as 15 or 7.5)"),
        ("max_km", "12,5", "'12,5' is not a number of km (such as 15 or 7.5)"),
        ("max_km", "-1", "'-1' is not a number of km (such as 15 or 7.5)"),
        ("max_km", "nan", "'nan' is not a number of km (such as 15 or 7.5)"),
        ("max_km", "١٥", "'١٥' is not a number of km (such as 15 or 7.5)"),
        ("waiting_since", "01.03.2025", "'01.03.2025' is not a date such as 2025-03-01"),
        ("waiting_since", "2025-02-30", "'2025-02-30' is not a date such as 2025-03-01"),
        ("group_size", "0", "'0' is not a whole number from 1 to 1000"),
        ("capacity", "4", "'4' is not a whole number from 1 to 3"),
        ("minors_ok", "", "'' is neither 0 nor 1"),
        ("minors_ok", "yes", "'yes' is neither 0 nor 1"),
    ],
)
def test_a_wrong_cell_is_named_with_file_row_and_column(column, cell, problem, tmp_path):
    rows = [cells_of(volunteer("V1")), cells_of(volunteer("V2")) | {column: cell}]
    path = write(tmp_path / "v.csv", list(VOLUNTEER_COLUMNS), rows)

    with pytest.raises(PairingFileError) as caught:
        read_volunteers(path, warn=refuse)

    assert str(caught.value) == f"v.csv, row 3, column {column}: {problem}"
    assert (caught.value.row, caught.value.column) == (3, column)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "n.csv: is empty, a header row is expected"),
        (b"\n\n", "n.csv: is empty, a header row is expected"),
        (b"id;postcode;gender\n", "n.csv, row 1: columns must be separated by commas"),
        (b"id\tpostcode\n", "n.csv, row 1: columns must be separated by commas"),
        (b"id,id\n", "n.csv, row 1: column 'id' stands twice"),
        (b"PK\x03\x04\xff\xfe", "n.csv: is not UTF-8 text"),
        ("id,größe\n".encode("cp1252"), "n.csv: is not UTF-8 text"),
    ],
)
def test_a_file_that_is_no_pairing_file_is_refused(content, message, tmp_path):
    path = tmp_path / "n.csv"
    path.write_bytes(content)

    with pytest.raises(PairingFileError) as caught:
        read_newcomers(path, warn=refuse)

    assert str(caught.value) == message


def test_missing_columns_are_all_named(tmp_path):
    columns = [name for name in VOLUNTEER_COLUMNS if name not in {"kinds", "minors_ok"}]
    path = write(tmp_path / "v.csv", columns, [])

    with pytest.raises(PairingFileError) as caught:
        read_volunteers(path, warn=refuse)

    assert str(caught.value) == "v.csv, row 1: columns are missing: kinds minors_ok"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("V1\n", "b.csv, row 2: has 1 cells, the header has 2"),
        ("V1,N1,N2\n", "b.csv, row 2: has 3 cells, the header has 2"),
        ('V1,"N1\n', "b.csv, row 2: is broken (unexpected end of data)"),
        ("V1,\n", "b.csv, row 2, column newcomer_id: is empty"),
    ],
)
def test_a_broken_row_is_named(line, message, tmp_path):
    path = tmp_path / "b.csv"
    path.write_text("volunteer_id,newcomer_id\n" + line)

    with pytest.raises(PairingFileError) as caught:
        read_blocked(path, warn=refuse)

    assert str(caught.value) == message


def test_an_id_that_stands_twice_is_named_with_both_rows(tmp_path):
    path = write_people(tmp_path, [volunteer("V1"), volunteer("V2"), volunteer("V1")], [])[
        "volunteers"
    ]

    with pytest.raises(PairingFileError) as caught:
        read_volunteers(path, warn=refuse)

    assert str(caught.value) == "v.csv, row 4, column id: 'V1' stands in row 2 already"


@pytest.mark.parametrize("name", ["volunteers", "newcomers", "blocked", "weights"])
def test_a_file_that_is_not_there_is_named_and_nothing_is_written(name, tmp_path):
    files = write_people(tmp_path, [volunteer()], [newcomer()])
    files[name] = tmp_path / "gone.csv"

    with pytest.raises(PairingFileError) as caught:
        run_files(**files, out=tmp_path / "out", locate=locate)

    assert str(caught.value) == "gone.csv: cannot be read (No such file or directory)"
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[weights]\nshoe_size = 1\n", "w.toml: unknown rule 'shoe_size', expected: "),
        ("[weights]\nage = -1\n", "w.toml: weights.age must not be below 0"),
        ("weights", "w.toml: not a TOML file: "),
    ],
)
def test_a_wrong_weights_file_is_named(text, message, tmp_path):
    files = write_people(tmp_path, [volunteer()], [newcomer()])
    (tmp_path / "w.toml").write_text(text)

    with pytest.raises(PairingFileError) as caught:
        run_files(**files, weights=tmp_path / "w.toml", out=tmp_path / "out", locate=locate)

    assert str(caught.value).startswith(message)
    assert not (tmp_path / "out").exists()


def test_a_second_run_replaces_the_first_and_leaves_what_is_not_ours(tmp_path):
    out = tmp_path / "out"
    files = write_people(tmp_path, [volunteer()], [newcomer()])
    run_files(**files, out=out, locate=locate, candidates=True)
    (out / "notes.txt").write_text("mine")
    files = write_people(tmp_path, [volunteer()], [])

    run_files(**files, out=out, locate=locate)

    assert sorted(path.name for path in out.iterdir()) == [
        "left.csv",
        "notes.txt",
        "summary.json",
        "tandems.csv",
    ]
    assert rows_of(out / "tandems.csv") == []
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_failed_run_leaves_the_results_of_the_one_before(tmp_path):
    out = tmp_path / "out"
    files = write_people(tmp_path, [volunteer()], [newcomer()])
    run_files(**files, out=out, locate=locate)
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    files["newcomers"].write_text("nonsense")

    with pytest.raises(PairingFileError):
        run_files(**files, out=out, locate=locate)

    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


@pytest.mark.parametrize("out", ["file", "file/out"])
def test_a_place_that_cannot_be_written_to_is_one_clear_line(out, tmp_path):
    files = write_people(tmp_path, [volunteer()], [newcomer()])
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(PairingFileError, match=r"^(file: is not a folder|out: cannot be written)"):
        run_files(**files, out=tmp_path / out, locate=locate)

    assert (tmp_path / "file").read_text() == "in the way"


def complaint_about(path: Path) -> str:
    try:
        read_newcomers(path, warn=lambda _: None)
    except PairingInputError as error:
        return str(error)
    return ""


@settings(
    deadline=None, max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(content=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_no_content_ends_in_anything_but_people_or_one_clear_line(content, tmp_path):
    header = ",".join(NEWCOMER_COLUMNS).encode() + b"\n"
    for data in (content, header + content):
        path = tmp_path / "n.csv"
        path.write_bytes(data)

        assert "\n" not in complaint_about(path)
