"""A topic page beside django-machina's: same machine, same PostgreSQL, two workers, as many posts.

The peer (django-machina 1.3.1 on Django 5.2) is installed into ``var/bench/machina``, never beside
us, and gets 180 topics with 522 posts; its topic page and ours have the same number of posts. Both
are asked in turns, A B A B, three rounds, ten at once, as somebody signed in; what counts is the
ratio.
"""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

REQUESTS = 300
AT_ONCE = 10
ROUNDS = 3
TOPICS = 180
POSTS = 522
#: On the page that is measured; machina shows fifteen on one page, we show them all.
ON_THE_PAGE = 12
FOLDER = Path(os.environ.get("DATA_DIR", "var")).resolve() / "bench"
PEER = FOLDER / "machina"
HERE = Path(__file__).parent
PEER_NEEDS = (
    "django==5.2.*",
    "django-machina==1.3.1",
    "gunicorn",
    "psycopg[binary]",
    "setuptools<81",
    "whitenoise",
)


@dataclass(frozen=True)
class Server:
    """Somebody who answers: a name, a port, an address and a cookie."""

    name: str
    port: int
    address: str
    cookie: str


def main(_arguments: list[str]) -> None:
    """Print requests per second, p50 and p95 of both, and the ratio."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "topic-static").mkdir(exist_ok=True)
    from tandemwerk.config.embedded import start_postgres

    database = start_postgres(FOLDER / "topic-postgres")
    for name in ("ours", "peer"):
        _make_database(database, name)
    with (
        our_server(_named(database, "ours")) as ours,
        peer_server(_named(database, "peer")) as peer,
    ):
        took: dict[str, list[list[float]]] = {ours.name: [], peer.name: []}
        speed: dict[str, list[float]] = {ours.name: [], peer.name: []}
        for _ in range(ROUNDS):
            for server in (ours, peer):
                start = time.perf_counter()
                took[server.name].append(measure(server))
                speed[server.name].append(REQUESTS / (time.perf_counter() - start))
    print(f"\nA topic of {ON_THE_PAGE} posts, {REQUESTS} requests, {AT_ONCE} at once, signed in")
    print(f"{'':12} {'per s':>8} {'p50 ms':>8} {'p95 ms':>8}   (median of {ROUNDS} rounds)")
    for name, rounds in took.items():
        p50 = median(median(each) for each in rounds)
        p95 = median(quantiles(each, n=20)[18] for each in rounds)
        print(f"{name:12} {median(speed[name]):8.1f} {p50:8.1f} {p95:8.1f}")
    ratio = median(a / b for a, b in zip(speed[ours.name], speed[peer.name], strict=True))
    print(f"ratio ours : peer = {ratio:.2f}")


def _named(database: str, name: str) -> str:
    head, _, tail = database.partition("?")
    return f"{head.rsplit('/', 1)[0]}/topic_{name}{'?' + tail if tail else ''}"


def _make_database(database: str, name: str) -> None:
    import psycopg

    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS topic_{name} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE topic_{name}")


@contextmanager
def our_server(database: str) -> Iterator[Server]:
    """Serve ours with as many topics and posts; the demo's people speak."""
    port = _free_port()
    os.environ |= {
        "DATABASE_URL": database,
        "DATA_DIR": str(FOLDER / "topic-ours"),
        "DJANGO_SETTINGS_MODULE": "tandemwerk.config.settings",
        "MFA_REQUIRED": "0",
        "LOG_LEVEL": "ERROR",
        "ALLOWED_HOSTS": "testserver",
        "PORT": str(port),
        "BASE_URL": f"http://127.0.0.1:{port}",
        "WEB_WORKERS": "2",
    }
    os.environ.setdefault("SECRET_KEY", "not-secret-only-for-measuring-0123456789-0123456789")
    (FOLDER / "topic-ours" / "static").mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "tandemwerk.config.cli"]
    for arguments in (["migrate", "-v", "0"], ["collectstatic", "--noinput", "-v", "0"]):
        subprocess.run([*command, *arguments], check=True)
    address, cookie = _fill_ours()
    with _running([*command, "serve"], os.environ.copy(), port):
        yield Server("tandemwerk", port, address, cookie)


