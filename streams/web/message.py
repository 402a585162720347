"""A request and an answer as the doors have them: no framework, no socket, nothing to await."""

from collections.abc import Mapping
from math import ceil
from typing import Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from streams.web.refusal import Problem, Refusal, problem_of

__all__ = ["JSON", "PROBLEM", "Answer", "Incoming", "json_answer", "problem_answer", "refused"]

JSON: Final = "application/json"
PROBLEM: Final = "application/problem+json"

_encode: Final = msgspec.json.Encoder().encode


class Incoming(Struct, frozen=True):
    """A request whose body has come in whole.

    Its repr is Python's own word for an object: headers, query, body and address may be secrets.
    """

    body: bytes = b""
    headers: Mapping[str, str] = {}
    """By name in small letters; of one that comes twice the last counts."""
    query: Mapping[str, str] = {}
    path: Mapping[str, str] = {}
    """What stands in the place of each `{name}` of the route."""
    certificates: frozenset[str] = frozenset()
    """Alternative names of the client's certificate, as `DNS:app.example`."""
    address: str = ""
    """Whence it came; with a proxy in front, the proxy's word for it."""

    def __repr__(self) -> str:
        """Show how large it is, and nothing of it."""
        return f"Incoming({len(self.body)} bytes)"

    def header(self, name: str) -> str:
        """Return a header; empty without one."""
        return self.headers.get(name, "")

    @property
    def media_type(self) -> str:
        """What the body says it is, without parameters, in small letters; empty: nothing."""
        return self.header("content-type").partition(";")[0].strip().lower()


class Answer(Struct, frozen=True):
    """What goes back."""

    status: int
    body: bytes = b""
    media_type: str = JSON
    headers: tuple[tuple[str, str], ...] = ()
    reason: str = ""
    """Why it was refused, for metrics and the log; empty: it was not."""
    caller: str = ""
    """Id of the producer or gateway, for the log; empty: nobody who was recognised."""
    topic: str = ""
    taken: int = 0
    """How many events went to `topic`, for metrics."""


def json_answer(status: int, document: object) -> Answer:
    """Return a document as an answer."""
    return Answer(status, _encode(document))


def refused(refusal: Refusal, caller: str = "") -> Answer:
    """Return the answer to what is not taken."""
    after = refusal.retry_after_s
    headers = (("retry-after", str(ceil(after))),) if after > 0 else ()
    return replace(problem_answer(problem_of(refusal)), headers=headers, caller=caller)


def problem_answer(problem: Problem) -> Answer:
    """Return a problem as an answer."""
    return Answer(problem.status, _encode(problem), PROBLEM, reason=problem.reason)
