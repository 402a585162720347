"""Who has looked at what only few may see: one line in the process's log each time.

    2024-11-27T14:05:07 INFO audit: restricted alert 1702-… shown to actor 5f1c0c9be0aa
    2024-11-27T14:05:09 INFO audit: 1 restricted alerts in a stream sent to actor 5f1c…: 1702-…

A log is read by those who run machines, so nobody is named in it: an actor is a keyed hash of the
user's id, the same for good and in every replica. Who holds the session secret can tell whose it
is; docs/reference/room.md says how.
"""

import hmac
import logging
from collections.abc import Iterable
from typing import Final

from streams.room.kinds import Kind

__all__ = ["Audit"]

_DIGITS: Final = 12
_IDS_A_LINE: Final = 50
_WORDS: Final = {Kind.ALERTS: "alerts", Kind.TRIAGE: "reports"}
_log: Final = logging.getLogger("streams.room.audit")


class Audit:
    """Writes the lines."""

    def __init__(self, key: bytes) -> None:
        """Hide people behind this key."""
        self._key = key

    def actor(self, user: str) -> str:
        """Return who that is, for a log."""
        return hmac.digest(self._key, f"audit\0{user}".encode(), "sha256").hex()[:_DIGITS]

    def shown(self, user: str, alert: str) -> None:
        """Note that somebody has looked at a restricted alert."""
        _log.info("restricted alert %s shown to actor %s", alert, self.actor(user))

    def listed(self, user: str, rows: Iterable[tuple[Kind, str]], where: str) -> None:
        """Note that restricted alerts and reports have gone to somebody's screen, as rows."""
        found = sorted(rows)
        for kind, word in _WORDS.items():
            ids = [id_ for of, id_ in found if of is kind]
            for start in range(0, len(ids), _IDS_A_LINE):
                some = ids[start : start + _IDS_A_LINE]
                said = (len(some), word, where, self.actor(user), ", ".join(some))
                _log.info("%d restricted %s in %s sent to actor %s: %s", *said)

    def reports(self, user: str, count: int) -> None:
        """Note that the words of restricted reports have gone to somebody's screen."""
        if count:
            _log.info("words of %d restricted reports sent to actor %s", count, self.actor(user))
