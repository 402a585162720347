"""The users file as values: what is read and refused; what is written is read back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from streams.domain.events import ActorRole
from streams.domain.ids import AreaCode
from streams.errors import ConfigError
from streams.room.users import Scope, Token, User, Users, parse_users, users_text
from streams.territory.plan import Actor
from tests.unit.room.people import CHIEF, POST, USERS, WALL

TOKEN = Token(hash="0" * 64, scopes=frozenset({Scope.READ}), expires="2024-12-31T00:00:00+07:00")

signs = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=64)
scopes = st.frozensets(st.sampled_from(Scope), min_size=1)
tokens = st.builds(Token, hash=st.just("ab" * 32), scopes=scopes, expires=st.just(TOKEN.expires))
users = st.builds(
    User,
    name=signs,
    role=st.sampled_from([role for role in ActorRole if role is not ActorRole.SYSTEM]),
    area=st.sampled_from(["", "36", "36.04", "36.04.17", "36.04.17.2010"]),
    language=st.sampled_from(["id", "en"]),
    generation=st.integers(1, 1_000),
    disabled=st.booleans(),
    idle_minutes=st.none() | st.integers(1, 1_440),
    tokens=st.dictionaries(st.sampled_from(["grafana", "arsip.2"]), tokens, max_size=2),
)


@given(st.dictionaries(st.from_regex(r"[a-z0-9][a-z0-9._-]{0,20}", fullmatch=True), users))
def test_what_is_written_is_read_back(known: dict[str, User]) -> None:
    """Whatever signs a name has; and the same users are the same text."""
    written = users_text(Users(known))
    read = parse_users(written, "users.toml")
    assert known == read.by_id
    assert written == users_text(read)


def test_a_file_by_hand_needs_only_name_and_role() -> None:
    """All else has a default that lets nobody in."""
    read = parse_users('[users.tamu]\nname = "Tamu"\nrole = "viewer"', "users.toml")
    assert {"tamu": User(name="Tamu", role=ActorRole.VIEWER)} == read.by_id
    assert not read.by_id["tamu"].password


@pytest.mark.parametrize(
    ("user", "fault"),
    [
        (replace(POST, role=ActorRole.SYSTEM), "role: expected a role of people, got system"),
        (replace(POST, area="3604"), "area: expected a code of a province"),
        (replace(POST, area="36.04.17.2010-001"), "area: expected a code of a province"),
        (replace(POST, area="99"), "area: expected a code of a province"),
        (replace(POST, language="jv"), "language: expected id or en, got 'jv'"),
        (replace(POST, idle_minutes=0), "idle_minutes: 0 .never. is for the role viewer only"),
        (replace(POST, password="rahasia"), "password: expected a hash by Argon2id"),
        (replace(POST, name="a\nb"), "name, oidc: expected signs that can be printed"),
        (replace(POST, tokens={"a b": TOKEN}), "tokens: 'a b': expected as id"),
        (replace(POST, tokens={"a": replace(TOKEN, hash="x")}), "tokens.a: hash: expected SHA-256"),
        (replace(POST, tokens={"a": replace(TOKEN, expires="kelak")}), "tokens.a: expires:"),
    ],
)
def test_a_user_is_as_he_must_be(user: User, fault: str) -> None:
    """Or the whole file is refused, with his id and the field; no hash is repeated."""
    with pytest.raises(ConfigError, match=f"^users.toml: users.posko-1: {fault}") as error:
        parse_users(users_text(Users({"posko-1": user})), "users.toml")
    assert user.password not in str(error.value) or not user.password


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[users", "not TOML"),
        ("generation = " + "9" * 5_000, "not TOML: generation: found a number of 5000 digits"),
        ("x = " + "[" * 5_000, "not TOML"),
        ("[people.a]\n", "unknown field `people`"),
        ('[users.a]\nname = "A"\nrole = "chief"', "Invalid enum value 'chief'"),
        ('[users.a]\nname = "A"\nrole = "viewer"\nadmin = true', "unknown field `admin`"),
        ('[users."a b"]\nname = "A"\nrole = "viewer"', "users.a b: expected as id letters"),
        ('[users.a]\nname = ""\nrole = "viewer"', "length >= 1"),
    ],
)
def test_a_file_that_is_none_is_refused(text: str, message: str) -> None:
    """What is misspelt is not ignored: it may have been meant to keep somebody out."""
    with pytest.raises(ConfigError, match=message):
        parse_users(text, "users.toml")


def test_two_that_people_take_for_one_are_refused() -> None:
    """Ids that differ in their case, and one identity of two users."""
    alike = Users({"POSKO": POST, "posko": POST})
    with pytest.raises(ConfigError, match=r"users.POSKO and users.posko: the same id"):
        parse_users(users_text(alike), "users.toml")
    shared = Users({"a": CHIEF, "b": replace(POST, oidc="Subject-1")})
    with pytest.raises(ConfigError, match=r"users.a and users.b: the same oidc"):
        parse_users(users_text(shared), "users.toml")


def test_a_user_is_found_whatever_the_case() -> None:
    """The true id is returned: by it he commands."""
    assert ("posko-1", POST) == USERS.find("posko-1") == USERS.find("POSKO-1")
    assert USERS.find("posko") is None


def test_everybody_is_on_the_roster_also_who_is_disabled() -> None:
    """What he has ordered before must be judged the same in a replay."""
    users = USERS.with_user("posko-1", replace(POST, disabled=True)).without("komandan")
    expected = (
        Actor("dinding", ActorRole.VIEWER, AreaCode("")),
        Actor("posko-1", ActorRole.OPERATOR, AreaCode("36.04")),
    )
    assert expected == users.roster


def test_nothing_that_opens_is_shown() -> None:
    """Neither in a log nor in a failing test."""
    shown = repr(USERS) + repr(TOKEN)
    assert POST.password not in shown
    assert TOKEN.hash not in shown
    assert "Dinding" in repr(WALL)
