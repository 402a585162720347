"""A notice in one line: the subject of a mail, and an SMS.

It is put together of whole pieces. What does not fit is left out whole, the less needed first
(`_FITS`), so no code and no name of a place is ever cut:

    TINGGI, naik: TPS 003 Padang Leban belum buka. Tanjung Kemuning, Kaur. Sejak 07:30. Balas …
    └ how grave ┘ └ what ────────────────────────┘ └ where ─────────────┘  └ since      └ answer

A telephone is read by others, and an SMS is read on the way. So of what is restricted an SMS and
a subject say how grave it is and how to answer, and nothing about what or where it is.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct

from streams.domain.ids import AlertId
from streams.domain.outgoing import Outgoing
from streams.texts.gsm import SMS_SEPTETS, fitted, plain, septets
from streams.texts.notices_items import (
    Item,
    head_of,
    how_many,
    is_drill,
    is_restricted,
    items_of,
    messages_of,
    moment,
    one_line,
    places_of,
    roll_up_text,
    title_of,
)
from streams.texts.notices_words import pick, said

__all__ = ["short", "subject"]

_SUBJECT_LENGTH: Final = 100
_NO_LINKS: Final[Mapping[AlertId, str]] = {}


class _Answers(Struct, frozen=True):
    """How each alert can be answered."""

    codes: Mapping[AlertId, str]
    links: Mapping[AlertId, str]


class _Fit(Struct, frozen=True):
    """Which pieces of one alert are told."""

    names: int
    """How many names of its place, from the narrowest on."""
    title: bool = True
    since: bool = True
    escalate: bool = True
    """Whether the answer that sends it up is named as well."""
    taken: bool = True
    """Whether it is said who has it."""


_FITS: Final = (
    _Fit(4),
    _Fit(4, escalate=False),
    _Fit(3, escalate=False),
    _Fit(3, escalate=False, since=False),
    _Fit(2, escalate=False, since=False),
    _Fit(1, escalate=False, since=False),
    _Fit(3, escalate=False, since=False, title=False),
    _Fit(2, escalate=False, since=False, title=False),
    _Fit(1, escalate=False, since=False, title=False),
    _Fit(0, escalate=False, since=False, title=False),
    _Fit(0, escalate=False, since=False, title=False, taken=False),
)
"""From the richest to the barest; four names are TPS, desa, kecamatan and kabupaten."""


def subject(notices: Sequence[Outgoing], language: str) -> str:
    """Return one line of at most 100 characters."""
    return _longest(
        map(one_line, _lines(notices, language, _Answers({}, {}))), len, _SUBJECT_LENGTH
    )


def short(
    notices: Sequence[Outgoing],
    language: str,
    codes: Mapping[AlertId, str],
    limit: int = SMS_SEPTETS,
    links: Mapping[AlertId, str] = _NO_LINKS,
) -> str:
    """Return one line in the alphabet of an SMS.

    Args:
        notices: One, or several of one destination that are told together; never none.
        language: `en`, or any other for Indonesian.
        codes: By which an alert can be answered; without one it cannot.
        limit: Septets at most. With 160 no code is ever left out.
        links: Pages on which an alert can be answered; told where the text itself says nothing.
    """
    answers = _Answers(codes, links)
    lines = (_in_alphabet(line) for line in _lines(notices, language, answers))
    return fitted(_longest(lines, septets, limit), limit)


def _in_alphabet(line: str) -> str:
    # A sign that was left out at the end of a name leaves its space behind.
    return one_line(plain(line)).replace(" .", ".").replace(" ,", ",")


def _longest(lines: Iterable[str], length: Callable[[str], int], limit: int) -> str:
    """Return the first line that is short enough, or else the last, which is the shortest."""
    line = ""
    for line in lines:
        if length(line) <= limit:
            break
    return line


def _lines(notices: Sequence[Outgoing], language: str, answers: _Answers) -> Iterator[str]:
    """Yield what can be said, from the most to the least."""
    mark = said("drill", language) if is_drill(notices) else ""
    for body in _bodies(notices, language, answers):
        yield f"{mark} {_sentences(body, mark)}"


def _bodies(notices: Sequence[Outgoing], language: str, answers: _Answers) -> Iterator[str]:
    items = items_of(notices)
    messages = messages_of(notices, language)
    if is_restricted(notices):
        yield from _restricted(notices, items, language, answers)
    elif not items:
        words = " ".join(messages).split()
        yield " ".join(words)
        yield from (" ".join(words[:count]) + "…" for count in range(len(words) - 1, 0, -1))
    else:
        more = said("messages", language, count=str(len(messages))) if messages else ""
        *rich, bare = _openings(notices, language)
        told = [(one, fit) for one in rich for fit in _FITS if fit.title]
        for opening, fit in [*told, *((bare, fit) for fit in _FITS), ("", _FITS[-1])]:
            yield _sentences(_alert(items[0], language, answers, fit, opening), more)


def _openings(notices: Sequence[Outgoing], language: str) -> tuple[str, ...]:
    """Return what may be said before the gravest of several, the longest first."""
    count = how_many(notices)
    if count == 1:
        return ("",)
    called = how_many(notices, calls=True)
    counts = said("calls" if called else "news", language, count=str(called or count))
    gravest = said("gravest", language)
    found = [f"{counts}. {gravest} "]
    rolled_up = next((one.rolled_up for one in notices if one.rolled_up), None)
    if rolled_up is not None and len(notices) == 1:
        found.insert(0, f"{roll_up_text(notices[0], rolled_up, language)}. {gravest} ")
    return tuple(found)


def _alert(item: Item, language: str, answers: _Answers, fit: _Fit, opening: str) -> str:
    title = title_of(item, language) if fit.title else ""
    places = _below_province(places_of(item.alert))[: fit.names]
    known = f"{opening}{title}".casefold()
    names = [name for name in places if name.casefold() not in known]
    what = title or (said("to_check", language) if item.is_call else "")
    return _sentences(
        opening + ": ".join(filter(None, (head_of(item, language), what))),
        ", ".join(names),
        _since(item, language) if fit.since else "",
        _taken(item, language) if fit.taken else "",
        _reply(item, language, answers, escalate=fit.escalate),
    )


def _below_province(places: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out what everybody who is told knows."""
    return places[:-1] or places


