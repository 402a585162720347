"""A stage for the page: an HTTP server that speaks as the room does and does what a test tells it.

    with Stage(opening(many(5))) as stage:
        stage.say(Delta(...))          # an event of the stream
        stage.cut()                    # no connection any more
        stage.restore()

It holds one made-up day and no rules: a command is answered as the test wishes. What the real room
answers is tested with it (tests/page/test_room_live.py); here it is the page alone.
"""

import asyncio
import json
import queue
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Final, Self, cast
from urllib.parse import unquote

import msgspec

from streams.domain.times import EpochMs
from streams.engine.topics import Topic
from streams.room.assets import Assets
from streams.room.curves import Curves, Sum
from streams.room.documents import AreaRow, Clock, Delta, Session, Snapshot, TpsRow
from streams.room.model import Model
from streams.room.page_documents import Curve
from streams.web.message import Incoming
from tests.support.room_houses import arrived

__all__ = ["Stage"]

_PAGE: Final = Path(__file__).parents[2] / "streams" / "room" / "page"
_TYPES: Final = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css",
    ".js": "text/javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
_POLICY: Final = (
    "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; "
    "connect-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
)
_WAIT_S: Final = 0.2
Event = Clock | Delta | Snapshot
_KINDS: Final = {Clock: "clock", Delta: "delta", Snapshot: "snapshot"}


