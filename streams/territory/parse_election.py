"""`election.toml`: kind, date, hours, contests, ballots (contract §6).

What cannot be read is noted and replaced by the default, so that the rest of the folder is still
checked in the same run; the caller refuses the folder because of the fault.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from msgspec import Struct

from streams.domain.ids import AreaCode, ElectionId, area_kind
from streams.domain.words import AreaKind
from streams.territory.fault import Faults
from streams.territory.plan import Contest, Election, ElectionKind
from streams.territory.toml_text import Table, read_toml
from streams.territory.zone import MINUTES_OF_DAY, clock_minutes, date_days, in_indonesia

__all__ = ["ElectionText", "parse_election"]

_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_LANGUAGES: Final = ("id", "en")
_DEFAULT_DATE: Final = "2024-11-27"
_PACK: Final = "siaga"
_OPENS: Final = "07:00"
_CLOSES: Final = "13:00"
"""Source: PKPU 17/2024, hours of the poll."""
_HEARTBEAT_MINUTES: Final = 12
_BALLOT_RESERVE: Final = 0.025
"""Source: ballots of a Pilkada are DPT + 2.5 %, rounded up per TPS (KPU)."""
_MAX_VOTERS: Final = 600
"""Source: KPU for the Pilkada of 2024; `_MAX_VOTERS_LAW` is the ceiling of the law."""
_MAX_VOTERS_LAW: Final = 800
_YEAR_DAYS: Final = (date_days("2000-01-01") or 0, date_days("2099-12-31") or 0)
_CHOICES_MIN: Final = 2

_KEYS: Final = (
    "id",
    "kind",
    "profile",
    "pack",
    "languages",
    "date",
    "poll_opens",
    "poll_closes",
    "heartbeat_minutes",
    "ballot_reserve",
    "max_voters",
    "contests",
)


class ElectionText(Struct, frozen=True):
    """What `election.toml` says, and the line of each contest's area for what is checked later."""

    election: Election
    contest_lines: Mapping[str, int]


def parse_election(text: str, faults: Faults) -> ElectionText:
    """Read `election.toml`; see the contract for its keys.

    Whether a contest's area has a TPS is checked with the TPS (`streams.territory.check`).
    """
    document = read_toml(text, ("contests",), faults)
    if document is None:
        # That it is no TOML is one fault; that it has no keys is none beside it.
        return parse_election("", Faults(faults.file))
    top, contests = document.top, document.tables["contests"]
    top.known_keys(*_KEYS)
    kind = ElectionKind(_word(top, "kind", ElectionKind, None))
    opens, closes = _hours(top)
    max_voters = top.whole("max_voters", _MAX_VOTERS, 1, 10_000)
    if max_voters > _MAX_VOTERS_LAW:
        top.warning("max_voters", f"at most {_MAX_VOTERS_LAW}, the ceiling of the law")
    election = Election(
        id=ElectionId(_id(top, "id")),
        kind=kind,
        profile=_word(top, "profile", ElectionKind, kind),
        pack=top.text("pack", _PACK),
        languages=_languages(top),
        date=_date(top),
        poll_opens=opens,
        poll_closes=closes,
        heartbeat_minutes=top.whole("heartbeat_minutes", _HEARTBEAT_MINUTES, 1, MINUTES_OF_DAY),
        ballot_reserve=top.number("ballot_reserve", _BALLOT_RESERVE, 0, 1),
        max_voters=max_voters,
        contests=_contests(top, contests, faults),
    )
    lines = {str(table.value("id")): table.line_of("area") for table in contests}
    return ElectionText(election=election, contest_lines=lines)


def _id(table: Table, key: str) -> str:
    text = table.text(key)
    if text and not _ID.fullmatch(text):
        table.error(key, "a word of letters, digits, dot, dash, underscore, as rejang-lebong-2024")
    return text


def _word(table: Table, key: str, known: type[StrEnum], default: str | None) -> str:
    words = [str(word) for word in known]
    text = table.text(key, default)
    if text in words:
        return text
    if text:
        table.error(key, f"one of {', '.join(words)}")
    return default or words[0]


def _languages(top: Table) -> tuple[str, ...]:
    if not top.has("languages"):
        return _LANGUAGES
    languages = top.texts("languages")
    if any(language not in _LANGUAGES for language in languages):
        top.error("languages", f"a list of {', '.join(_LANGUAGES)}")
    return languages or _LANGUAGES


def _date(top: Table) -> str:
    # TOML has dates of its own, which print as we write them; a text in quotes is taken as well.
    text = str(top.value("date"))
    days = date_days(text)
    if days is None or not _YEAR_DAYS[0] <= days <= _YEAR_DAYS[1]:
        top.error("date", f"a date as {_DEFAULT_DATE}, without quotes")
        return _DEFAULT_DATE
    return text


def _hours(top: Table) -> tuple[str, str]:
    opens, closes = _hour(top, "poll_opens", _OPENS), _hour(top, "poll_closes", _CLOSES)
    if opens >= closes:
        top.error("poll_closes", f"a time after poll_opens ({_clock(opens)})")
    return _clock(opens), _clock(closes)


def _hour(top: Table, key: str, default: str) -> int:
    if not top.has(key):
        top.warning(key, f'a local time; "{default}" is taken')
    # TOML has times of their own as well: 07:00:00.
    minutes = clock_minutes(str(top.value(key)).strip() if top.has(key) else default)
    if minutes is None:
        top.error(key, f'a local time as "{default}"')
    return (clock_minutes(default) or 0) if minutes is None else minutes


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _contests(top: Table, tables: tuple[Table, ...], faults: Faults) -> tuple[Contest, ...]:
    # Tables of another form were noted already, and are not missing as well.
    if not tables and all(fault.column != "contests" for fault in faults.noted):
        top.error("contests", "at least one table below a line [[contests]]")
    found: dict[str, Contest] = {}
    for table in tables:
        table.known_keys("id", "area", "choices")
        contest = _contest(table)
        if contest.id in found:
            table.error("id", "an id that no other contest has")
        found.setdefault(contest.id, contest)
    return tuple(found.values())


def _contest(table: Table) -> Contest:
    identity = _id(table, "id")
    area = table.text("area")
    if area and (area_kind(area) in (None, AreaKind.TPS) or not in_indonesia(area)):
        table.error("area", "the code of the area whose votes are added up, as 17.02 or 17")
    choices = table.texts("choices")
    if len(choices) == 1:
        table.error("choices", f'at least {_CHOICES_MIN}; a single pair stands against "kosong"')
    return Contest(id=identity, area=AreaCode(area), choices=choices)
