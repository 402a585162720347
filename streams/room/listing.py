"""Alerts by what somebody asks for: area, severity, state, rule, level, words. All is pure."""

from collections.abc import Iterator, Mapping
from typing import Final

from msgspec import Struct

from streams.room.documents import AlertRow
from streams.room.feed import Feed
from streams.room.kinds import Kind
from streams.room.sight import Sight
from streams.territory.plan import covers
from streams.web.refusal import Reason, Refusal
from streams.wire.board import place_of
from streams.wire.documents import AlertDocument

__all__ = ["Asked", "asked_of", "listed"]

_MOST: Final = 10_000
_LIMIT: Final = 500


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
        Refusal: `schema`: the limit is no number.
    """
    limit = query.get("limit", "")
    if limit and not (limit.isascii() and limit.isdecimal() and 0 < int(limit[:9]) <= _MOST):
        raise Refusal(Reason.SCHEMA, f"expected a limit from 1 to {_MOST} - at `$.limit`")
    many = {name: _split(query.get(name, "")) for name in ("severity", "state", "rule", "level")}
    return Asked(
        area=query.get("area", ""),
        text=query.get("text", "").strip().casefold(),
        limit=int(limit) if limit else _LIMIT,
        **many,
    )


def listed(feed: Feed, sight: Sight, asked: Asked) -> tuple[AlertRow, ...]:
    """Return the alerts in sight that are asked for, those that changed last first."""
    found = sorted(_found(feed, sight, asked), key=lambda one: (one.updated_at, one.id))
    newest = reversed(found[-asked.limit :])
    return tuple(feed.encoded.alert(sight.role, one.id) for one in newest)


def _found(feed: Feed, sight: Sight, asked: Asked) -> Iterator[AlertDocument]:
    model = feed.model
    for key, alert in model.alerts.items():
        is_seen = feed.encoded.sees(sight, Kind.ALERTS, model.shade(Kind.ALERTS, key))
        if is_seen and asked.has(alert, place_of(alert)):
            yield alert


def _split(words: str) -> frozenset[str]:
    return frozenset(filter(None, words.split(",")))


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
