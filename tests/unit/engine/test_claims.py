"""Stories of claims: what one worker may say it has heard."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.domain.times import EpochMs
from streams.engine.claims import ClaimBook
from streams.engine.ports import Slot

SLOT = Slot("tps.status", 0)


def book(start: int = 10) -> ClaimBook:
    """Return the book of a worker that reads `SLOT` from `start` on."""
    claims = ClaimBook()
    claims.assign({SLOT: start})
    return claims


def claim(claims: ClaimBook) -> int:
    """Return the claim of `SLOT`."""
    return claims.claims()[SLOT]


def test_nothing_seen_nothing_claimed() -> None:
    """Before the first record and the first answer, nothing is known."""
    assert claim(book()) == 0


def test_a_taken_record_is_claimed_with_its_time() -> None:
    """Everything before the last record taken has been taken."""
    claims = book()
    claims.take(SLOT, 11, EpochMs(500))
    assert claim(claims) == 500


def test_an_empty_answer_is_claimed_with_the_time_before_it_was_asked() -> None:
    """Nothing was there from our position on, so nothing had come before we asked."""
    claims = book(10)
    claims.note_answer(SLOT, EpochMs(900), 10)
    assert claim(claims) == 900


def test_an_answer_beyond_our_position_counts_too() -> None:
    """Control records of transactions move the position of a fetch and are never handed out."""
    claims = book(10)
    claims.note_answer(SLOT, EpochMs(900), 13)
    assert claim(claims) == 900


def test_an_answer_about_an_older_position_does_not_count() -> None:
    """It says nothing of the time after the records that came since."""
    claims = book(10)
    claims.note_answer(SLOT, EpochMs(900), 10)
    claims.note_handed_out(SLOT, 12)
    claims.take(SLOT, 12, EpochMs(400))
    assert claim(claims) == 400


def test_what_was_handed_out_and_not_taken_holds_the_claim() -> None:
    """A record on its way to us is older than the answer, and not in the journal yet."""
    claims = book(10)
    claims.note_handed_out(SLOT, 12)
    claims.note_answer(SLOT, EpochMs(900), 12)
    assert claim(claims) == 0


def test_a_record_with_an_older_time_takes_nothing_back() -> None:
    """A claim never falls, even where a broker's clock was set back."""
    claims = book()
    claims.take(SLOT, 11, EpochMs(500))
    claims.take(SLOT, 12, EpochMs(300))
    assert claim(claims) == 500


def test_only_partitions_held_are_claimed() -> None:
    """What was given up is claimed by others."""
    claims = book()
    claims.forget()
    assert claims.claims() == {}
    assert claims.slots == frozenset()


def test_an_answer_of_a_former_assignment_still_tells_the_truth() -> None:
    """Offsets decide: nothing from 10 on was there at 900, whoever asked."""
    claims = book(10)
    claims.note_answer(SLOT, EpochMs(900), 10)
    claims.forget()
    claims.assign({SLOT: 10})
    assert claim(claims) == 900


class Partition:
    """A source partition, and a fetcher that reads it for `claims`; the truth is kept beside it."""

    def __init__(self) -> None:
        self.claims = book(0)
        self.times: list[int] = []
        self.fetched = 0
        self.taken = 0
        self.now = 0

    def step(self, what: str) -> None:
        """Let one thing happen; time passes with each."""
        self.now += 1
        match what:
            case "append":
                self.times.append(self.now)
            case "fetch":
                if self.fetched == len(self.times):
                    self.claims.note_answer(SLOT, EpochMs(self.now), self.fetched)
                elif self.fetched < len(self.times):
                    self.fetched += 1
                    self.claims.note_handed_out(SLOT, self.fetched)
            case "take" if self.taken < self.fetched:
                self.taken += 1
                self.claims.take(SLOT, self.taken, EpochMs(self.times[self.taken - 1]))
            case _:
                pass


@given(st.lists(st.sampled_from(["append", "fetch", "take"]), max_size=60))
def test_every_record_before_a_claim_was_taken(steps: list[str]) -> None:
    """Whatever the order of things, a claim is true: all records with a smaller time are taken."""
    partition = Partition()
    for step in steps:
        partition.step(step)
        made = claim(partition.claims)
        missing = [at for at in partition.times[partition.taken :] if at < made]
        assert missing == []


@pytest.mark.parametrize("rest", [0, 1, 5])
def test_a_quiet_partition_is_claimed_up_to_the_last_look(rest: int) -> None:
    """Who has read all is never held up by silence."""
    partition = Partition()
    for step in ["append"] * rest + ["fetch", "take"] * rest + ["fetch"]:
        partition.step(step)
    assert claim(partition.claims) == partition.now
