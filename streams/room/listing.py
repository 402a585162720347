"""Alerts by what somebody asks for: area, severity, state, rule, level, words. All is pure."""

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Final

from msgspec import Struct

from streams.domain.alert import AlertState
from streams.domain.ids import area_kind
from streams.domain.words import Severity
from streams.room.feed import Feed
from streams.room.kinds import Kind
from streams.room.sight import Sight
from streams.territory.plan import covers
from streams.web.refusal import Reason, Refusal
from streams.wire.board import place_of
from streams.wire.documents import AlertDocument
from streams.wire.time import moment_of

__all__ = ["Asked", "asked_of", "listed"]

_MOST: Final = 10_000
_LIMIT: Final = 500
_WORDS: Final[Mapping[str, type[StrEnum] | None]] = {
    "severity": Severity,
    "state": AlertState,
    "rule": None,
    "level": None,
}
"""What may be asked for by words, and which there are; None: packs and folders say that."""
_DIGITS: Final = re.compile(r"[0-9]{1,9}")
_NAMES: Final = ("area", *_WORDS, "text", "limit")


class Asked(Struct, frozen=True):
    """What is asked for; an empty word: any. Several words of one kind stand with commas."""

    area: str = ""
    severity: frozenset[str] = frozenset()
    state: frozenset[str] = frozenset()
    rule: frozenset[str] = frozenset()
    level: frozenset[str] = frozenset()
    text: str = ""
    limit: int = _LIMIT

    def has(self, alert: AlertDocument, place: str) -> bool:
        """Tell whether an alert is asked for."""
        words = (
            (self.severity, alert.severity),
            (self.state, alert.state),
            (self.rule, alert.rule),
            (self.level, alert.level),
        )
        if any(wanted and word not in wanted for wanted, word in words):
            return False
        if self.area and not covers(self.area, place):
            return False
        return not self.text or self.text in _words_of(alert)


def asked_of(query: Mapping[str, str]) -> Asked:
    """Return what a query asks for.

    Raises:
        Refusal: `schema`: the limit is no number, or something is asked for that never is: an empty
            answer would read as if nothing had happened.
    """
    unknown = next((name for name in query if name not in _NAMES), None)
    if unknown is not None:
        raise Refusal(Reason.SCHEMA, f"expected one of {', '.join(_NAMES)} - at `$.{unknown}`")
    limit = query.get("limit", "")
    if limit and not (_DIGITS.fullmatch(limit) and 0 < int(limit) <= _MOST):
        raise Refusal(Reason.SCHEMA, f"expected a limit from 1 to {_MOST} - at `$.limit`")
    area = query.get("area", "")
    if area and area_kind(area) is None:
        raise Refusal(Reason.SCHEMA, "expected a code as 36.04.17 - at `$.area`")
    many = {name: _words(name, query.get(name, "")) for name in _WORDS}
    return Asked(
        area=area,
        text=query.get("text", "").strip().casefold(),
        limit=int(limit) if limit else _LIMIT,
        **many,
    )


def listed(feed: Feed, sight: Sight, asked: Asked) -> tuple[AlertDocument, ...]:
    """Return the alerts in sight that are asked for, those that changed last first."""
    found = sorted(_found(feed, sight, asked), key=lambda one: (moment_of(one.updated_at), one.id))
    return tuple(reversed(found[-asked.limit :]))


def _found(feed: Feed, sight: Sight, asked: Asked) -> Iterator[AlertDocument]:
    model = feed.model
    for key, alert in model.alerts.items():
        is_seen = feed.sees(sight, Kind.ALERTS, key)
        if is_seen and asked.has(alert, place_of(alert)):
            yield alert


def _words(name: str, words: str) -> frozenset[str]:
    found, known = frozenset(filter(None, words.split(","))), _WORDS[name]
    if known is not None and not found <= set(known):
        raise Refusal(Reason.SCHEMA, f"expected of {', '.join(known)} - at `$.{name}`")
    return found


def _words_of(alert: AlertDocument) -> str:
    words = (
        alert.id,
        alert.rule,
        alert.title.id,
        alert.title.en,
        alert.scope.code,
        alert.scope.name,
        *alert.scope.path,
    )
    return "\n".join(words).casefold()
