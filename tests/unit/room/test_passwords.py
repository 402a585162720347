"""Passwords: what they must be, how they are kept, and that every check costs a hash."""

import asyncio
from collections.abc import Sequence

import pytest
from argon2 import PasswordHasher, extract_parameters
from argon2.profiles import RFC_9106_LOW_MEMORY

from streams.room.passwords import Passwords, fault_of_password
from tests.unit.room.people import CHEAP, HASHED, PASSWORD, passwords


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (PASSWORD, ""),
        ("x" * 6 + "yzabcd", ""),
        ("sebelas-huruf"[:11], "a password has 12 to 256 characters"),
        ("a1" * 129, "a password has 12 to 256 characters"),
        ("Komandan-Posko", "a password is not the name"),
        ("komandan-1702", "a password is not the name"),
        ("aaaaaaaaaaaa", "a password has more than 4 different characters"),
        ("\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18\uff19\uff10\uff11\uff12", ""),
    ],
)
def test_a_new_password_is_long_and_not_the_name(text: str, fault: str) -> None:
    """Length is what makes it strong; the name is what is tried first."""
    assert fault == fault_of_password(text, "Komandan-1702", "Komandan-Posko")


def test_a_password_fits_what_is_kept_of_it() -> None:
    """And no other does; each time it is kept it looks different."""
    book = passwords()
    assert book.fits(HASHED, PASSWORD)
    assert not book.fits(HASHED, PASSWORD + "!")
    assert book.keep(PASSWORD) != book.keep(PASSWORD)


def test_another_keyboard_writes_the_same_password() -> None:
    """Wide signs, and letters with their accent apart, are the same after NFKC."""
    book = passwords()
    assert book.fits(book.keep("Kopi-é-12345"), "\uff2bopi-e\u0301-12345")


def test_what_is_taken_as_a_password_fits_later() -> None:
    """Its length is that of its signs, however many keys each took; four are one at most."""
    book = passwords()
    for letter, signs, count in (("e", "\u0301", 256), ("\u03b1", "\u0313\u0300\u0345", 240)):
        apart = "".join(f"{chr(ord('a') + n % 20)}{letter}{signs}" for n in range(count // 2))
        assert len(apart) > 256
        assert "" == fault_of_password(apart, "a", "b")
        assert book.fits(book.keep(apart), apart)
        assert not book.fits(book.keep(apart), apart[:-1])
    assert not book.fits(book.keep("x" * 257), "x" * 257)


@pytest.mark.parametrize("kept", ["", "not a hash", "$argon2id$broken"])
def test_where_nothing_is_kept_nothing_fits(kept: str) -> None:
    """Not even the password of nobody, which is hashed in its place."""
    assert not passwords().fits(kept, PASSWORD)
    assert not passwords().fits(kept, "a password that nobody has")


class _Counting(PasswordHasher):
    """A hasher that knows what it was asked."""

    asked: Sequence[str] = ()

    def verify(self, hash: str | bytes, password: str | bytes) -> bool:  # type: ignore[override]  # noqa: A002 - As argon2 has it, which overloads it.
        self.asked = (*self.asked, str(hash))
        return CHEAP.verify(hash, password)


@pytest.mark.parametrize("kept", ["", HASHED], ids=["nobody", "somebody"])
@pytest.mark.parametrize("text", [PASSWORD, "x" * 5_000], ids=["usual", "long"])
def test_every_check_costs_one_hash(kept: str, text: str) -> None:
    """Of a user who is not there as well: the time tells nobody who is."""
    hasher = _Counting(time_cost=1, memory_cost=8, parallelism=1)
    Passwords(hasher).fits(kept, text)
    assert 1 == len(hasher.asked)


def test_a_few_are_checked_at_a_time() -> None:
    """Each takes 64 MiB: a hundred at once must not take 6 GiB."""

    async def story() -> list[bool]:
        book = passwords()
        return await asyncio.gather(*(book.fits_soon(HASHED, PASSWORD) for _ in range(20)))

    assert [True] * 20 == asyncio.run(story())


def test_the_profile_is_that_of_the_rfc() -> None:
    """Argon2id, 3 passes over 64 MiB by 4 lanes: RFC 9106, section 4, second recommendation."""
    kept = Passwords().keep(PASSWORD)
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert RFC_9106_LOW_MEMORY == extract_parameters(kept)
