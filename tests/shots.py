"""``make shots``: a picture of every page of the demo, narrow and wide, German and Arabic.

Which pages there are and who may open them, the matrix of the tests knows. The pictures lie in
``var/shots/<width>-<language>/<role>-<address>.png``, with the README's picture beside them.
``python -m tests.shots fa tandems website`` takes fewer: these languages, these rooms.
"""

import itertools
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

TARGET = Path("var/shots").resolve()
#: Role of the matrix -> account of the demo, in the order in which they are asked.
ACCOUNTS = {
    "anonymous": None,
    "coordinator": "coordinator",
    "network": "network",
    "network_editor": "editor",
    "ministry": "ministry",
    "carrier_lead": "carrier",
    "volunteer": "volunteer",
    "newcomer": "newcomer",
}
PORT = os.environ.get("PORT", "8765")
SIZES = {390: 844, 1280: 900}


def main(languages: list[str], rooms: list[str]) -> None:
    """Seed a demo of its own, serve it and visit every page."""
    folder = Path(tempfile.mkdtemp(prefix="tandemwerk-shots-"))
    os.environ |= {
        "DATA_DIR": str(folder),
        "DEMO": "1",
        "DEMO_PASSWORD": "demo-demo-demo",
        "DJANGO_SETTINGS_MODULE": "tandemwerk.config.settings",
        "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
        "BASE_URL": f"http://127.0.0.1:{PORT}",
        "PORT": PORT,
    }
    (folder / "static").mkdir()
    command = [sys.executable, "-m", "tandemwerk.config.cli"]
    for arguments in (
        ["migrate", "-v", "0"],
        ["collectstatic", "--noinput", "-v", "0"],
        ["seed", "--scale", "demo"],
        ["worker", "--batch"],
    ):
        subprocess.run([*command, *arguments], check=True)
    server = subprocess.Popen([*command, "serve"], start_new_session=True)
    try:
        visit(languages, rooms)
    finally:
        server.terminate()
        server.wait(timeout=20)
        shutil.rmtree(folder)


def visit(languages: list[str], rooms: list[str]) -> None:
    """Take the pictures of these rooms' pages, or of all."""
    import django

    django.setup()
    from django.urls import reverse
    from django.utils.translation import override
    from playwright.sync_api import sync_playwright

    from tests.browser.conftest import FLAGS, sign_in_as
    from tests.cover import make_cover

    world = demo_world()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        pages = {}

        def window(role: str, language: str, width: int):
            """Return the window that this role, language and width share."""
            page = pages.get((role, language, width))
            if not page:
                context = browser.new_context(
                    viewport={"width": width, "height": SIZES[width]},
                    locale=language,
                    color_scheme=os.environ.get("SCHEME", "light"),
                )
                page = pages[role, language, width] = context.new_page()
                if role != "anonymous":
                    sign_in_as(page, world.users[role], os.environ["BASE_URL"])
            return page

        def show(role: str, language: str, width: int, name: str, query: str = "", /, **kwargs):
            """Open an address in a window."""
            with override(language):
                address = reverse(name, kwargs=kwargs)
            return turn(window(role, language, width), address + query)

        def keep(page, language: str, width: int, name: str) -> None:
            """Take the picture of what a window shows."""
            file = TARGET / f"{width}-{language}" / f"{name}.png"
            file.parent.mkdir(parents=True, exist_ok=True)
            # As high as the page is: the bar at the window's foot then covers nothing.
            height = page.evaluate("document.documentElement.scrollHeight")
            page.set_viewport_size({"width": width, "height": max(SIZES[width], height)})
            page.screenshot(path=file, full_page=True)
            page.set_viewport_size({"width": width, "height": SIZES[width]})
            print(file.relative_to(TARGET.parent), flush=True)

        make_cover(
            show("coordinator", "de", 1280, "portal:start"),
            show("anonymous", "ar", 390, "programme:sites"),
            TARGET / "start.png",
        )
        for row, role, name in looked_at(rooms):
            kwargs = row.kwargs(world)
            for language, width in itertools.product(languages, SIZES):
                page = show(role, language, width, row.name, row.query, **kwargs)
                keep(page, language, width, name)
        for language, width in itertools.product(languages, SIZES):
            for number, address in enumerate(website(language, rooms), start=1):
                page = turn(window("anonymous", language, width), address)
                keep(page, language, width, f"website-{number:02}")
        browser.close()


def turn(page, address: str):
    """Open ``address`` and wait until its letters and its map are there."""
    page.goto(os.environ["BASE_URL"] + address, wait_until="load")
    page.evaluate("document.fonts.ready.then(() => true)")
    if page.query_selector("[data-map]"):
        page.wait_for_load_state("networkidle")
    return page


def looked_at(rooms: list[str]):
    """Give the rows of the matrix that are pages, who opens them, and their pictures' names."""
    from tests.test_matrix import ROWS

    seen = Counter()
    for row in ROWS:
        allowed = [role for role in ACCOUNTS if row.expected()[role] == 200]
        wanted = not rooms or row.name.partition(":")[0] in rooms
        if row.method == "GET" and row.is_page and allowed and wanted:
            name = row.id.replace("GET ", "").replace(":", "-").replace("?", "-")
            seen[name] += 1
            again = f"-{seen[name]}" if seen[name] > 1 else ""
            yield row, allowed[0], f"{allowed[0]}-{name}{again}"


def website(language: str, rooms: list[str]) -> list[str]:
    """Return the addresses of what the demo publishes in ``language``, if they are wanted."""
    from wagtail.models import Page

    if rooms and "website" not in rooms:
        return []
    pages = Page.objects.live().filter(locale__language_code=language, depth__gt=1)
    return [page.get_url() for page in pages.order_by("path")]


def demo_world():
    """Return the demo as the world that the matrix speaks of."""
    from tandemwerk.people.models import User
    from tandemwerk.programme.enums import Role
    from tandemwerk.programme.models import Carrier, Membership, Programme, Site
    from tandemwerk.tandems.models import Tandem
    from tests.factories import MembershipFactory
    from tests.world import World

    users = {
        role: User.objects.get(email=f"{account}@demo.example")
        for role, account in ACCOUNTS.items()
        if account
    }
    carrier = Carrier.objects.get(pk=1)
    mine, sister = carrier.sites.order_by("pk")[:2]
    for role in (Role.READER, Role.SAFEGUARDING):
        users[role.value] = MembershipFactory(role=role, site=mine).user
    tandem = Tandem.objects.filter(newcomer__person__user=users["newcomer"]).get()
    foreign = Site.objects.exclude(carrier=carrier).order_by("pk")[0]
    teams = Membership.objects.order_by("-pk")
    users["foreign_coordinator"] = teams.filter(role=Role.COORDINATOR, site=foreign)[0].user
    users["foreign_carrier_lead"] = teams.filter(role=Role.LEAD, carrier=foreign.carrier)[0].user
    return World(
        programme=Programme.objects.get(),
        carrier=carrier,
        mine=mine,
        sister=sister,
        foreign=foreign,
        tandem=tandem,
        foreign_tandem=Tandem.objects.filter(site=foreign).order_by("pk")[0],
        users=users,
    )


if __name__ == "__main__":
    spoken = [word for word in sys.argv[1:] if len(word) == 2]
    main(spoken or ["de", "ar"], [word for word in sys.argv[1:] if word not in spoken])
