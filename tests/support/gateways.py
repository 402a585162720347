"""Gateways in stories: they speak every minute, and something may wait in them."""

from typing import Final

from streams.domain.ids import AreaCode
from tests.support.events import beat, opened
from tests.support.stories import Item, at
from tests.support.world import KABUPATEN, SR

__all__ = ["OPEN", "STUCK", "WELL", "beats"]


def beats(begins: str, ends: str, *areas: AreaCode, oldest: str = "") -> list[Item]:
    """Let a gateway speak every minute, from the first to the last of these."""
    first, last = (_minutes(one) for one in (begins, ends))
    told: list[Item] = []
    for minute in range(first, last + 1):
        now = f"{minute // 60:02}:{minute % 60:02}"
        told += [at(now), beat(*(areas or (KABUPATEN,)), oldest=oldest)]
    return told


def _minutes(clock_text: str) -> int:
    hours, minutes = clock_text.split(":")
    return 60 * int(hours) + int(minutes)


OPEN: Final[list[Item]] = [at("07:00"), opened(SR), beat(KABUPATEN)]
WELL: Final = [*OPEN, *beats("07:01", "07:10")]
"""`SR` opens, and a gateway of the kabupaten is well until 07:10."""
STUCK: Final = [*WELL, *beats("07:11", "07:50", oldest="07:10")]
"""Nothing that came to it after 07:10 has been handed on."""
