"""How good and how fast the search is: ``python -m benchmarks.search`` (``--large`` for 450,000).

First nDCG@10 on the judged searches, on SQLite and on PostgreSQL. Then, on PostgreSQL, how long the
index takes to build and a search and «has this been asked before?» to answer. The peer in the same
run is PostgreSQL's own full text search on the same texts: a ``tsvector`` of the language's own
configuration with title and text weighted, a GIN index, ``websearch_to_tsquery`` and ``ts_rank``.

``BENCH_DATABASE_URL`` takes another PostgreSQL.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import accumulate
from pathlib import Path
from statistics import mean, median, quantiles
from typing import Any

SIZES = (100_000,)
LARGE_SIZES = (*SIZES, 450_000)
ROUNDS = 3
OUTPUT = Path("var/bench/search.json")
#: The configurations that PostgreSQL brings for our languages.
PEER = {"de": "german", "en": "english", "ar": "arabic"}


def main(arguments: list[str]) -> None:
    """Print the tables and write ``var/bench/search.json``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", action="store_true", help="450,000 documents as well")
    parser.add_argument("--part", choices=("quality", "speed"), help=argparse.SUPPRESS)
    parser.add_argument("--size", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.part:
        part(options.part, options.size)
        return
    figures: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        figures["quality"] = {
            "SQLite": run(folder, f"sqlite:///{folder}/bench.sqlite3", "quality"),
            "PostgreSQL": run(folder, postgres(folder), "quality"),
        }
        show_quality(figures["quality"])
        for size in LARGE_SIZES if options.large else SIZES:
            figures[str(size)] = run(folder, postgres(folder), "speed", "--size", str(size))
            show_speed(size, figures[str(size)])
    OUTPUT.parent.mkdir(parents=True, exist_ok=True)
    OUTPUT.write_text(json.dumps(figures, indent=1))


def postgres(folder: str) -> str:
    """Return the address of a PostgreSQL that is there for this run."""
    from tandemwerk.config.embedded import start_postgres

    return os.environ.get("BENCH_DATABASE_URL") or start_postgres(Path(folder) / "postgres")


def run(folder: str, database: str, name: str, *more: str) -> Any:
    """Measure one part in a process of its own, on one database; return its figures."""
    environment = os.environ | {
        "DATABASE_URL": database,
        "DATA_DIR": folder,
        "DJANGO_SETTINGS_MODULE": "tandemwerk.config.settings",
        "LOG_LEVEL": "ERROR",
    }
    environment.setdefault("SECRET_KEY", "not-secret-only-for-measuring-0123456789-0123456789")
    (Path(folder) / "static").mkdir(exist_ok=True)
    command = [sys.executable, "-m", "benchmarks.search", "--part", name, *more]
    done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE)
    return json.loads(done.stdout.decode().splitlines()[-1])


def part(name: str, size: int | None) -> None:
    """Measure in this process and print the figures as one line of JSON."""
    import django

    django.setup()
    from django.core.management import call_command

    from tandemwerk.core.models import SearchDocument, SearchWord

    call_command("migrate", "core", verbosity=0)
    SearchDocument.objects.all().delete()
    SearchWord.objects.all().delete()
    print(json.dumps(quality() if name == "quality" else speed(size or SIZES[0])))


# ------------------------------------------------------------------ quality


def quality() -> dict[str, dict[str, float]]:
    """Return the nDCG of ours, and of the peer where it is."""
    from django.contrib.auth.models import AnonymousUser
    from django.db import connection

    from benchmarks import search_judged as judged

    judged.fill()
    found = {"ours": judged.quality(judged.ours(AnonymousUser()))}
    if connection.vendor == "postgresql":
        texts = judged.texts()
        make_peer((each.language, each.title, each.text) for each in texts)

        def answer(query: judged.Judged) -> list[str]:
            return [texts[pk - 1].name for pk in ask_peer(query.text, query.language, 10)]

        found["peer"] = judged.quality(answer)
    return found


def make_peer(rows: Iterator[tuple[str, str, str]]) -> None:
    """Fill the peer's table: one configuration for each language, GIN index, statistics."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_peer")
        cursor.execute("CREATE TABLE bench_peer (id serial PRIMARY KEY, vector tsvector)")
        vector = (
            "INSERT INTO bench_peer (vector) VALUES (setweight(to_tsvector(%s::regconfig, %s), 'A')"
            " || setweight(to_tsvector(%s::regconfig, %s), 'D'))"
        )
        cursor.executemany(
            vector,
            (
                (PEER.get(language, "simple"), title, PEER.get(language, "simple"), text)
                for language, title, text in rows
            ),
        )
        cursor.execute("CREATE INDEX ON bench_peer USING gin (vector)")
        cursor.execute("ANALYZE bench_peer")


def ask_peer(text: str, language: str, limit: int) -> list[int]:
    """Return the numbers of the rows that the peer finds, best first."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM bench_peer, websearch_to_tsquery(%s::regconfig, %s) query "
            "WHERE vector @@ query ORDER BY ts_rank(vector, query) DESC, id LIMIT %s",
            [PEER.get(language, "simple"), text, limit],
        )
        return [pk for (pk,) in cursor.fetchall()]


