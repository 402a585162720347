"""The files of the page, as they are shipped: read once, sent with a hash, asked for again by it.

Every address that the page routes by itself is answered with the same shell. Nothing is loaded from
elsewhere, no script and no style stands in the shell, and the browser is told to keep it so.
"""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from msgspec import Struct

from streams.web.message import Answer, Incoming
from streams.web.refusal import Reason, Refusal

__all__ = ["CSP", "FOLDER", "SHELL_PATHS", "Assets"]

FOLDER: Final = Path(__file__).parent / "page"
_SHELL: Final = "index.html"
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
    """The files of a folder, by their path in it."""

    def __init__(self, folder: Path = FOLDER, *, is_fresh: bool = False) -> None:
        """Read them; `is_fresh`: each time anew, for whoever changes them."""
        self._folder = folder
        self._is_fresh = is_fresh
        self._files: Mapping[str, _File] = dict(_read(folder))

    async def shell(self, incoming: Incoming) -> Answer:
        """Return the page."""
        return self._answer(_SHELL, incoming)

    async def file(self, incoming: Incoming) -> Answer:
        """Return a file of the page."""
        return self._answer(incoming.path["file"], incoming)

    def _answer(self, name: str, incoming: Incoming) -> Answer:
        if self._is_fresh:
            self._files = dict(_read(self._folder))
        found = self._files.get(name)
        if found is None:
            raise Refusal(Reason.UNKNOWN)
        headers = (*_SAFE, ("etag", found.tag))
        if found.tag in incoming.header("if-none-match"):
            return Answer(304, media_type=found.media_type, headers=headers)
        return Answer(200, found.body, found.media_type, headers)


def _read(folder: Path) -> Iterator[tuple[str, _File]]:
    for file in sorted(folder.rglob("*")):
        media_type = _TYPES.get(file.suffix)
        if media_type is not None and file.is_file():
            body = file.read_bytes()
            tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
            yield file.relative_to(folder).as_posix(), _File(body, media_type, tag)