class Stage:
    """The server; all its doors are methods of `_Door`."""

    def __init__(self, snapshot: Snapshot, *, is_open: bool = True) -> None:
        """Begin with a picture; `is_open`: the page's user is logged in already."""
        self.snapshot = snapshot
        self.session: Session | None = snapshot.session if is_open else None
        self.commands: list[dict[str, object]] = []
        self.said: dict[str, object] = {}
        """What the journal keeps of reports, by id."""
        self.borders: dict[str, object] | None = None
        """The drawing that this room has; None: it answers that there is none."""
        self.assets: Assets | None = None
        """The room's own files, with the worker that keeps them; None: a page that is not kept."""
        self.oidc_title = ""
        """How the identity provider is called; empty: there is none."""
        self.since: list[str] = []
        self.is_cut = False
        self.sequence = 0
        self.told: list[tuple[int, str, bytes]] = []
        self.listeners: list[queue.SimpleQueue[int]] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _door_of(self))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))

    def __enter__(self) -> Self:
        """Serve."""
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Serve no more."""
        self.is_cut = True
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def address(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def say(self, event: Event) -> None:
        """Send an event to every page that listens; who comes back is sent what he missed."""
        self.sequence += 1
        self.told.append((self.sequence, _KINDS[type(event)], msgspec.json.encode(event)))
        for listener in list(self.listeners):
            listener.put(self.sequence)

    def cut(self) -> None:
        """Hang up, and answer nobody."""
        self.is_cut = True

    def restore(self) -> None:
        """Answer again."""
        self.is_cut = False


def _curve(snapshot: Snapshot) -> Curve:
    """Return the curve of the day as the room counts it of the picture that everybody sees."""
    model = Model()
    rows: list[AreaRow | TpsRow] = [*snapshot.areas, *snapshot.tps]
    for row in rows:
        model.apply(arrived(Topic.PICTURE, row.key, msgspec.json.encode(row), EpochMs(0)))
    curves = Curves(model.pictures)
    keys = [key for own in model.pictures.whole.values() for key in own]
    return Sum(piece for key in keys for piece in curves.whole(key, 0)).curve()


def _door_of(stage: Stage) -> type[BaseHTTPRequestHandler]:
    class Door(_Door):
        at = stage

    return Door


class _Door(BaseHTTPRequestHandler):
    at: Stage
    # Connections are kept: a page is seventy files. Heads and bodies go out in two writes.
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the parent's name
        """Say nothing: a test has its own words."""

    def do_GET(self) -> None:
        """Answer for the page, its files, the session and the stream."""
        path, _, query = self.path.partition("?")
        if self.at.is_cut:
            self.close_connection = True
        elif path == "/api/v1/stream":
            self._stream(query)
        elif path == "/api/v1/session":
            self._session()
        elif path == "/api/v1/said":
            asked = unquote(query.partition("=")[2]).split(",")
            self._answer(200, {"said": [self.at.said[one] for one in asked if one in self.at.said]})
        elif path == "/api/v1/borders" and self.at.borders is not None:
            self._answer(200, self.at.borders)
        elif path == "/api/v1/curve":
            self._bytes(200, "application/json", msgspec.json.encode(_curve(self.at.snapshot)))
        elif path.startswith("/api/"):
            self._answer(404, {"reason": "unknown", "title": "no such thing here"})
        else:
            self._file(path)

    def do_POST(self) -> None:
        """Answer for logging in and for commands."""
        length = int(self.headers.get("Content-Length", "0"))
        body = cast("dict[str, object]", json.loads(self.rfile.read(length) or b"{}"))
        if self.at.is_cut:
            self.close_connection = True
        elif self.path == "/api/v1/session":
            self._log_in(body)
        elif self.headers.get("X-Siaga-Csrf") != "word":
            self._answer(403, {"reason": "csrf", "title": "no CSRF word"})
        else:
            self.at.commands.append(body)
            self._answer(202, {"id": body["id"]})

    def do_DELETE(self) -> None:
        """Log out."""
        self.at.session = None
        self.send_response(204)
        self.end_headers()

    def _log_in(self, body: dict[str, object]) -> None:
        if body != {"user": "operator-2", "password": "right"}:
            self._answer(401, {"reason": "login", "title": "wrong"})
            return
        self.at.session = self.at.snapshot.session
        self._session()

    def _session(self) -> None:
        if self.at.session is None:
            title = self.at.oidc_title
            known = {"oidc": bool(title), "oidc_title": title}
            self._answer(401, {"reason": "login", "title": "log in", **known})
        else:
            self._bytes(200, "application/json", msgspec.json.encode(self.at.session))

    def _file(self, path: str) -> None:
        if self.at.assets is not None:
            self._asset(self.at.assets, path)
            return
        if path == "/sw.js":  # It keeps nothing here: what a test sees has come from this server.
            self._bytes(200, "text/javascript", b"")
            return
        name = path.removeprefix("/page/") if path.startswith("/page/") else "index.html"
        file = _PAGE / name
        if not file.is_file():
            self._bytes(404, "text/plain", b"")
            return
        kind = _TYPES.get(file.suffix, "text/plain")
        self._bytes(200, kind, file.read_bytes(), is_kept=file.suffix != ".html")

    def _asset(self, assets: Assets, path: str) -> None:
        is_file = path.startswith("/page/")
        ask = assets.worker if path == "/sw.js" else assets.file if is_file else assets.shell
        tag = self.headers.get("If-None-Match", "")
        name = path.removeprefix("/page/")
        answer = asyncio.run(ask(Incoming(path={"file": name}, headers={"if-none-match": tag})))
        self.send_response(answer.status)
        for header, text in answer.headers:
            self.send_header(header, text)
        self.send_header("Content-Type", answer.media_type)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    def _answer(self, status: int, body: object) -> None:
        self._bytes(status, "application/json", json.dumps(body).encode())

    def _bytes(self, status: int, kind: str, body: bytes, *, is_kept: bool = False) -> None:
        self.send_response(status)
        if is_kept:
            self.send_header("Cache-Control", "max-age=600")
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", _POLICY)
        self.end_headers()
        self.wfile.write(body)

    def _stream(self, query: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        since = dict(part.split("=") for part in query.split("&") if "=" in part).get("since", "")
        self.at.since.append(since)
        listener: queue.SimpleQueue[int] = queue.SimpleQueue()
        self.at.listeners.append(listener)
        try:
            self._begin(since)
            while not self.at.is_cut:
                self._next(listener)
        except OSError:
            pass  # The page has gone.
        finally:
            self.at.listeners.remove(listener)
            self.close_connection = True

    def _begin(self, since: str) -> None:
        known = int(since.partition(".")[2] or 0) if since else None
        if known is None:
            self._event(self.at.sequence, "snapshot", msgspec.json.encode(self.at.snapshot))
        else:
            for sequence, kind, value in self.at.told[known:]:
                self._event(sequence, kind, value)

    def _next(self, listener: "queue.SimpleQueue[int]") -> None:
        try:
            sequence = listener.get(timeout=_WAIT_S)
        except queue.Empty:
            return
        self._event(*self.at.told[sequence - 1])

    def _event(self, sequence: int, kind: str, value: bytes) -> None:
        head = f"id: stage.{sequence}\nevent: {kind}\ndata: ".encode()
        self.wfile.write(head + value + b"\n\n")
        self.wfile.flush()
