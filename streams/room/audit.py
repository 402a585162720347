"""Who has looked at what only few may see: one line in the process's log each time.

    2024-11-27T14:05:07 INFO audit: restricted alert 1702-… shown to actor 5f1c0c9be0aa

A log is read by those who run machines, so nobody is named in it: an actor is a keyed hash of the
user's id, the same for good and in every replica. Who holds the session secret can tell whose it
is; docs/reference/room.md says how.
"""

import hmac
import logging
from typing import Final

__all__ = ["Audit"]

_DIGITS: Final = 12
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

    def listed(self, user: str, count: int, where: str) -> None:
        """Note that rows of restricted alerts have gone to somebody's screen."""
        if count:
            _log.info("%d restricted alerts in %s sent to actor %s", count, where, self.actor(user))

    def reports(self, user: str, count: int) -> None:
        """Note that the words of restricted reports have gone to somebody's screen."""
        if count:
            _log.info("words of %d restricted reports sent to actor %s", count, self.actor(user))
