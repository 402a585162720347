"""Keeps in which desa there is unrest: its officers check in more often then."""

from typing import Final

from streams.domain.ids import desa_of, kabupaten_of
from streams.domain.times import NEVER, EpochMs
from streams.judge import checkins
from streams.judge.rows import Unrest
from streams.judge.telling import AlertChange, Teller

__all__ = ["notice"]

_DESA_LENGTH: Final = 13
_CALM: Final = Unrest()


def notice(teller: Teller, change: AlertChange) -> None:
    """Take in that an alert of a category that makes for unrest has opened or ended."""
    state, alert = teller.state, change.after
    rules = state.world.of(alert.election).rules.areas.checkin
    if len(alert.place) < _DESA_LENGTH or not any(alert.key in rule.unrest for rule in rules):
        return
    key = (alert.election, desa_of(alert.place))
    known = (state.unrest.get(key) or _CALM).spans
    last = next((one for one in reversed(known) if one[0] == alert.key and one[2] == NEVER), None)
    burns = any(
        one.key == alert.key and one.is_burning and desa_of(one.place) == key[1]
        for one in state.open_alerts(alert.election, kabupaten_of(alert.place))
    )
    if burns == (last is not None):
        return
    at = change.moment.at
    if last is None:
        spans = (*known, (alert.key, at, NEVER))
    else:
        others = tuple(one for one in known if one != last)
        spans = (*others, (alert.key, last[1], EpochMs(max(at, last[1]))))
    state.unrest.put(key, Unrest(spans))
    checkins.look_near(teller, alert.election, key[1])
