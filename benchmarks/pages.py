"""Every page a role needs, at programme scale on PostgreSQL, two workers, ten and two at once.

The server keeps a page for a minute as long as nothing happens; so the last column asks for each
page under an address of its own, which is drawn anew each time.

The data set is made once (about twenty minutes) and kept in ``var/bench/``; ``BENCH_DATABASE_URL``
takes another PostgreSQL. The peer in the same run is the least a Django page can cost here: the
answer of ``/health/live``, which asks no database, so each figure stands beside what server,
client and machine cost by themselves.
"""

import argparse
import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median, quantiles

REQUESTS = 400
#: As many as ask at the same moment (a busy morning, one for each worker), and whether each answer
#: is drawn anew.
CROWDS = ((10, False), (2, False), (2, True))
ROUNDS = 3
FOLDER = Path(os.environ.get("DATA_DIR", "var")).resolve() / "bench"


@dataclass(frozen=True)
class Page:
    """What is asked for: a role of the demo accounts, a name for the table, an address."""

    role: str
    name: str
    address: str


@dataclass(frozen=True)
class Figure:
    """What one page costs when so many ask at once: per second, milliseconds, queries."""

    role: str
    name: str
    at_once: int
    is_anew: bool
    per_second: float
    p50: float
    p95: float
    queries: int


def main(arguments: list[str]) -> None:
    """Print the table and write ``var/bench/pages.json``."""
    parser = argparse.ArgumentParser(prog="benchmarks.pages")
    parser.add_argument("--requests", type=int, default=REQUESTS, help="of each page in a round")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    wanted = parser.parse_args(arguments)
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "static").mkdir(exist_ok=True)
    os.environ["DATA_DIR"] = str(FOLDER)
    os.environ.setdefault("SECRET_KEY", "not-secret-only-for-measuring-0123456789-0123456789")
    address = os.environ.get("BENCH_DATABASE_URL")
    if not address:
        from tandemwerk.config.embedded import start_postgres

        address = start_postgres(FOLDER / "postgres")
    os.environ |= {
        "DATABASE_URL": address,
        "DJANGO_SETTINGS_MODULE": "tandemwerk.config.settings",
        "MFA_REQUIRED": "0",
        "LOG_LEVEL": "ERROR",
        "ALLOWED_HOSTS": "testserver",
    }
    tandemwerk("migrate", "-v", "0")
    tandemwerk("collectstatic", "--noinput", "-v", "0")
    import django

    django.setup()
    from tandemwerk.people.models import User

    if not User.objects.exists():
        tandemwerk("seed", "--scale", "programme")
    pages = [Page("-", "nothing (peer)", "/health/live"), *the_pages()]
    cookies = {role: session(role) for role in {page.role for page in pages} - {"-"}}
    cases = [(page, crowd) for page in pages for crowd in CROWDS]
    figures: dict[tuple[Page, tuple[int, bool]], list[Figure]] = {case: [] for case in cases}
    with served() as port:
        for _ in range(wanted.rounds):
            for page, crowd in cases:
                cookie = cookies.get(page.role, "")
                found = measure(page, port, cookie, crowd=crowd, requests=wanted.requests)
                figures[page, crowd].append(found)
    best = [
        Figure(
            page.role,
            page.name,
            *crowd,
            median(figure.per_second for figure in rounds),
            median(figure.p50 for figure in rounds),
            median(figure.p95 for figure in rounds),
            rounds[0].queries,
        )
        for (page, crowd), rounds in figures.items()
    ]
    show(best)
    (FOLDER / "pages.json").write_text(json.dumps([asdict(figure) for figure in best], indent=1))


def tandemwerk(*arguments: str) -> None:
    """Run a command of ours in the benchmark's environment."""
    subprocess.run([sys.executable, "-m", "tandemwerk.config.cli", *arguments], check=True)


def the_pages() -> list[Page]:
    """Return the pages of each role, with records of the coordinator's site."""
    from django.urls import reverse
    from django.utils.translation import override

    from tandemwerk.intake.models import Participation
    from tandemwerk.programme.models import Site
    from tandemwerk.tandems.models import Tandem

    site = Site.objects.get(pk=1)
    tandem = Tandem.objects.filter(site=site, state="active").order_by("pk").first()
    person = Participation.objects.filter(site=site).order_by("pk").first()
    named = [
        ("-", "map of sites", "programme:sites", {}, ""),
        ("-", "nearest sites", "programme:sites", {}, "?q=86150"),
        ("-", "map data of 900 sites", "programme:sites_geojson", {}, ""),
        ("-", "page of a site", "programme:site_public", {"slug": site.slug}, ""),
        ("coordinator", "worklist", "portal:start", {}, ""),
        ("coordinator", "people", "intake:people", {"slug": site.slug}, ""),
        ("coordinator", "person", "intake:person", {"pk": person.pk}, ""),
        ("coordinator", "tandems", "tandems:list", {}, ""),
        ("coordinator", "tandem", "tandems:tandem", {"pk": tandem.pk}, ""),
        ("coordinator", "board", "tandems:board", {"slug": site.slug}, ""),
        ("coordinator", "audit trail", "programme:audit", {}, ""),
        ("carrier", "start page", "portal:start", {}, ""),
        ("network", "start page", "portal:start", {}, ""),
        ("network", "overview", "portal:overview", {}, ""),
        ("ministry", "overview", "portal:start", {}, ""),
        ("volunteer", "start page", "portal:start", {}, ""),
        *_pages_of_knowledge(),
    ]
    with override("de"):
        return [
            Page(role, name, reverse(url, kwargs=kwargs) + query)
            for role, name, url, kwargs, query in named
        ]


