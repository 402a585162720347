"""Pictures of the page, for the docs and for whoever looks at it critically.

    python -m tests.page.shots docs/img                  (starts the made-up control room itself)
    python -m tests.page.shots /tmp/shots --room http://127.0.0.1:8120 --only wall desk

The scene is that of `tests.support.room_scene`: a story that was really judged. States that it is
not in by itself (drill, stale, offline, empty, 5,000 alerts) are its snapshot on a stage, changed.
"""

import argparse
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path
from typing import Final, NamedTuple

import httpx
import msgspec
from msgspec.structs import replace
from playwright.sync_api import Browser, Page, ViewportSize

from streams.domain.alert import AlertState
from streams.room.documents import AlertRow, Clock, Snapshot
from tests.page.paletted import paletted
from tests.page.stage import Stage
from tests.support.chromium import browser

__all__ = ["SHOTS", "Shot", "main"]

_DESK: Final = (1600, 1000)
_WALL: Final = (1920, 1080)
_FOUR_K: Final = (3840, 2160)
_LAPTOP: Final = (1366, 768)
_TABLET: Final = (900, 1200)
_PHONE: Final = (390, 844)
_WEIGHED: Final = "click:.row:has-text('W12') .c-due"
"""An alert that rests on reports: its page has most to show."""
_TRIES: Final = 8  # A minute and more: the story is judged first.
_PATIENCE_S: Final = 30
_SETTLE_MS: Final = 2_500
_STALE_MS: Final = 6_500
_MANY: Final = 5_000
_LATER_MS: Final = 90_000

Change = Callable[[Snapshot], Snapshot]


class Shot(NamedTuple):
    """A picture: what is opened, how big, what is pressed, and in which state."""

    path: str = "/"
    size: tuple[int, int] = _DESK
    acts: tuple[str, ...] = ()
    """`key:j`, `click:CSS`, `vision:deuteranopia`, `size:794x1123`, `media:print`."""
    state: str = ""
    """A state of `_STATES`; empty: the live scene."""


SHOTS: Final = {
    "wall": Shot("/wall", _WALL),
    "wall-4k": Shot("/wall", _FOUR_K),
    "wall-light": Shot("/wall?theme=light", _WALL),
    "wall-stale": Shot("/wall", _WALL, state="stale"),
    "wall-drill": Shot("/wall", _WALL, state="drill"),
    "wall-quiet": Shot("/wall", _WALL, state="empty"),
    "wall-deuteranopia": Shot("/wall", _WALL, ("vision:deuteranopia",)),
    "wall-grey": Shot("/wall", _WALL, ("vision:achromatopsia",)),
    "desk": Shot("/?theme=light", acts=("key:j",)),
    "desk-dark": Shot("/?theme=dark", acts=("key:j", "key:g")),
    "desk-english": Shot("/?theme=light&lang=en", acts=("key:j",)),
    "desk-1440": Shot("/?theme=light", (1440, 900), acts=("key:j",)),
    "login": Shot("/?theme=light", state="login"),
    "desk-drill": Shot("/?theme=light", state="drill"),
    "desk-stale": Shot("/?theme=light", acts=("key:j",), state="stale"),
    "desk-offline": Shot("/?theme=light", state="offline"),
    "desk-empty": Shot("/?theme=light", state="empty"),
    "desk-5000": Shot("/?theme=light", acts=("key:j",), state="many"),
    "desk-protanopia": Shot("/?theme=light", acts=("vision:protanopia",)),
    "desk-grey": Shot("/?theme=light", acts=("vision:achromatopsia",)),
    "laptop": Shot("/?theme=light", _LAPTOP),
    "tablet": Shot("/?theme=light", _TABLET),
    "phone": Shot("/?theme=light", _PHONE),
    "phone-dark": Shot("/?theme=dark", _PHONE),
    "alert": Shot("/?theme=light", acts=(_WEIGHED, "key:o")),
    "alert-print": Shot(
        "/?theme=light", _DESK, (_WEIGHED, "key:o", "size:794x1123", "media:print")
    ),
    "tps": Shot("/?theme=light", acts=("click:.tile", "key:g", "click:.zoom a:has(.c-high)")),
    "triage": Shot("/triage?theme=light"),
    "letters": Shot("/letters?theme=light"),
    "form": Shot("/report?theme=light"),
    "handover": Shot("/print/handover", (794, 1123)),
    "situation": Shot("/print/situation", (794, 1123)),
}


def _drill(snapshot: Snapshot) -> Snapshot:
    return replace(
        snapshot,
        alerts=tuple(replace(row, drill=True) for row in snapshot.alerts),
        areas=tuple(replace(area, drill=True) for area in snapshot.areas),
        tps=tuple(replace(one, drill=True) for one in snapshot.tps),
    )


def _empty(snapshot: Snapshot) -> Snapshot:
    return replace(snapshot, alerts=(), triage=(), opened_lately=0)


def _many(snapshot: Snapshot) -> Snapshot:
    rows = islice(cycle(snapshot.alerts), _MANY)
    return replace(snapshot, alerts=tuple(_again(row, at) for at, row in enumerate(rows)))


