"""What holds of every notice that could be told, however people and places are called."""

import re
from typing import Final

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from streams.domain.alert import Change, Text
from streams.domain.ids import AlertId, Scope
from streams.domain.notice import NoticeKind
from streams.domain.outgoing import Outgoing, OutgoingAlert, OutgoingRollUp
from streams.domain.times import EpochMs
from streams.domain.words import ScopeKind, Severity
from streams.texts.gsm import SMS_SEPTETS, fitted, plain, septets
from streams.texts.notices import full, parts, short, subject
from tests.support.outgoing import CALL, NOTICE, ROLL_UP
from tests.support.world import local

HIDDEN: Final = ("NRP-88010203", "CALON-01", "Rahasia Diri")
"""An officer's or reporter's id, a choice, a name: what a scope and a key may have."""
PLACES: Final = st.sampled_from(
    (
        "Ma\u2019rang",
        "Da'i Bakti",
        "Ra\u02bcas",
        "Tanjung Kemuning",
        "Désa Ñusa",
        "TPS 003 Pasar",
        "漢字",
    )
)
NAMES: Final = PLACES | st.text(min_size=1, max_size=20)
SENTENCES: Final = st.sampled_from(("", "TPS 003 belum buka.", "Keributan " * 30)) | st.text(
    max_size=40
)
TEXTS: Final = st.builds(Text, SENTENCES, SENTENCES)
LETTERS: Final = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", min_size=16, max_size=16)
LANGUAGES: Final = st.sampled_from(("id", "en"))


@st.composite
def alerts(draw: st.DrawFn) -> OutgoingAlert:
    """Draw an alert, of whatever kind and wherever it is."""
    return replace(
        CALL,
        alert=AlertId(f"3604-{draw(LETTERS)}"),
        change=draw(st.sampled_from(Change)),
        kind=draw(st.sampled_from((NoticeKind.CALL, NoticeKind.INFORM))),
        scope=Scope(f"officer:36.04/{HIDDEN[0]}"),
        scope_kind=ScopeKind.OFFICER,
        scope_name=HIDDEN[2],
        key=HIDDEN[1],
        path=tuple(draw(st.lists(NAMES, max_size=5))),
        severity=draw(st.sampled_from(Severity)),
        title=draw(TEXTS),
        summary=draw(TEXTS),
        action=draw(TEXTS),
        opened_at=EpochMs(local("07:30") - draw(st.integers(0, 10**9))),
        taken_by=draw(st.none() | TEXTS),
        flapping=draw(st.booleans()),
    )


@st.composite
def told(draw: st.DrawFn) -> list[Outgoing]:
    """Draw notices of one destination, which are all of a drill or none."""
    drill = draw(st.booleans())
    restricted_to = draw(st.sampled_from(((), ("propam",))))
    found: list[Outgoing] = []
    for _ in range(draw(st.integers(1, 2))):
        rolled_up = replace(_roll_up(), name=draw(NAMES)) if draw(st.booleans()) else None
        notice = replace(
            NOTICE,
            drill=drill,
            restricted_to=restricted_to,
            alerts=tuple(draw(st.lists(alerts(), max_size=2))),
            rolled_up=rolled_up,
        )
        found.append(notice if notice.alerts else replace(notice, message=draw(TEXTS)))
    return found


def _roll_up() -> OutgoingRollUp:
    assert ROLL_UP.rolled_up is not None
    return ROLL_UP.rolled_up


def codes_of(notices: list[Outgoing]) -> dict[AlertId, str]:
    """Return a code for each alert, that nothing else in a text is like."""
    found = [one.alert for notice in notices for one in notice.alerts]
    return {alert: f"{900_000 + number}" for number, alert in enumerate(found)}


@given(told(), LANGUAGES)
def test_an_sms_fits_into_one_message(notices: list[Outgoing], language: str) -> None:
    """It has at most 160 septets of the alphabet, on one line."""
    line = short(notices, language, codes_of(notices))
    assert septets(line) <= SMS_SEPTETS
    assert line == plain(line)
    assert line == " ".join(line.split())


