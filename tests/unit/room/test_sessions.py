"""Stories of sessions: what a cookie is worth, where, and how long."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from streams.domain.times import HOUR_MS, MINUTE_MS, SECOND_MS, EpochMs
from streams.room.sessions import Ended, Lasting, Sessions, Ticket, cookie_name, forgotten, kept
from streams.room.users import User
from streams.sinks.secret import Secret
from tests.unit.room.people import CHIEF, NOW, POST, WALL

OLD, NEW = Secret("o" * 32), Secret("n" * 32)
SESSIONS = Sessions([NEW], Lasting())
UNIQUE = "unique-unique-unique"
TICKET = SESSIONS.begin("posko-1", POST, NOW, UNIQUE)


def after(minutes: float) -> EpochMs:
    """Return a moment so many minutes after the login."""
    return EpochMs(NOW + int(minutes * MINUTE_MS))


def test_a_cookie_is_read_by_every_room_of_the_same_secret() -> None:
    """No table is shared; the cookie is of signs that a header takes."""
    cookie = SESSIONS.cookie(TICKET)
    assert TICKET == Sessions([NEW], Lasting()).read(cookie)
    assert Sessions([OLD], Lasting()).read(cookie) is None
    assert all(sign.isalnum() or sign in "._-" for sign in cookie)


def test_a_secret_is_replaced_without_logging_anybody_out() -> None:
    """While both are named the newest signs, and what the old one has signed is believed."""
    before, between = Sessions([OLD], Lasting()), Sessions([NEW, OLD], Lasting())
    assert TICKET == between.read(before.cookie(TICKET))
    assert between.is_csrf(TICKET, before.csrf(TICKET))
    assert TICKET == SESSIONS.read(between.cookie(TICKET))
    assert before.read(between.cookie(TICKET)) is None


@given(st.integers(0, 200), st.characters(codec="ascii", categories=["L", "N"]))
def test_no_sign_of_a_cookie_can_be_changed(place: int, sign: str) -> None:
    """Whatever is changed, it is nobody's any more, or the very same."""
    cookie = SESSIONS.cookie(TICKET)
    place %= len(cookie) - 1  # Of the last sign of base64 some bits mean nothing.
    forged = cookie[:place] + sign + cookie[place + 1 :]
    assert SESSIONS.read(forged) is None or forged == cookie


@pytest.mark.parametrize("cookie", ["", "x", ".", "a.b", "W10.x", "é.ü", "A" * 5_000])
def test_what_is_no_cookie_of_ours_is_nothing(cookie: str) -> None:
    """And raises nothing."""
    assert SESSIONS.read(cookie) is None


def test_a_ticket_that_we_signed_for_something_else_is_nothing() -> None:
    """Its fields must be those of a ticket."""
    short = replace(TICKET, unique="short")
    assert SESSIONS.read(SESSIONS.cookie(short)) is None


STORIES: dict[str, tuple[User | None, float, Ended | None]] = {
    "it begins": (POST, 0, None),
    "half an hour less a second": (POST, 29.98, None),
    "half an hour without a step": (POST, 30, Ended.IDLE),
    "the user has a longer time": (replace(POST, idle_minutes=60), 59, None),
    "and that ends too": (replace(POST, idle_minutes=60), 60, Ended.IDLE),
    "a wall is never idle": (WALL, 11 * 60, None),
    "but its day ends": (WALL, 12 * 60, Ended.EXPIRED),
    "the password was changed": (POST.turned(), 1, Ended.REVOKED),
    "he is disabled": (replace(POST, disabled=True), 1, Ended.REVOKED),
    "he was removed": (None, 1, Ended.UNKNOWN),
    "it is of tomorrow": (POST, -10, Ended.UNKNOWN),
    "the other room's clock is a little ahead": (POST, -0.5, None),
}


@pytest.mark.parametrize(("user", "minutes", "ended"), STORIES.values(), ids=STORIES)
def test_how_a_session_ends(user: User | None, minutes: float, ended: Ended | None) -> None:
    """By its own time, or because the users file says so."""
    assert ended is SESSIONS.ended(TICKET, user, after(minutes))


def test_steps_keep_a_session_until_its_day_ends() -> None:
    """A step a quarter of an hour: after twelve hours he logs in again, as the next shift does."""
    ticket, minutes = TICKET, 0
    while SESSIONS.ended(ticket, POST, after(minutes)) is None:
        ticket = SESSIONS.stepped(ticket, POST, after(minutes)) or ticket
        minutes += 15
    assert (12 * 60, Ended.EXPIRED) == (minutes, SESSIONS.ended(ticket, POST, after(minutes)))


@pytest.mark.parametrize(
    ("idle_minutes", "every_s"), [(1, 5), (1, 29), (2, 5), (2, 61), (3, 30), (30, 60)]
)
def test_who_works_on_is_not_logged_out(idle_minutes: int, every_s: int) -> None:
    """However short the idle time is: only the day ends his session."""
    user = replace(POST, idle_minutes=idle_minutes)
    ticket, now = TICKET, NOW
    while (ended := SESSIONS.ended(ticket, user, now)) is None:
        ticket = SESSIONS.stepped(ticket, user, now) or ticket
        now = EpochMs(now + every_s * SECOND_MS)
    assert Ended.EXPIRED is ended


def test_a_cookie_is_made_anew_once_a_minute_at_most() -> None:
    """And has the same CSRF value then: forms that are open stay good."""
    assert SESSIONS.stepped(TICKET, POST, after(0.9)) is None
    assert SESSIONS.stepped(TICKET, WALL, after(0.9)) is None
    stepped = SESSIONS.stepped(TICKET, POST, after(1))
    assert stepped is not None
    assert replace(TICKET, stepped_ms=after(1)) == stepped
    assert SESSIONS.is_csrf(stepped, SESSIONS.csrf(TICKET))


@pytest.mark.parametrize("user", [POST, CHIEF, WALL, replace(POST, idle_minutes=1_000)])
@pytest.mark.parametrize("lasting", [Lasting(), Lasting(5, 1)])
def test_it_ends_when_it_is_said_to_end(user: User, lasting: Lasting) -> None:
    """To the millisecond: the page counts on it."""
    sessions = Sessions([NEW], lasting)
    ticket = sessions.begin("a", user, NOW, UNIQUE)
    ends_at = sessions.ends_at(ticket, user)
    assert sessions.ended(ticket, user, EpochMs(ends_at - 1)) is None
    assert sessions.ended(ticket, user, ends_at) is not None
    assert ends_at <= NOW + lasting.day_hours * HOUR_MS


@pytest.mark.parametrize(
    "other",
    [
        replace(TICKET, unique="another-another-another"),
        replace(TICKET, user="komandan"),
        replace(TICKET, generation=2),
    ],
)
def test_a_csrf_value_is_of_one_session(other: Ticket) -> None:
    """That of another, of the same user before, or none at all, is refused."""
    assert SESSIONS.is_csrf(TICKET, SESSIONS.csrf(TICKET))
    assert not SESSIONS.is_csrf(TICKET, SESSIONS.csrf(other))
    assert not SESSIONS.is_csrf(TICKET, "")
    assert not SESSIONS.is_csrf(TICKET, "é")


def test_the_cookie_is_for_us_alone() -> None:
    """No script reads it, no other site sends it; over TLS no other host can set it."""
    header = kept("value", NOW, after(30), secure=True)
    expected = "__Host-siaga=value; Path=/; Max-Age=1800; HttpOnly; SameSite=Strict; Secure"
    assert expected == header
    assert "siaga" == cookie_name(secure=False)
    assert "siaga=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict" == forgotten(secure=False)