def _pages_of_knowledge() -> list[tuple[str, str, str, dict[str, object], str]]:
    """Return the pages of community, library, search and news, with the longest topic."""
    from django.db.models import Count

    from tandemwerk.community.models import Space, Topic
    from tandemwerk.knowledge.models import Article

    meeting = Space.objects.get(kind="members")
    topics = Topic.objects.filter(space=meeting, kind="question").annotate(count=Count("posts"))
    usual, longest = topics.filter(count=8).first(), topics.order_by("-count")[0]
    article = Article.objects.filter(audience="public", live=True).order_by("pk")[0]
    return [
        ("coordinator", "community", "community:home", {}, ""),
        ("coordinator", "space of all members", "community:space", {"slug": meeting.slug}, ""),
        ("coordinator", "topic, 8 posts", "community:topic", {"pk": (usual or longest).pk}, ""),
        ("coordinator", "topic, the longest", "community:topic", {"pk": longest.pk}, ""),
        ("coordinator", "ask something", "community:topic_new", {"slug": meeting.slug}, ""),
        ("coordinator", "directory", "community:people", {}, ""),
        ("coordinator", "library", "knowledge:shelf", {}, ""),
        ("coordinator", "library, filtered", "knowledge:shelf", {}, "?kind=guide"),
        ("coordinator", "article", "knowledge:article", {"slug": article.slug}, ""),
        ("coordinator", "search", "portal:search", {}, "?q=Wohnungssuche"),
        ("coordinator", "search, two words", "portal:search", {}, "?q=Jobcenterbrief+Frist"),
        ("coordinator", "news", "messaging:notices", {}, ""),
        ("network", "chain of knowledge", "community:chain", {}, ""),
        ("network", "moderation", "community:moderation", {}, ""),
        ("editor", "reviews and drafts", "knowledge:drafts", {}, ""),
        ("-", "library of strangers", "knowledge:shelf", {}, ""),
        ("-", "article of strangers", "knowledge:article", {"slug": article.slug}, ""),
    ]


def session(role: str) -> str:
    """Return the cookies of a browser with a session of the role's demo account."""
    from django.conf import settings
    from django.http import HttpRequest
    from django.middleware.csrf import get_token
    from django.test import Client

    from tandemwerk.people.models import User

    client = Client()
    user = User.objects.get(email=f"{role}@demo.example")
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    signed_in = client.cookies[settings.SESSION_COOKIE_NAME].value
    visited = HttpRequest()
    get_token(visited)
    token = visited.META["CSRF_COOKIE"]
    return f"{settings.SESSION_COOKIE_NAME}={signed_in}; {settings.CSRF_COOKIE_NAME}={token}"


@contextmanager
def served() -> Iterator[int]:
    """Start the production server with two workers; give its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {
        "PORT": str(port),
        "BASE_URL": f"http://127.0.0.1:{port}",
        "WEB_WORKERS": "2",
    }
    command = [sys.executable, "-m", "tandemwerk.config.cli", "serve"]
    server = subprocess.Popen(command, env=environment, start_new_session=True)
    try:
        for _ in range(1200):  # it first brings database and files up to date
            if server.poll() is not None:
                raise SystemExit("the server did not start")
            try:
                ask(port, "/health/live", "")
                break
            except OSError:
                time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=20)


def ask(port: int, address: str, cookie: str) -> float:
    """Ask for one page; return the milliseconds. Anything but 200 ends the benchmark."""
    start = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", address, headers={"Cookie": cookie, "Accept-Language": "de"})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    if answer.status != http.HTTPStatus.OK:
        message = f"{address} answered {answer.status}"
        raise SystemExit(message)
    return (time.perf_counter() - start) * 1000


def measure(
    page: Page, port: int, cookie: str, *, crowd: tuple[int, bool], requests: int
) -> Figure:
    """Ask so many times, so many at a time, after a few to warm up."""
    at_once, is_anew = crowd
    mark = "&" if "?" in page.address else "?"

    def once(number: int) -> float:
        unlike = f"{mark}look={time.time_ns()}{number}" if is_anew else ""
        return ask(port, page.address + unlike, cookie)

    with ThreadPoolExecutor(at_once) as pool:
        list(pool.map(once, range(at_once * 2)))
        start = time.perf_counter()
        took = list(pool.map(once, range(requests)))
        seconds = time.perf_counter() - start
    return Figure(
        page.role,
        page.name,
        at_once,
        is_anew,
        requests / seconds,
        median(took),
        quantiles(took, n=20)[18],
        queries(page, cookie),
    )


def queries(page: Page, cookie: str) -> int:
    """Count the queries of the page, in this process on the same database."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"cookie": cookie, "accept-language": "de"})
    client.get(page.address)
    with CaptureQueriesContext(connection) as captured:
        client.get(page.address)
    return len(captured)


def show(figures: list[Figure]) -> None:
    """Print the table: a line for each page, all crowds beside each other."""
    heads = "".join(
        f" | {n:>2} {'anew' if is_anew else 'at once'}: per s  p50 ms  p95 ms"
        for n, is_anew in CROWDS
    )
    print(f"\n{'role':12} {'page':24} queries{heads}")
    for first in range(0, len(figures), len(CROWDS)):
        row = figures[first : first + len(CROWDS)]
        cells = "".join(
            f" | {f.per_second:{14 if f.is_anew else 17}.1f} {f.p50:7.1f} {f.p95:7.1f}" for f in row
        )
        print(f"{row[0].role:12} {row[0].name:24} {row[0].queries:7d}{cells}")


if __name__ == "__main__":
    main(sys.argv[1:])
