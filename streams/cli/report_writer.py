"""How reports are written: words of one language, local times, and texts of strangers made safe.

Markdown is the form in which a report is written; its HTML is made from that. What people have
written anywhere (notes, names, reasons) is escaped here, so that it stays what it is: text.
"""

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Final

from msgspec import Struct

from streams.cli.look import mark_of
from streams.cli.terminal import one_line
from streams.domain.alert import Alert, Text
from streams.domain.ids import AreaCode, kabupaten_of
from streams.domain.times import DAY_MS, MINUTE_MS, EpochMs
from streams.rules.wording import area_text, clock_text
from streams.territory.plan import Plan
from streams.territory.zone import Zone, date_days, offset_minutes, zone_of
from streams.texts.reports import DAYS, MONTHS, REPORTS
from streams.views.asked import Asked, tps_of_area
from streams.wire.time import format_time

__all__ = ["Language", "Writer", "joined", "plain", "section", "table"]

_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>|~&])")
"""What means something in the middle of a line; nothing of strangers stands at its beginning."""
_MONDAY_DAYS: Final = -3
"""1970-01-01 was a Thursday: the Monday before it, in days."""
_WEEK_DAYS: Final = 7
_WIB: Final = Zone.WIB


class Language(StrEnum):
    """In which a report is written."""

    ID = "id"
    EN = "en"


class Writer(Struct, frozen=True):
    """Writes about one area at one moment, in one language."""

    plan: Plan
    asked: Asked
    language: Language

    def say(self, text: Text) -> str:
        """Return a text in the language, made safe for Markdown."""
        return plain(text.en if self.language is Language.EN else text.id)

    def word(self, key: str, **values: str) -> str:
        """Return a text of the catalogue; the values are put in as they are."""
        text = REPORTS[key]
        return (text.en if self.language is Language.EN else text.id).format_map(values)

    @property
    def kabupaten(self) -> tuple[AreaCode, ...]:
        """The kabupaten in which the area has TPS."""
        found = {kabupaten_of(tps.code) for tps in tps_of_area(self.plan, self.asked)}
        return tuple(sorted(found))

    @property
    def zones(self) -> tuple[Zone, ...]:
        """The zones in which the area lies, from west to east."""
        found = {zone_of(code) for code in self.kabupaten}
        return tuple(zone for zone in Zone if zone in found) or (_WIB,)

    def at(self, moment: EpochMs, place: str = "") -> str:
        """Return a time of day with its zone; of another day than the report's with its date.

        Args:
            moment: What is told.
            place: Where it happened; empty: it is of the whole area, in each of its zones.
        """
        places = [place] if place else self._places()
        return " / ".join(self._local(moment, one) for one in places)

    def _places(self) -> Sequence[str]:
        by_zone = {zone_of(code): code for code in reversed(self.kabupaten)}
        return [by_zone[zone] for zone in self.zones if zone in by_zone] or ["36"]

    def _local(self, moment: EpochMs, place: str) -> str:
        offset = offset_minutes(place)
        clock = f"{clock_text(moment, offset)} {zone_of(place)}"
        if _day_of(moment, offset) == _day_of(self.asked.now, offset):
            return clock
        return f"{self._short_date(moment, offset)} {clock}"

    def _short_date(self, moment: EpochMs, offset: int) -> str:
        date = format_time(moment, offset)[:10]
        return f"{int(date[8:])} {self.say(MONTHS[int(date[5:7]) - 1])}"

    def date(self, moment: EpochMs) -> str:
        """Return the day of a moment in the area's first zone, as `Minggu, 3 November 2019`."""
        text = format_time(moment, offset_minutes(self._places()[0]))
        return self.date_of(text[:10])

    def date_of(self, text: str) -> str:
        """Return a date, as `2019-11-03`, with its day in words."""
        days = date_days(text)
        assert days is not None, text
        day = self.say(DAYS[(days - _MONDAY_DAYS) % _WEEK_DAYS])
        return f"{day}, {int(text[8:])} {self.say(MONTHS[int(text[5:7]) - 1])} {text[:4]}"

    def area(self, code: AreaCode) -> str:
        """Return how people call an area or TPS."""
        return self.say(area_text(self.plan, code))

    def title(self, alert: Alert) -> str:
        """Return how an alert is called, with the mark of its severity."""
        return f"{mark_of(alert.severity)} {self.say(alert.title)}"

    def listed(self, items: Sequence[str], most: int) -> list[str]:
        """Return a list, at most so many of it; how many more there are is said."""
        shown = [f"- {item}" for item in items[:most]]
        left = len(items) - most
        return [*shown, f"- {self.word('more', count=str(left))}"] if left > 0 else shown


def _day_of(moment: EpochMs, offset: int) -> int:
    return (moment + offset * MINUTE_MS) // DAY_MS


def plain(text: str) -> str:
    """Return a text on one line in which no sign means anything to Markdown."""
    return _SPECIAL.sub(r"\\\1", one_line(text))


def section(number: int, title: str, lines: Iterable[str]) -> list[str]:
    """Return a numbered section; paragraphs are apart by empty lines."""
    return [f"## {number}. {title}", "", *lines, ""]


def joined(lines: Iterable[str]) -> str:
    """Return lines as one text, with at most one empty line between two others."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Return a table with an empty line around it."""
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    return ["", *lines, *(f"| {' | '.join(row)} |" for row in rows), ""]