# ------------------------------------------------------------------ speed


def speed(size: int) -> dict[str, Any]:
    """Return how long the index takes to build and to answer."""
    from django.contrib.auth.models import AnonymousUser

    from benchmarks import search_judged as judged
    from tandemwerk.core.search import Document, Hit, IndexedSource, register, reindex
    from tandemwerk.core.search import search as search_ours
    from tandemwerk.core.search import similar as similar_ours

    user = AnonymousUser()

    def documents(_ids: list[int] | None) -> Iterator[Document]:
        for number, (language, title, text) in enumerate(invented(size), start=1):
            yield Document(
                object_id=number, language=language, audience="public", title=title, text=text
            )

    def hits(_user: Any, ids: list[int]) -> dict[int, Hit]:
        return {pk: Hit(title="Titel", url="/") for pk in ids}

    register(IndexedSource(name="bench", label="", icon="book", documents=documents, hits=hits))
    started = time.perf_counter()
    reindex(["bench"])
    built = time.perf_counter() - started
    started = time.perf_counter()
    make_peer(invented(size))
    peer_built = time.perf_counter() - started
    queries = [(each.text, each.language) for each in judged.judged()]
    titles = [(title, language) for language, title, _text in invented(150)]
    took = measure(
        {
            "search": (queries, lambda text, code: search_ours(user, text, language=code)),
            "peer": (queries, lambda text, code: ask_peer(text, code, 20)),
            "similar": (titles, lambda text, code: similar_ours(user, text, language=code)),
        }
    )
    return {"built_s": built, "peer_built_s": peer_built, "ms": took}


def measure(
    asked: dict[str, tuple[list[tuple[str, str]], Callable[[str, str], Any]]],
) -> dict[str, list[float]]:
    """Let them take turns, ``ROUNDS`` times after one to warm up; return all milliseconds."""
    took: dict[str, list[float]] = {name: [] for name in asked}
    for number in range(ROUNDS + 1):
        for name, (texts, ask) in asked.items():
            for text, language in texts:
                started = time.perf_counter()
                ask(text, language)
                if number:
                    took[name].append((time.perf_counter() - started) * 1000)
    return took


def invented(size: int) -> Iterator[tuple[str, str, str]]:
    """Give language, title and text of so many documents, always the same ones.

    Sentences of the judged library, the first far more often than the last (Zipf), with a few
    names and numbers in each that hardly any other document has.
    """
    from benchmarks import search_judged as judged

    dice = random.Random(1)
    sentences: dict[str, list[str]] = {}
    heads: dict[str, list[str]] = {}
    for each in judged.texts():
        sentences.setdefault(each.language, []).extend(each.text.split(". "))
        heads.setdefault(each.language, []).append(each.title)
    common = {
        language: list(accumulate(1 / (rank + 3) for rank in range(len(known))))
        for language, known in sentences.items()
    }
    syllables = ["ba", "do", "fa", "ga", "ho", "ja", "ka", "lu", "mi", "no", "ra", "so", "ta", "wi"]
    for number in range(size):
        language = ("de", "de", "de", "de", "de", "de", "en", "ar", "fa", "uk")[number % 10]
        chosen = dice.choices(sentences[language], cum_weights=common[language], k=8)
        names = ["".join(dice.choices(syllables, k=4)).title() for _ in range(6)]
        title = f"{dice.choice(heads[language])} {names[0]}"
        yield language, title, ". ".join([*chosen, " ".join(names)])


# ------------------------------------------------------------------ tables


def show_quality(figures: dict[str, dict[str, dict[str, float]]]) -> None:
    """Print the nDCG of each language."""
    columns = ("all", "de", "en", "ar", "fa", "uk", "unseen")
    print("\nOrder of the search, nDCG@10 on judged searches (1 is perfect)")
    print(f"{'':28}" + "".join(f"{name:>8}" for name in columns))
    for database, found in figures.items():
        for who, scores in found.items():
            label = f"{database}, {'ours' if who == 'ours' else 'its own search'}"
            print(f"{label:28}" + "".join(f"{scores[name]:8.3f}" for name in columns))


def show_speed(size: int, figures: dict[str, Any]) -> None:
    """Print how long everything takes."""
    print(f"\nSpeed of the search, {size:,} documents, PostgreSQL")
    print(f"{'':28}{'built s':>9}{'p50 ms':>9}{'p95 ms':>9}{'mean ms':>9}")
    rows = (
        ("ours", "search", figures["built_s"]),
        ("PostgreSQL's own (peer)", "peer", figures["peer_built_s"]),
        ("asked before?", "similar", None),
    )
    for label, name, built in rows:
        took = figures["ms"][name]
        begun = f"{built:9.1f}" if built else f"{'':9}"
        print(
            f"{label:28}{begun}{median(took):9.1f}{quantiles(took, n=20)[18]:9.1f}{mean(took):9.1f}"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
