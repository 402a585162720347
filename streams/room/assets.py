"""The files of the page, as they are shipped: read once, sent with a hash, asked for again by it.

Every address that the page routes by itself is answered with the same shell. Nothing is loaded from
elsewhere, no script and no style stands in the shell, and the browser is told to keep it so.

The worker that keeps the page for when this server is away is told which files belong together: a
change of any of them is another worker, so browsers fetch all of them anew. The shell bears the
version of its files, and sessions that of the room: so an open page notices when they differ.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from streams.web.message import Answer, Incoming
from streams.web.refusal import Reason, Refusal

__all__ = ["CSP", "FOLDER", "SHELL_PATHS", "Assets"]

FOLDER: Final = Path(__file__).parent / "page"
_SHELL: Final = "index.html"
_WORKER: Final = "sw.js"
_VERSION: Final = b'name="siaga-version"'
"""What the shell tells its version by; in the file it is empty."""
CSP: Final = (
    "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; "
    "connect-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'; "
    "object-src 'none'"
)
SHELL_PATHS: Final = (
    "/",
    "/login",
    "/wall",
    "/triage",
    "/letters",
    "/report",
    "/alert/{id}",
    "/tps/{code}",
    "/print/handover",
    "/print/situation",
    "/print/alert/{id}",
)
"""Addresses that the page routes by itself."""
_TYPES: Final = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".woff2": "font/woff2",
    ".wav": "audio/wav",
    ".txt": "text/plain; charset=utf-8",
    ".toml": "text/plain; charset=utf-8",
    ".map": "application/json",
    ".geojson": "application/geo+json",
}
_SAFE: Final = (
    ("content-security-policy", CSP),
    ("cache-control", "no-cache"),
    ("referrer-policy", "same-origin"),
    ("x-frame-options", "DENY"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
)


class _File(Struct, frozen=True):
    body: bytes
    media_type: str
    tag: str


class Assets:
    """The files of a folder, by their path in it; `version` is another one with any of them."""

    def __init__(self, folder: Path = FOLDER, *, is_fresh: bool = False) -> None:
        """Read them; `is_fresh`: each time anew, for whoever changes them."""
        self._folder = folder
        self._is_fresh = is_fresh
        self._files: Mapping[str, _File]
        self._files, self.version = _read(folder)

    async def shell(self, incoming: Incoming) -> Answer:
        """Return the page."""
        return self._answer(_SHELL, incoming)

    async def file(self, incoming: Incoming) -> Answer:
        """Return a file of the page."""
        return self._answer(incoming.path["file"], incoming)

    async def worker(self, incoming: Incoming) -> Answer:
        """Return the worker that keeps the page, after the version and the tags of its files."""
        return self._answer(_WORKER, incoming)

    def _answer(self, name: str, incoming: Incoming) -> Answer:
        if self._is_fresh:
            self._files, self.version = _read(self._folder)
        found = self._files.get(name)
        if found is None:
            raise Refusal(Reason.UNKNOWN)
        headers = (*_SAFE, ("etag", found.tag))
        if found.tag in incoming.header("if-none-match"):
            return Answer(304, media_type=found.media_type, headers=headers)
        return Answer(200, found.body, found.media_type, headers)


def _read(folder: Path) -> tuple[dict[str, _File], str]:
    """Return the files, and of which version they are."""
    files = {
        file.relative_to(folder).as_posix(): _file(file.read_bytes(), media_type)
        for file in sorted(folder.rglob("*"))
        if (media_type := _TYPES.get(file.suffix)) is not None and file.is_file()
    }
    version = hashlib.sha256(msgspec.json.encode(_tags(files))).hexdigest()[:16]
    shell, worker = files.get(_SHELL), files.pop(_WORKER, None)
    if shell is not None:
        here = b'%b content="%b"' % (_VERSION, version.encode())
        body = shell.body.replace(b'%b content=""' % _VERSION, here)
        files[_SHELL] = _file(body, shell.media_type)
    if worker is not None:
        files[_WORKER] = _file(_told(version, _tags(files), worker.body), worker.media_type)
    return files, version


def _file(body: bytes, media_type: str) -> _File:
    return _File(body, media_type, f'"{hashlib.sha256(body).hexdigest()[:32]}"')


def _tags(files: Mapping[str, _File]) -> dict[str, str]:
    return {name: file.tag for name, file in files.items()}


def _told(version: str, tags: Mapping[str, str], source: bytes) -> bytes:
    """Return the worker that knows which files belong together."""
    files = msgspec.json.encode(tags)
    return b'const VERSION = "%b";\nconst FILES = %b;\n%b' % (version.encode(), files, source)
