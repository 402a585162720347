"""Closing a case: by whom, and with what word. `T06@KR` opens at 09:15."""

from typing import Final

from msgspec.structs import replace

from streams.domain.events import CommandKind
from tests.support.events import command, opened, suspended
from tests.support.stories import Item, Told, at, journal, judge, replies_of, story
from tests.support.world import KR, ROSTER, world

HALT: Final = "T06@KR"
MORNING: Final[list[Item]] = [at("06:00"), opened(KR), at("09:00"), suspended(KR), at("09:17")]


def closing(by: str, reason: str) -> Told:
    """Somebody closes the case of the halt."""
    told = command(CommandKind.CLOSE_CASE, HALT, by)
    return replace(told, event=replace(told.event, reason=reason))


def answered(told: Told) -> list[str]:
    """Return the answer to a command."""
    return replies_of(judge(journal(*MORNING, told), world(ROSTER)))


def test_a_case_is_closed_with_a_word() -> None:
    """As `resolve` does; the word says who has it now, and under which number."""
    assert ["done"] == answered(closing("chief", "LP/12/XI"))
    lines = story(*MORNING, closing("chief", "LP/12/XI"), at("09:20"), of=HALT)
    assert ["09:15 opened", "09:17 resolved"] == lines


def test_without_a_word_it_stays_open() -> None:
    """Nobody could ask there what became of it."""
    wanting = "close_case needs in `reason` by whom it was closed, and its number there"
    assert [wanting] == answered(closing("chief", ""))


def test_an_operator_closes_no_case() -> None:
    """A commander does, and Propam its own."""
    assert ["role operator may not close_case"] == answered(closing("ops", "LP/12/XI"))
