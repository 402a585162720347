"""Stories of wrong passwords: how long one waits, and who is not kept out by somebody else."""

from hypothesis import given
from hypothesis import strategies as st

from streams.room.lockout import Lockout, Patience, Try

ALICE = Try.of("komandan", "10.0.0.1")


def waits(lockout: Lockout, tried: Try, count: int, now: float = 0.0) -> list[float]:
    """Try so many times, each time as soon as it is allowed; return the waits in between."""
    found: list[float] = []
    while len(found) < count:
        wait = lockout.begin(tried, now)
        found.append(wait)
        if wait:
            now += wait
            assert 0 == lockout.begin(tried, now)
    return found


def test_five_are_free_then_the_wait_doubles_up_to_a_quarter_of_an_hour() -> None:
    """Somebody who mistypes is not kept; somebody who guesses is."""
    expected = [0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]
    assert expected == waits(Lockout(), ALICE, 17)


def test_what_is_tried_while_one_must_wait_is_not_counted() -> None:
    """Who waits has waited, whatever his browser has done meanwhile."""
    lockout = Lockout()
    for _ in range(5):
        lockout.begin(ALICE, 0)
    assert [1.0, 0.75, 0.5] == [lockout.begin(ALICE, now) for now in (0, 0.25, 0.5)]
    assert 0 == lockout.begin(ALICE, 1)


def test_the_right_password_takes_the_count_back() -> None:
    """Four wrong ones and a right one are no reason to wait."""
    lockout = Lockout()
    for _ in range(20):
        assert [0, 0, 0, 0, 0] == [lockout.begin(ALICE, 0) for _ in range(5)]
        lockout.passed(ALICE, 0)


def test_the_case_of_a_name_and_the_end_of_an_address_make_no_other() -> None:
    """Whoever has an IPv6 network has all its addresses, and an IPv4 may be written as IPv6."""
    assert Try.of("KOMANDAN", "2001:db8::1") == Try.of("komandan", "2001:db8::ffff:1")
    assert Try.of("a", "2001:db8::1") != Try.of("a", "2001:db8:0:1::1")
    assert Try.of("a", "10.0.0.1") == Try.of("a", "::ffff:10.0.0.1")
    assert Try.of("a", "socket") == Try("a", "socket")


def test_one_password_on_all_names_is_the_addresss_fault() -> None:
    """Thirty names from one address, and the next waits, whoever it is."""
    lockout = Lockout()
    for number in range(30):
        assert 0 == lockout.begin(Try.of(f"posko-{number}", "10.0.0.9"), 0)
    assert lockout.begin(Try.of("posko-99", "10.0.0.9"), 0) > 0
    assert 0 == lockout.begin(Try.of("posko-99", "10.0.0.10"), 0)


def test_an_account_of_ones_own_washes_no_address_clean() -> None:
    """Logging in between guesses takes back only its own try."""
    lockout = Lockout()
    own = Try.of("saya", "10.0.0.9")
    for number in range(30):
        lockout.begin(Try.of(f"posko-{number}", "10.0.0.9"), 0)
        if lockout.begin(own, 0) == 0:
            lockout.passed(own, 0)
    assert lockout.begin(Try.of("posko-99", "10.0.0.9"), 0) > 0


def test_nobody_is_locked_out_by_those_who_guess_elsewhere() -> None:
    """Where a commander has come in from of late he comes in, however many guess his name."""
    lockout = Lockout()
    lockout.begin(ALICE, 0)
    lockout.passed(ALICE, 0)
    for number in range(2_000):
        lockout.begin(Try.of("komandan", f"10.1.{number // 250}.{number % 250}"), 1)
    assert 0 < lockout.begin(Try.of("komandan", "10.2.0.1"), 1) <= 30
    assert 0 == lockout.begin(ALICE, 1)


def test_a_post_is_not_locked_out_by_its_neighbours_mistakes() -> None:
    """Twenty people behind one address: who has come in before comes in again."""
    lockout = Lockout()
    lockout.begin(ALICE, 0)
    lockout.passed(ALICE, 0)
    for number in range(40):
        lockout.begin(Try.of(f"posko-{number}", "10.0.0.1"), 1)
    assert lockout.begin(Try.of("posko-99", "10.0.0.1"), 1) > 0
    assert 0 == lockout.begin(ALICE, 1)
    assert lockout.begin(Try.of("komandan", "10.0.0.1"), 25 * 3_600) == 0


def test_after_an_hour_all_is_forgotten() -> None:
    """The next day begins anew."""
    lockout = Lockout()
    waits(lockout, ALICE, 6)
    assert 0 == lockout.begin(ALICE, 3_700)
    assert [0, 0, 0, 0, 1] == [lockout.begin(ALICE, 3_700) for _ in range(5)]


def test_memory_is_bounded() -> None:
    """Whatever names are tried from whatever addresses."""
    lockout = Lockout()
    for number in range(60_000):
        lockout.begin(
            Try.of(str(number), f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}"), 0
        )
    assert len(lockout) <= 50_000


@given(st.integers(0, 10_000), st.integers(0, 50), st.floats(1, 1_000))
def test_a_wait_never_shrinks_and_has_an_end(tries: int, free: int, longest_s: float) -> None:
    """However many tries there were."""
    patience = Patience(free, longest_s)
    assert 0 <= patience.after(tries) <= patience.after(tries + 1) <= longest_s
