"""``tandemwerk pair``: files in, files out, nothing half written."""

import csv
import hashlib
import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from tandemwerk.pairing.errors import PairingFileError
from tandemwerk.pairing.explanation import Left, PairExplanation, Reason
from tandemwerk.pairing.geography import Locate
from tandemwerk.pairing.model import Newcomer, Participant, Volunteer
from tandemwerk.pairing.reading import (
    read_blocked,
    read_bytes,
    read_newcomers,
    read_volunteers,
    read_weights,
)
from tandemwerk.pairing.run import PairingResult, pair_people
from tandemwerk.pairing.weights import Weights

TANDEM_COLUMNS: Final = ("volunteer_id", "newcomer_id", "score", "km", "language", "reasons")
LEFT_COLUMNS: Final = ("id", "side", "reasons", "relax")
CANDIDATE_COLUMNS: Final = ("volunteer_id", "newcomer_id", "score")

#: The summary closes the list: while it is there, the files beside it belong to it.
_OUTPUTS: Final = ("tandems.csv", "left.csv", "candidates.csv", "summary.json")
#: How each reason is written, from its values; a rule that is not named writes its only value.
_WORDS: Final = {
    "language": "language:{code}",
    "distance": "km:{km:.0f}",
    "waiting": "waiting:{volunteer}/{newcomer}",
}


@dataclass(frozen=True, slots=True)
class FileRun:
    """What :func:`run_files` did: ``warnings`` are single lines, ``summary`` is summary.json."""

    result: PairingResult
    summary: Mapping[str, Any]
    warnings: tuple[str, ...]


class _StopWatch:
    """Seconds between one stage's beginning and the next one's."""

    def __init__(self) -> None:
        self._seconds: dict[str, float] = {}
        self._stage, self._since = "", perf_counter()

    def __call__(self, stage: str) -> None:
        now = perf_counter()
        if self._stage:
            self._seconds[str(self._stage)] = round(now - self._since, 3)
        self._stage, self._since = stage, now

    def seconds(self) -> dict[str, float]:
        self("")
        return self._seconds


def run_files(
    *,
    volunteers: Path,
    newcomers: Path,
    out: Path,
    locate: Locate,
    blocked: Path | None = None,
    weights: Path | None = None,
    candidates: bool = False,
    today: date | None = None,
) -> FileRun:
    """Pair two lists and write ``tandems.csv``, ``left.csv`` and ``summary.json`` into ``out``.

    With ``candidates`` also ``candidates.csv``. Without ``today`` waiting counts up to the latest
    ``waiting_since`` of both lists, so that the same files give the same result on any day.
    Raises PairingFileError, one line, and has then written nothing. Files of an earlier run in
    ``out`` are replaced, others stay.
    """
    watch, warnings = _StopWatch(), list[str]()
    watch("reading")
    if out.exists() and not out.is_dir():
        raise PairingFileError(out.name, "is not a folder")
    hashes = _hashes(volunteers=volunteers, newcomers=newcomers, blocked=blocked, weights=weights)
    rules = read_weights(weights) if weights else Weights.default()
    givers = read_volunteers(volunteers, warn=warnings.append)
    takers = read_newcomers(newcomers, warn=warnings.append)
    never = read_blocked(blocked, warn=warnings.append) if blocked else []
    result = pair_people(
        givers,
        takers,
        locate=locate,
        today=today or _latest(givers, takers),
        blocked=never,
        weights=rules,
        observer=watch,
    )
    warnings += _remarks(result, givers, takers, never)
    watch("writing")
    with _staged(out) as folder:
        _write(folder / "tandems.csv", TANDEM_COLUMNS, map(_tandem_row, result.tandems))
        _write(folder / "left.csv", LEFT_COLUMNS, map(_left_row, result.left))
        if candidates:
            _write(folder / "candidates.csv", CANDIDATE_COLUMNS, _candidate_rows(result))
        summary = _summary(result, hashes, watch.seconds(), warnings)
        text = json.dumps(summary, indent=2, ensure_ascii=False) + "\n"
        (folder / "summary.json").write_text(text, encoding="utf-8")
    return FileRun(result=result, summary=summary, warnings=tuple(warnings))


