"""The door for passwords: who comes in, and that every failure looks the same."""

import asyncio

import pytest
from msgspec.structs import replace

from streams.room.entry import Attempt, Denied, Entered, Entry, person_of
from streams.room.lockout import Lockout
from streams.room.rights import Person
from streams.room.users import Users
from tests.unit.room.people import PASSWORD, POST, USERS, passwords

DISABLED = USERS.with_user("posko-1", replace(POST, disabled=True))


def entered(entry: Entry, name: str, password: str, users: Users = USERS) -> Entered | Denied:
    """Try a name and a password."""
    return asyncio.run(entry.enter(users, Attempt(name, password, "10.0.0.1"), 0))


def test_the_right_password_lets_the_user_in() -> None:
    """By the id as the file has it, whatever the case it was typed in."""
    assert Entered("posko-1", POST) == entered(Entry(passwords(), Lockout()), "Posko-1", PASSWORD)


@pytest.mark.parametrize(
    ("name", "password", "users"),
    [
        ("posko-1", PASSWORD + "!", USERS),
        ("posko-1", "", USERS),
        ("nobody", PASSWORD, USERS),
        ("dinding", "", USERS),
        ("dinding", PASSWORD, USERS),
        ("posko-1", PASSWORD, DISABLED),
    ],
)
def test_every_failure_is_the_same(name: str, password: str, users: Users) -> None:
    """Wrong, unknown, without a password, disabled: nobody learns which."""
    assert Denied() == entered(Entry(passwords(), Lockout()), name, password, users)


def test_after_five_wrong_ones_the_right_one_waits_too() -> None:
    """It is not even looked at; a name that nobody has waits just so."""
    entry = Entry(passwords(), Lockout())
    for name in ("posko-1", "nobody"):
        assert [Denied()] * 5 == [entered(entry, name, "wrong") for _ in range(5)]
        assert Denied(1.0) == entered(entry, name, PASSWORD)


def test_many_at_once_are_many() -> None:
    """A try counts before its hash is done, else a hundred at a time would be one."""

    async def story() -> list[Entered | Denied]:
        entry, wrong = Entry(passwords(), Lockout()), Attempt("posko-1", "wrong", "10.0.0.1")
        return await asyncio.gather(*(entry.enter(USERS, wrong, 0) for _ in range(20)))

    found = asyncio.run(story())
    assert (5, 15) == (found.count(Denied()), found.count(Denied(1.0)))


def test_a_session_may_all_that_the_role_may() -> None:
    """It has no scopes; and what was typed is shown nowhere."""
    expected = Person(user="posko-1", name="Posko 1", role=POST.role, area="36.04")
    assert expected == person_of("posko-1", POST)
    assert PASSWORD not in repr(Attempt("posko-1", PASSWORD, "10.0.0.1"))
