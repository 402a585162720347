"""What is remembered of messages that went out, so that a later one can build upon them.

The reference of the message that told one alert to one destination, and told nothing else: it may
be edited when there is news of this alert. A message of several alerts is never edited, for the
news of one would take away the others. And which alerts a destination was told of, so that their
codes differ. Both are bounded: what was used longest ago is forgotten, and costs an edit.
"""

from collections.abc import Iterable
from typing import Final, NamedTuple, TypeVar

from streams.domain.ids import AlertId

__all__ = ["Memory", "Sent"]

_MESSAGES_MAX: Final = 20_000
_ALERTS_MAX: Final = 500
"""Of one destination."""
_MIXED: Final = AlertId("")

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


class Sent(NamedTuple):
    """A message: to which addressee by which channel, and how the channel names it."""

    addressee: str
    channel: str
    reference: str


class Memory:
    """References and alerts by addressee."""

    def __init__(self) -> None:
        """Remember nothing."""
        self._told: dict[Sent, AlertId] = {}
        """What a message tells; `_MIXED`: several."""
        self._messages: dict[tuple[str, str, AlertId], str] = {}
        self._alerts: dict[str, dict[AlertId, None]] = {}

    def note(self, sent: Sent, alerts: Iterable[AlertId]) -> None:
        """Remember what a message tells; a message that comes in parts is noted for each."""
        named = tuple(alerts)
        self._note_alerts(sent.addressee, named)
        if not sent.reference:
            return
        before = self._told.pop(sent, None)
        told = named[0] if len(named) == 1 else _MIXED
        if before is not None and before != told:
            self._messages.pop((sent.addressee, sent.channel, before), None)
            told = _MIXED
        self._told[sent] = told
        if told != _MIXED:
            key = sent.addressee, sent.channel, told
            self._messages.pop(key, None)
            self._messages[key] = sent.reference
        _forget_first(self._told, _MESSAGES_MAX)
        _forget_first(self._messages, _MESSAGES_MAX)

    def reference(self, addressee: str, channel: str, alert: AlertId) -> str:
        """Return the newest message that tells this alert alone; empty: there is none."""
        return self._messages.get((addressee, channel, alert), "")

    def alerts(self, addressee: str) -> tuple[AlertId, ...]:
        """Return the alerts that a destination was told of and that may be open."""
        return tuple(self._alerts.get(addressee, ()))

    def over(self, addressee: str, alert: AlertId) -> None:
        """Forget an alert that a destination was told the end of."""
        self._alerts.get(addressee, {}).pop(alert, None)

    def _note_alerts(self, addressee: str, alerts: Iterable[AlertId]) -> None:
        known = self._alerts.setdefault(addressee, {})
        for alert in alerts:
            known.pop(alert, None)
            known[alert] = None
        _forget_first(known, _ALERTS_MAX)


def _forget_first(kept: dict[_Key, _Value], count: int) -> None:
    while len(kept) > count:
        del kept[next(iter(kept))]