def _hashes(**files: Path | None) -> dict[str, str]:
    return {
        name: hashlib.sha256(read_bytes(path)).hexdigest() for name, path in files.items() if path
    }


def _latest(*sides: Sequence[Participant]) -> date:
    """Return the latest day anybody began to wait; any day will do where nobody says."""
    days = [one.waiting_since for side in sides for one in side if one.waiting_since]
    return max(days, default=date(2016, 1, 1))


def _remarks(
    result: PairingResult,
    volunteers: Sequence[Volunteer],
    newcomers: Sequence[Newcomer],
    blocked: Sequence[tuple[str, str]],
) -> list[str]:
    """Return what was understood but could not be used."""
    givers, takers = ({person.id for person in side} for side in (volunteers, newcomers))
    strangers = sum(v not in givers or n not in takers for v, n in blocked)
    remarks = []
    if strangers:
        remarks.append(f"blocked pairs that name nobody in the lists: {strangers}")
    if result.counts.unlocated:
        remarks.append(
            "people whose postcode has no known place, paired only within the same postcode: "
            f"{result.counts.unlocated}"
        )
    return remarks


def _summary(
    result: PairingResult,
    hashes: Mapping[str, str],
    seconds: Mapping[str, float],
    warnings: Sequence[str],
) -> dict[str, Any]:
    return {
        "counts": asdict(result.counts),
        "total_score": round(result.total, 6),
        "proved_optimal": True,
        "seconds": dict(seconds),
        "rules": [str(rule) for rule in result.rules],
        **result.weights.as_data(),
        "waiting_until": result.today.isoformat(),
        "input_hash": result.input_hash,
        "files_sha256": dict(hashes),
        "warnings": list(warnings),
    }


def _tandem_row(tandem: PairExplanation) -> tuple[str, ...]:
    return (
        tandem.volunteer_id,
        tandem.newcomer_id,
        f"{tandem.score:.6f}",
        "" if tandem.km is None else f"{tandem.km:.2f}",
        tandem.language or "",
        _in_words(tandem.reasons),
    )


def _left_row(left: Left) -> tuple[str, ...]:
    relax = f"{left.relax.rule}:{left.relax.count}" if left.relax else ""
    return (left.id, left.side, _in_words(left.reasons), relax)


def _candidate_rows(result: PairingResult) -> Iterator[tuple[str, ...]]:
    volunteers, newcomers = result.population.volunteers.ids, result.population.newcomers.ids
    pairs = result.candidates
    for v, n, score in zip(
        pairs.volunteer.tolist(), pairs.newcomer.tolist(), result.scores.tolist(), strict=True
    ):
        yield volunteers[v], newcomers[n], f"{score:.6f}"


def _in_words(reasons: Iterable[Reason]) -> str:
    """Return reasons as ``language:fa; km:4; slot:tue-evening; topic:school``.

    >>> _in_words([Reason("distance", {"km": 4.2}), Reason("topic", {"topic": "school"})])
    'km:4; topic:school'
    """
    return "; ".join(
        _WORDS[reason.rule].format(**reason.values)
        if reason.rule in _WORDS
        else ":".join((reason.rule, *map(str, reason.values.values())))
        for reason in reasons
    )


def _write(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a pairing file. Ids are keys and stay byte for byte what they were.

    No other cell can begin with a sign that a spreadsheet takes for a formula: they are numbers,
    words of ours, or begin with one.
    """
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


@contextmanager
def _staged(out: Path) -> Iterator[Path]:
    """Give a folder beside ``out`` to write into; what stands in it at the end moves to ``out``."""
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{out.name}.", dir=out.parent) as name:
            folder = Path(name)
            yield folder
            out.mkdir(exist_ok=True)
            (out / _OUTPUTS[-1]).unlink(missing_ok=True)
            for output in _OUTPUTS:
                if (folder / output).exists():
                    (folder / output).replace(out / output)
                else:
                    (out / output).unlink(missing_ok=True)
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise PairingFileError(out.name, f"cannot be written ({reason})") from None
