"""What a notice asks: its alerts, as those know them who make and read answers."""

from streams.answers.asked import Asked
from streams.domain.ids import DRILL_MARK
from streams.domain.outgoing import Outgoing, OutgoingAlert

__all__ = ["asked_of"]


def asked_of(notice: Outgoing, alert: OutgoingAlert) -> Asked:
    """Return what is asked of a destination by one alert of a notice."""
    return Asked(
        alert=alert.alert,
        revision=alert.revision,
        told_at=notice.at,
        destination=str(notice.destination),
        climbs=alert.ladder == notice.destination.post.ladder,
        drill=notice.election.partition(DRILL_MARK)[2],
    )
