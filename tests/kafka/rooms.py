"""A control room as a process on a real broker, and a browser's part of the talk with it."""

import json
import queue
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple, Self, cast

import httpx

from tests.kafka.siaga import Siaga, Started

__all__ = ["PASSWORD", "Browser", "Event", "RoomFiles"]

PASSWORD: Final = "tujuh puluh tujuh TPS"
_WAIT_S: Final = 30.0
Json = Mapping[str, object]


class Event(NamedTuple):
    """An event of a stream, and when it came."""

    id: str
    kind: str
    data: str
    at_s: float

    @property
    def document(self) -> Json:
        """What it says."""
        return cast("Json", json.loads(self.data))

    def rows(self, kind: str) -> list[Json]:
        """Return the rows of one kind that it brings."""
        found = self.document.get(kind, [])
        rows = cast("Json", found).get("put", []) if isinstance(found, Mapping) else found
        return cast("list[Json]", rows)


class RoomFiles:
    """The settings of rooms that belong together, and their users."""

    def __init__(self, siaga: Siaga, folder: Path, election: Path) -> None:
        self._siaga = siaga
        self.users = folder / "users.toml"
        secret = folder / "session.key"
        secret.write_text("a-secret-that-all-rooms-of-the-tests-share", encoding="utf-8")
        room = folder / "room.toml"
        room.write_text(f'session_secret_file = "{secret}"\n', encoding="utf-8")
        self.settings = folder / "siaga.toml"
        self.settings.write_text(
            f'users_file = "{self.users}"\nroom_file = "{room}"\nelections = ["{election}"]\n',
            encoding="utf-8",
        )

    def add(self, name: str, role: str, area: str) -> None:
        """Let somebody in."""
        words = (
            "users",
            "add",
            name,
            "--name",
            name.title(),
            "--role",
            role,
            "--users-file",
            str(self.users),
        )
        more = ("--area", area, "--password-stdin") if area else ("--password-stdin",)
        done = self._siaga.run(*words, *more, given=PASSWORD.encode() + b"\n")
        assert 0 == done.returncode, done.stderr.decode()

    def start(self, port: int) -> Started:
        """Start a room."""
        words = ("--listen", f"127.0.0.1:{port}", "--config", str(self.settings))
        return self._siaga.start("room", *words)

    def start_worker(self) -> Started:
        """Start a worker that knows the users."""
        return self._siaga.start("worker", "--config", str(self.settings))


class Browser:
    """Somebody who has logged in to a room."""

    def __init__(self, port: int, cookies: httpx.Cookies, csrf: str) -> None:
        self._client = httpx.Client(
            base_url=f"http://127.0.0.1:{port}", timeout=_WAIT_S, cookies=cookies
        )
        self._csrf = csrf
        self._events = queue.Queue[Event]()
        self._gone = threading.Event()
        self.seen: list[Event] = []
        """All events that were taken from the stream."""
        self._others: list[Browser] = []
        self._listening: list[threading.Thread] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for one in (self, *self._others):
            one.close()

    def close(self) -> None:
        """Listen no more, and hang up; a stream brings a clock each second, and ends by it."""
        self._gone.set()
        for thread in self._listening:
            thread.join(5)
        self._client.close()

    @classmethod
    def of(cls, port: int, name: str) -> Self:
        """Log somebody in."""
        form = {"user": name, "password": PASSWORD}
        answer = httpx.post(f"http://127.0.0.1:{port}/api/v1/session", json=form, timeout=_WAIT_S)
        assert 200 == answer.status_code, answer.text
        return cls(port, answer.cookies, answer.json()["csrf"])

    def go_to(self, port: int) -> "Browser":
        """Return the same session at another replica, without a password."""
        self._others.append(Browser(port, self._client.cookies, self._csrf))
        return self._others[-1]

    def get(self, path: str) -> httpx.Response:
        """Ask."""
        return self._client.get(path)

    def post(self, path: str, body: Json) -> httpx.Response:
        """Send something."""
        origin = str(self._client.base_url).rstrip("/")
        headers = {"x-siaga-csrf": self._csrf, "origin": origin}
        return self._client.post(path, json=body, headers=headers)

    def listen(self, since: str = "") -> None:
        """Begin to listen to the stream."""
        self._gone = threading.Event()
        thread = threading.Thread(target=self._listen, args=(since, self._gone), daemon=True)
        self._listening.append(thread)
        thread.start()

    def hang_up(self) -> None:
        """Listen no more."""
        self._gone.set()

    def until_each(self, kind: str, *texts: str) -> list[Event]:
        """Wait for an event of a kind with each text, whichever comes first, or both in one."""
        first = self.until(kind)
        found = {text: first for text in texts if text in first.data}
        while len(found) < len(texts):
            event = self.until(kind)
            found |= {text: event for text in texts if text in event.data and text not in found}
        return [found[text] for text in texts]

    def until(self, kind: str, has: str = "", wait_s: float = _WAIT_S) -> Event:
        """Wait for an event of a kind with a text in it."""
        return self._until(f"{kind} with {has!r}", wait_s, _is(kind, has))

    def until_alert(self, rule: str) -> tuple[Event, Json]:
        """Wait for an alert of a rule, alone of its rule in the event that brings it.

        A snapshot brings it as well as a delta does: topics are read side by side, and with the
        first picture of a kabupaten a stream begins anew.
        """
        event = self._until(f"alert of {rule}", _WAIT_S, lambda one: bool(_alerts(one, rule)))
        [found] = _alerts(event, rule)
        return event, found

    def until_any_alert(self) -> Json:
        """Wait for an event that brings alerts, and return the first of them.

        Asking again and again for all alerts is more than the pace of one person allows.
        """
        event = self._until("alerts", _WAIT_S, lambda one: bool(one.rows("alerts")))
        return event.rows("alerts")[0]

    def until_picture(self) -> Event:
        """Wait for a clock that tells of the picture of some kabupaten; from then on it is there.

        Before it one sees less, and so the stream begins anew with it.
        """
        return self._until("picture", _WAIT_S, lambda one: one.document.get("heard_ms") is not None)

    def _until(self, what: str, wait_s: float, is_it: Callable[[Event], bool]) -> Event:
        ends = time.monotonic() + wait_s
        while True:
            try:
                event = self._events.get(timeout=max(0.0, ends - time.monotonic()))
            except queue.Empty:
                told = [(one.kind, one.id) for one in self.seen]
                raise AssertionError(f"no {what} among {told}") from None
            self.seen.append(event)
            if is_it(event):
                return event

    def _listen(self, since: str, gone: threading.Event) -> None:
        query = {"since": since} if since else {}
        # A process that is killed ends no stream.
        with (
            suppress(httpx.TransportError),
            self._client.stream("GET", "/api/v1/stream", params=query) as answer,
        ):
            assert 200 == answer.status_code
            for event in _events(answer.iter_lines()):
                if gone.is_set():
                    return
                self._events.put(event)


def _is(kind: str, has: str) -> Callable[[Event], bool]:
    return lambda one: one.kind == kind and has in one.data


def _alerts(event: Event, rule: str) -> list[Json]:
    return [row for row in event.rows("alerts") if row["rule"] == rule]


def _events(lines: Iterator[str]) -> Iterator[Event]:
    fields: dict[str, str] = {}
    for line in lines:
        if line:
            name, _, value = line.partition(": ")
            fields[name] = value
        elif "event" in fields:
            yield Event(fields.get("id", ""), fields["event"], fields["data"], time.monotonic())
            fields = {}