def _fill_ours() -> tuple[str, str]:
    import django

    django.setup()
    from django.conf import settings
    from django.test import Client
    from django.utils.translation import override

    from tandemwerk.community.models import Post, Topic
    from tandemwerk.core import clock
    from tandemwerk.demo.crowd import CrowdSize, fill_with_a_crowd
    from tandemwerk.demo.scale import SCALES
    from tandemwerk.demo.seed import seed
    from tandemwerk.people.models import User

    at = clock.now()
    seed(scale=SCALES["demo"], number=1, password="", at=at, say=lambda _text: None)
    size = CrowdSize(members=60, topics=TOPICS, posts=POSTS, articles=30)
    fill_with_a_crowd(size=size, number=1, at=at, say=lambda _text: None)
    topic = Topic.objects.filter(space__kind="members").order_by("-pk")[0]
    authors = list(
        User.objects.filter(memberships__site__isnull=False).order_by("pk")[:ON_THE_PAGE]
    )
    words = "Wir machen das so: erst lesen, dann fragen, dann gemeinsam antworten."
    missing = ON_THE_PAGE - topic.posts.count()
    Post.objects.bulk_create(
        [
            Post(
                topic=topic,
                author=authors[number],
                body=words,
                html=f"<p>{words}</p>",
                key=f"bench-{number}",
                created_at=at,
            )
            for number in range(max(missing, 0))
        ]
    )
    client = Client()
    user = User.objects.get(email="coordinator@demo.example")
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    name = settings.SESSION_COOKIE_NAME
    with override("de"):
        return topic.get_absolute_url(), f"{name}={client.cookies[name].value}"


@contextmanager
def peer_server(database: str) -> Iterator[Server]:
    """Install and fill django-machina in its own environment, and serve it with two workers."""
    python = PEER / "venv" / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(PEER / "venv")], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "-q", *PEER_NEEDS], check=True)
    port = _free_port()
    environment = {
        "PATH": os.environ["PATH"],
        "PEER_DATABASE": database,
        "PEER_FOLDER": str(PEER),
        "PEER_SIZES": f"{TOPICS} {POSTS} {ON_THE_PAGE}",
        "PYTHONPATH": str(HERE / "peers"),
        "DJANGO_SETTINGS_MODULE": "machina_settings",
    }
    filled = subprocess.run(
        [str(python), str(HERE / "peers" / "machina_fill.py")],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    address, cookie = filled.stdout.strip().splitlines()[-1].split(" ", 1)
    command = [str(python), "-m", "gunicorn", "machina_wsgi:application"]
    command += ["--workers", "2", "--threads", "4", "--preload", "-b", f"127.0.0.1:{port}"]
    with _running([*command, "--log-level", "error"], environment, port):
        yield Server("machina", port, address, cookie)


@contextmanager
def _running(command: list[str], environment: dict[str, str], port: int) -> Iterator[None]:
    server = subprocess.Popen(command, env=environment, start_new_session=True)
    try:
        for _ in range(300):
            if server.poll() is not None:
                message = f"{command[-1]} did not start"
                raise SystemExit(message)
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield
    finally:
        server.terminate()
        server.wait(timeout=20)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def ask(server: Server) -> float:
    """Ask for the page; return the milliseconds. Anything but 200 ends the benchmark."""
    start = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    headers = {"Cookie": server.cookie, "Accept-Language": "de"}
    connection.request("GET", server.address, headers=headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    if answer.status != http.HTTPStatus.OK:
        message = f"{server.name}: {server.address} answered {answer.status}"
        raise SystemExit(message)
    return (time.perf_counter() - start) * 1000


def measure(server: Server) -> list[float]:
    """Ask after a few to warm up; return the milliseconds of each."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(lambda _: ask(server), range(AT_ONCE * 2)))
        return list(pool.map(lambda _: ask(server), range(REQUESTS)))


if __name__ == "__main__":
    main(sys.argv[1:])
