"""The mirror in Alertmanager over time: its beats, whatever the clock does."""

import asyncio
from typing import Final

from streams.domain.times import HOUR_MS, MINUTE_MS, EpochMs
from streams.sinks.alertmanager_mirror import AlertmanagerMirror, Replica
from streams.sinks.http import Http, HttpAnswer, HttpRequest
from streams.sinks.mirror import Equal, MirrorOutcome
from streams.sinks.mirror_api import Api
from streams.sinks.mirror_settings import AlertmanagerSettings
from tests.support.shown import NOW, alert_id, board_of, shown

URL: Final = "http://127.0.0.1:9093"


class Empty(Http):
    """A replica that has nothing, and takes everything."""

    def __init__(self) -> None:
        super().__init__(1)
        self.posts = 0

    async def send(
        self,
        request: HttpRequest,
        timeout_s: float | None = None,  # noqa: ARG002  # As the one that it stands for.
    ) -> HttpAnswer:
        """Count what is told."""
        self.posts += request.method == "POST"
        return HttpAnswer(200, b"[]")


def test_a_clock_that_is_set_back_ends_no_beat() -> None:
    """Alertmanager would take all that is open as ended after four beats of silence."""
    replica = Empty()
    mirror = AlertmanagerMirror(
        AlertmanagerSettings(urls=(URL,), resend_s=60),
        Replica("am", "siaga"),
        Api(replica, URL, {}),
    )
    board = board_of(shown(alert_id(1)))

    async def looks(*times: int) -> list[MirrorOutcome]:
        return [await mirror.look(board, EpochMs(at)) for at in times]

    back = [NOW - HOUR_MS + n * MINUTE_MS for n in range(3)]
    outcomes = asyncio.run(looks(NOW, *back))
    assert 4 == replica.posts
    assert [Equal(60.0)] * 4 == outcomes