def _since(item: Item, language: str) -> str:
    time = moment(item.alert.opened_at, item.notice, language)
    return said("short_since", language, time=time)


def _taken(item: Item, language: str) -> str:
    who = item.alert.taken_by
    return "" if who is None else said("short_taken", language, who=pick(who, language))


def _reply(item: Item, language: str, answers: _Answers, *, escalate: bool) -> str:
    code = answers.codes.get(item.alert.alert, "") if item.is_call else ""
    return said("short_both" if escalate else "short_reply", language, code=code) if code else ""


def _restricted(
    notices: Sequence[Outgoing], items: Sequence[Item], language: str, answers: _Answers
) -> Iterator[str]:
    """Yield how grave it is and how to answer, whatever it is about."""
    called = how_many(notices, calls=True)
    count = str(called or how_many(notices) or len(notices))
    what = said("restricted_calls" if called else "restricted_news", language, count=count)
    if not items:
        yield what
        return
    gravest = items[0]
    opening = f"{head_of(gravest, language)}: {what}"
    link = answers.links.get(gravest.alert.alert, "") if gravest.is_call else ""
    code = _reply(gravest, language, answers, escalate=False)
    if link:
        yield f"{_sentences(opening, code)}. {link}"
        yield f"{opening}. {link}"
    yield _sentences(opening, _reply(gravest, language, answers, escalate=True))
    yield _sentences(opening, code)


def _sentences(*pieces: str) -> str:
    return ". ".join(piece.strip().rstrip(".") for piece in pieces if piece.strip())
