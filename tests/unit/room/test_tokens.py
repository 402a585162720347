"""Tokens of programs: what opens, what does not, and until when."""

import pytest
from msgspec.structs import replace

from streams.domain.times import EpochMs
from streams.room.rights import ENDPOINTS, may
from streams.room.tokens import TokenIndex, bearer_of, token_hash, token_text
from streams.room.users import Scope, Token, Users
from streams.wire.time import parse_time
from tests.unit.room.people import NOW, POST

TEXT = token_text(bytes(range(32)))
ENDS = "2024-11-28T00:00:00+07:00"
TOKEN = Token(hash=token_hash(TEXT), scopes=frozenset({Scope.READ, Scope.ACT}), expires=ENDS)
USER = replace(POST, tokens={"grafana": TOKEN})
INDEX = TokenIndex(Users({"posko-1": USER}))


def test_a_token_is_recognised_and_holds_all_its_bits() -> None:
    """By its beginning; 32 bytes are 43 signs of base64."""
    assert (True, 49) == (TEXT.startswith("siaga_"), len(TEXT))
    assert TEXT != token_text(bytes(range(1, 33)))
    assert TEXT not in repr(TOKEN) + repr(USER)


def test_who_comes_with_a_token_is_its_user_within_its_scopes() -> None:
    """Role and area are the user's; what the token does not open stays shut."""
    person = INDEX.person(token_hash(TEXT), NOW)
    assert person is not None
    assert ("posko-1", "operator", "36.04") == (person.user, person.role, person.area)
    opened = {name for name, one in ENDPOINTS.items() if may(person, one) and not one.is_open}
    read = {
        "stream",
        "snapshot",
        "alerts",
        "alert",
        "evidence",
        "picture",
        "curve",
        "borders",
        "tps",
    }
    assert read | {"command", "reply"} == opened


@pytest.mark.parametrize("text", ["", "siaga_", "siaga_x", TEXT[6:], TEXT + "A", TOKEN.hash])
def test_nothing_else_opens(text: str) -> None:
    """Not even what is kept of it."""
    assert INDEX.person(token_hash(text), NOW) is None


def test_a_token_ends_in_time_and_with_its_user() -> None:
    """To the millisecond; who is disabled has none."""
    ends_at = parse_time(ENDS)
    assert INDEX.person(token_hash(TEXT), EpochMs(ends_at - 1)) is not None
    assert INDEX.person(token_hash(TEXT), ends_at) is None
    disabled = TokenIndex(Users({"posko-1": replace(USER, disabled=True)}))
    assert disabled.person(token_hash(TEXT), NOW) is None


@pytest.mark.parametrize(
    ("header", "token"),
    [("Bearer abc", "abc"), ("bearer  abc ", "abc"), ("Basic abc", ""), ("", ""), ("Bearer", "")],
)
def test_the_header_of_a_token(header: str, token: str) -> None:
    """The scheme's case does not matter (RFC 9110)."""
    assert token == bearer_of(header)
