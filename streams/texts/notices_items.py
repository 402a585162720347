"""The alerts of notices one by one, and what is said of each: head, place, moments, levels."""

from collections.abc import Iterable
from typing import Final

from msgspec import Struct

from streams.domain.alert import AGENCY
from streams.domain.ids import AlertId
from streams.domain.notice import NoticeKind
from streams.domain.outgoing import Outgoing, OutgoingAlert, OutgoingRollUp
from streams.domain.times import DAY_MS, MINUTE_MS, EpochMs
from streams.domain.words import SEVERITIES, Severity
from streams.texts.notices_words import change_words, pick, said
from streams.texts.reports import REPORTS
from streams.texts.words import level_text

__all__ = [
    "Item",
    "head_of",
    "how_many",
    "is_drill",
    "is_restricted",
    "items_of",
    "level_name",
    "messages_of",
    "moment",
    "one_line",
    "places_of",
    "roll_up_text",
    "severity_name",
    "title_of",
    "zoned",
]

_ZONES: Final = {420: "WIB", 480: "WITA", 540: "WIT"}
_MINUTES_OF_HOUR: Final = 60


class Item(Struct, frozen=True):
    """An alert, and the notice that tells of it."""

    notice: Outgoing
    alert: OutgoingAlert

    @property
    def is_call(self) -> bool:
        """Whether somebody must answer for it."""
        return self.alert.kind is NoticeKind.CALL


def items_of(notices: Iterable[Outgoing]) -> list[Item]:
    """Return all alerts of some notices: calls first, then the graver, then the older."""
    items = [Item(notice, alert) for notice in notices for alert in notice.alerts]
    return sorted(
        items,
        key=lambda item: (
            not item.is_call,
            -SEVERITIES.index(item.alert.severity),
            item.alert.opened_at,
            item.alert.alert,
        ),
    )


def is_drill(notices: Iterable[Outgoing]) -> bool:
    """Tell whether the notices are of a drill; those of one message are, or none is."""
    return any(notice.drill for notice in notices)


def is_restricted(notices: Iterable[Outgoing]) -> bool:
    """Tell whether one of the notices is not for everybody's eyes."""
    return any(notice.restricted_to for notice in notices)


def head_of(item: Item, language: str) -> str:
    """Return the first words: `KRITIS`, `TINGGI, naik`, `SELESAI (tinggi)`."""
    severity = severity_name(item.alert.severity, language)
    change = change_words(item.alert.change, language)
    if item.is_call:
        return f"{severity.upper()}, {change}" if change else severity.upper()
    return f"{(change or said('for_information', language)).upper()} ({severity})"


def title_of(item: Item, language: str) -> str:
    """Return what it is, on one line."""
    return one_line(pick(item.alert.title, language))


def places_of(alert: OutgoingAlert) -> tuple[str, ...]:
    """Return the names of its areas, the narrowest first.

    What the name before says already is left out: `TPS 003 Mekarsari` needs no `Mekarsari`.
    """
    names: list[str] = []
    for name in map(one_line, reversed(alert.path)):
        before = f" {names[-1]}" if names else ""
        if name and not before.endswith(f" {name}"):
            names.append(name)
    return tuple(names)


def level_name(ladder: str, level: str, language: str) -> str:
    """Return how people call a level of a ladder, or an agency: `BPBD`."""
    name = pick(level_text(level), language).replace("_", " ")
    return name.upper() if ladder == AGENCY else name


def severity_name(severity: Severity, language: str) -> str:
    """Return how people call a severity."""
    return pick(REPORTS[severity.value], language)


def moment(at: EpochMs, notice: Outgoing, language: str) -> str:
    """Return a moment as who is told sees it at that time: `07:10`, `kemarin 23:50`."""
    local = at + notice.offset_minutes * MINUTE_MS
    minutes = local % DAY_MS // MINUTE_MS
    clock = f"{minutes // _MINUTES_OF_HOUR:02}:{minutes % _MINUTES_OF_HOUR:02}"
    days = local // DAY_MS - (notice.at + notice.offset_minutes * MINUTE_MS) // DAY_MS
    match days:
        case 0:
            return clock
        case -1:
            return said("yesterday", language, clock=clock)
        case 1:
            return said("tomorrow", language, clock=clock)
        case _:
            key = "days_ago" if days < 0 else "in_days"
            return said(key, language, days=str(abs(days)), clock=clock)


def zoned(at: EpochMs, notice: Outgoing, language: str) -> str:
    """Return a moment with its zone: `07:10 WIB`."""
    zone = _ZONES.get(notice.offset_minutes, "")
    return f"{moment(at, notice, language)} {zone}".rstrip()


def one_line(text: str) -> str:
    """Return a text with single spaces, without line ends and what steers a screen or a printer.

    Names come from files of others: none may end a line, or turn what follows around.
    """
    return "".join(sign for sign in " ".join(text.split()) if sign.isprintable())


def how_many(notices: Iterable[Outgoing], *, calls: bool = False) -> int:
    """Return how many alerts some notices tell of; of a roll-up also those without a text.

    Args:
        notices: Those that are told together.
        calls: Whether only those count for which somebody must answer.
    """
    found: set[AlertId] = set()
    for notice in notices:
        found.update(one.alert for one in notice.alerts if not calls or one.kind is NoticeKind.CALL)
        if notice.rolled_up is not None:
            told = {one.alert for one in notice.alerts}
            found.update(one for one in notice.rolled_up.alerts if one not in told)
    return len(found)


def messages_of(notices: Iterable[Outgoing], language: str) -> list[str]:
    """Return what is told that is about no alert, each on one line."""
    return [
        one_line(pick(notice.message, language)) for notice in notices if notice.message is not None
    ]


def roll_up_text(notice: Outgoing, rolled_up: OutgoingRollUp, language: str) -> str:
    """Return how many alerts of which kecamatan are told together."""
    return said(
        "roll_up",
        language,
        count=str(len(rolled_up.alerts)),
        name=one_line(rolled_up.name),
        since=moment(rolled_up.since, notice, language),
    )