@given(told(), LANGUAGES)
def test_an_sms_has_the_code_of_the_gravest_call_whole(
    notices: list[Outgoing], language: str
) -> None:
    """Whatever else has no room; and no other code, whole or in part."""
    codes = codes_of(notices)
    line = short(notices, language, codes)
    calls = [
        codes[one.alert]
        for notice in notices
        for one in notice.alerts
        if one.kind is NoticeKind.CALL
    ]
    found = set(re.findall(r"(?:AMBIL|NAIK) ([0-9]+)", line)) & set(codes.values())
    assert bool(calls) == bool(found)
    assert found <= set(calls)
    assert len(found) <= 1


@given(told(), LANGUAGES)
def test_a_subject_is_one_line(notices: list[Outgoing], language: str) -> None:
    """Of at most 100 characters, so no header of a mail can be made of a name."""
    line = subject(notices, language)
    assert len(line) <= 100
    assert line == " ".join(line.split())


@given(told(), LANGUAGES)
def test_a_drill_says_so_first_and_last(notices: list[Outgoing], language: str) -> None:
    """In every form; and what is real never does."""
    mark = "EXERCISE" if language == "en" else "LATIHAN"
    codes = codes_of(notices)
    for text in (short(notices, language, codes), subject(notices, language)):
        words = re.findall(r"\w+", text) or [""]
        assert [notices[0].drill] * 2 == [words[0] == mark, words[-1] == mark]
    lines = full(notices, language, codes, {}).split("\n")
    assert notices[0].drill == (lines[0].startswith(f"{mark} - ") and lines[0] == lines[-1])


@given(told(), LANGUAGES)
def test_no_form_has_more_than_a_notice_may_tell(notices: list[Outgoing], language: str) -> None:
    """Neither what a scope nor what a key is, for both may be of a person or a choice."""
    codes = codes_of(notices)
    forms = (
        full(notices, language, codes, codes),
        short(notices, language, codes),
        subject(notices, language),
    )
    assert [] == [word for word in HIDDEN for form in forms if word in form]


@given(told(), LANGUAGES)
def test_of_what_is_restricted_a_line_says_nothing(notices: list[Outgoing], language: str) -> None:
    """Two notices that differ in what they are about give the same line."""
    hidden = [replace(notice, restricted_to=("propam",)) for notice in notices]
    text = Text("lain", "other")
    others = [
        replace(
            notice,
            alerts=tuple(replace(one, title=text, path=("X",)) for one in notice.alerts),
            message=None if notice.message is None else text,
        )
        for notice in hidden
    ]
    codes = codes_of(notices)
    assert short(hidden, language, codes) == short(others, language, codes)
    assert subject(hidden, language) == subject(others, language)


@given(st.text(max_size=400), st.integers(20, 90))
def test_parts_lose_nothing(text: str, limit: int) -> None:
    """No part is too long, each has its number, and together they are the text but for spaces."""
    found = parts(text, limit)
    assert all(len(part) <= limit for part in found)
    if len(found) == 1:
        assert (text,) == found
        return
    numbers = [f"({number}/{len(found)}) " for number in range(1, len(found) + 1)]
    assert all(part.startswith(number) for part, number in zip(found, numbers, strict=True))
    whole = "".join(part.removeprefix(number) for part, number in zip(found, numbers, strict=True))
    assert "".join(text.split()) == "".join(whole.split())


@given(st.text("abc \n", max_size=400), st.integers(20, 90))
def test_parts_cut_no_word_that_fits(text: str, limit: int) -> None:
    """So a code is never half in one part and half in the next."""
    room = limit - len("(99/99) ")
    words = {word for part in parts(text, limit) for word in part.split() if "(" not in word}
    assert {word for word in text.split() if len(word) <= room} <= words


@given(st.text())
def test_what_is_in_the_alphabet_stays(text: str) -> None:
    """Written twice it is the same as once."""
    assert plain(text) == plain(plain(text))


@given(st.text(), st.integers(0, 50))
def test_what_is_fitted_is_the_longest_beginning(text: str, limit: int) -> None:
    """No longer than it may be, and one sign more would be."""
    written = plain(text)
    begun = fitted(written, limit)
    assert written.startswith(begun)
    assert septets(begun) <= limit
    assert begun == written or septets(written[: len(begun) + 1]) > limit