def _again(row: AlertRow, number: int) -> AlertRow:
    """As if it had opened at another minute: else copies of one would stand together."""
    open_row = replace(row, state=AlertState.UNACKNOWLEDGED) if row.resolved_at else row
    minute, second = (number * 7_919 // 13) % 60, (number * 104_729 // 7) % 60
    opened = f"{row.opened_at[:14]}{minute:02}:{second:02}{row.opened_at[19:]}"
    return replace(open_row, id=f"{row.id[:-5]}{number:05}", opened_at=opened)


def _same(snapshot: Snapshot) -> Snapshot:
    return snapshot


_STATES: Final[dict[str, Change]] = {
    "drill": _drill,
    "stale": _same,
    "offline": _same,
    "empty": _empty,
    "many": _many,
    "login": _same,
}


def main(arguments: Sequence[str]) -> int:
    """Make the pictures; return 1 if a page said something on its console."""
    asked = _asked(arguments)
    asked.folder.mkdir(parents=True, exist_ok=True)
    wanted = {name: SHOTS[name] for name in (asked.only or SHOTS)}
    said: list[str] = []
    with _room(asked.room) as address, browser() as running:
        for name, shot in wanted.items():
            started = time.monotonic()
            target = asked.folder / f"{name}.png"
            said += [f"{name}: {line}" for line in _take(running, address, shot, target)]
            sys.stdout.write(f"{target} {time.monotonic() - started:.1f} s\n")
    for line in said:
        sys.stderr.write(f"{line}\n")
    return 1 if said else 0


def _asked(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.page.shots", description=__doc__)
    parser.add_argument("folder", type=Path, help="where the PNG files go")
    parser.add_argument("--room", default="", help="address of a scene that runs already")
    parser.add_argument("--only", nargs="+", choices=SHOTS, default=(), metavar="NAME")
    return parser.parse_args(arguments)


@contextmanager
def _room(address: str) -> Generator[str]:
    """Give the scene that runs, else start one for the time of the block."""
    if address:
        yield address.rstrip("/")
        return
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    command = [sys.executable, "-m", "tests.support.room_scene", str(port)]
    process = subprocess.Popen(command)
    try:
        _wait_for(f"http://127.0.0.1:{port}/")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def _wait_for(address: str) -> None:
    """Return when somebody answers there; it asks again after 0, 0.5, 1, 2 … seconds.

    Raises:
        httpx.HTTPError: Nobody does.
    """
    patient = httpx.HTTPTransport(retries=_TRIES)
    with httpx.Client(transport=patient, timeout=_PATIENCE_S) as client:
        client.get(address).raise_for_status()


def _take(running: Browser, address: str, shot: Shot, target: Path) -> list[str]:
    """Make one picture; give what the page said on its console."""
    if not shot.state:
        return _look(running, address, shot, target)
    with httpx.Client(base_url=address, timeout=_PATIENCE_S) as client:
        client.get("/")  # The scene gives the session with the page.
        answer = client.get("/api/v1/snapshot").raise_for_status()
    snapshot = msgspec.json.decode(answer.content, type=Snapshot)
    is_open = shot.state != "login"
    with Stage(_STATES[shot.state](snapshot), is_open=is_open) as stage:
        return _look(running, stage.address, shot, target, stage)


def _look(
    running: Browser, address: str, shot: Shot, target: Path, stage: Stage | None = None
) -> list[str]:
    said: list[str] = []
    context = running.new_context(viewport=ViewportSize(width=shot.size[0], height=shot.size[1]))
    page = context.new_page()
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{address}{shot.path}")
    _bring(page, shot, stage)
    for act in shot.acts:
        _do(page, act)
        _pass(page, shot, stage, 800)
    taken = page.screenshot(full_page=shot.path.startswith(("/print", "/letters", "/report")))
    target.write_bytes(paletted(taken))
    context.close()
    return said


def _bring(page: Page, shot: Shot, stage: Stage | None) -> None:
    _pass(page, shot, stage, _SETTLE_MS)
    if shot.path.startswith("/?") and shot.state != "login":
        page.locator(".curve").wait_for(state="attached")  # The last of the panels.
    if stage is not None and shot.state == "stale":
        stage.say(replace(_clock_of(stage), heard_ms=_behind(stage)))
        page.wait_for_timeout(500)
    if stage is not None and shot.state == "offline":
        stage.cut()
        page.wait_for_timeout(_STALE_MS)


def _pass(page: Page, shot: Shot, stage: Stage | None, ms: int) -> None:
    """Let time pass; on a stage somebody must tell the clock."""
    if stage is not None and not stage.is_cut:
        told = _clock_of(stage)
        late = _behind(stage) if shot.state == "stale" else told.now_ms
        stage.say(replace(told, heard_ms=late))
    page.wait_for_timeout(ms)


def _clock_of(stage: Stage) -> Clock:
    server_ms = int(time.time() * 1000)
    return replace(stage.snapshot.clock, server_ms=server_ms, moved_ms=server_ms)


def _behind(stage: Stage) -> int:
    return (stage.snapshot.clock.now_ms or 0) - _LATER_MS


def _do(page: Page, act: str) -> None:
    kind, _, value = act.partition(":")
    if kind == "key":
        page.keyboard.press(value)
    elif kind == "click":
        page.locator(value).first.click()
    elif kind == "media":
        page.emulate_media(media="print")
    elif kind == "size":
        width, _, height = value.partition("x")
        page.set_viewport_size(ViewportSize(width=int(width), height=int(height)))
    else:
        session = page.context.new_cdp_session(page)
        # Playwright types what DevTools take and give as a bare dict.
        send = session.send  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
        send("Emulation.setEmulatedVisionDeficiency", {"type": value})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
