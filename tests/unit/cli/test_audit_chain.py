"""Whatever was done to the lines is found, and named where it was done."""

from typing import Final

import pytest
from msgspec.structs import replace

from streams.cli.audit_chain import Fault, Whole, check_lines
from streams.cli.audit_verify import verdict
from streams.cli.told_lines import FoundLine
from streams.judge.world import Watched, World
from streams.rules.compiling import compile_pack
from streams.rules.reading import read_pack
from streams.wire.chain import GENESIS, Chain
from streams.wire.told import ToldLine
from tests.support.audits import changed, found, judged_lines
from tests.support.events import call_for_help, opened
from tests.support.stories import at, journal
from tests.support.world import ELECTION, KR, changed_pack, plan

RESTRICTED: Final = changed_pack(
    "runbook: docs/runbooks/W02.md", "runbook: docs/runbooks/W02.md\nrestricted_to: [propam]"
)
WORLD: Final = World({ELECTION: Watched.of(plan(), compile_pack(read_pack(RESTRICTED)))})
LINES: Final = judged_lines(
    journal(at("06:00"), call_for_help("A1"), at("07:00"), opened(KR), at("07:46")), WORLD
)
"""Open and restricted ones, the restricted first."""
OPEN: Final = [number for number, line in enumerate(LINES) if not line.restricted]
SECRET: Final = [number for number, line in enumerate(LINES) if line.restricted]


def fault(lines: list[ToldLine]) -> Fault:
    """Return what is wrong with the lines of one partition."""
    [one] = check_lines(found(lines))
    assert isinstance(one, Fault), one
    return one


def whole(lines: list[ToldLine]) -> Whole:
    """Return what is known of the lines of one partition that are as they were told."""
    [one] = check_lines(found(lines))
    assert isinstance(one, Whole), one
    return one


def without_chain(lines: list[ToldLine]) -> list[ToldLine]:
    """Return lines as an older version has told them."""
    return [replace(line, chain="") for line in lines]


def test_the_day_of_these_tests_has_both_kinds() -> None:
    """And one open line at least with another one of its record."""
    assert 3 < len(OPEN)
    assert 1 < len(SECRET)
    assert any(line.n > 0 for line in LINES)


def test_what_was_told_is_whole() -> None:
    """The chain ends where its last lines say."""
    end = Chain(bytes.fromhex(LINES[OPEN[-1]].chain), bytes.fromhex(LINES[SECRET[-1]].chain))
    links = frozenset(line.chain for line in LINES)
    assert Whole(0, len(LINES), 0, 0, end, links) == whole(LINES)


def test_a_repeat_is_the_same_line() -> None:
    """Who takes over may tell once more what was told."""
    assert whole(LINES) == whole([*LINES[:5], *LINES[2:4], *LINES[5:]])


def test_both_topics_are_one_order() -> None:
    """However they were read, one after the other."""
    both = [LINES[number] for number in (*OPEN, *SECRET)]
    read = [FoundLine(line, str(line.restricted), "x") for line in both]
    [one] = check_lines(read)
    assert whole(LINES) == one


@pytest.mark.parametrize("number", range(len(LINES)))
def test_a_changed_byte_is_found(number: int) -> None:
    """In every line, the last one included."""
    lines = [*LINES]
    lines[number] = changed(lines[number], b'"state":"', b'"state":" ')
    found_fault = fault(lines)
    assert f"day:{number + 1}" == found_fault.where
    assert "changed, or a line before it is missing" == found_fault.detail


@pytest.mark.parametrize("number", [one for one in range(len(LINES)) if one != SECRET[-1]][:-1])
def test_a_dropped_line_is_found(number: int) -> None:
    """At the next line that rests on it; the last of its kind leaves no trace."""
    detail = fault([*LINES[:number], *LINES[number + 1 :]]).detail
    assert "missing" in detail


def test_a_restricted_line_that_is_dropped_is_found_at_the_next_restricted_one() -> None:
    """Nothing open depends on it."""
    lines = [line for number, line in enumerate(LINES) if number != SECRET[0]]
    assert LINES[SECRET[1]].place == fault(lines).place


def test_a_gap_in_the_lines_of_a_record_is_named() -> None:
    """They are numbered from 0."""
    [number, *_] = [one for one, line in enumerate(LINES) if line.n == 1]
    found_fault = fault([*LINES[: number - 1], *LINES[number:]])
    assert "line 0 of the same journal record is missing before it" == found_fault.detail


def test_lines_that_changed_places_are_found() -> None:
    """The later one stands before the earlier one."""
    first, second = OPEN[0], OPEN[1]
    lines = [*LINES]
    lines[first], lines[second] = lines[second], lines[first]
    found_fault = fault(lines)
    assert "out of place: a later line stands before it" == found_fault.detail


def test_contents_that_changed_places_are_found() -> None:
    """Even if the headers stayed."""
    first, second = OPEN[0], OPEN[1]
    lines = [*LINES]
    lines[first] = replace(LINES[first], line=LINES[second].line)
    lines[second] = replace(LINES[second], line=LINES[first].line)
    assert LINES[first].place == fault(lines).place


def test_a_forged_line_between_two_is_found() -> None:
    """What comes after it does not know it."""
    before, after = LINES[OPEN[-2]], LINES[OPEN[-1]]
    assert before.offset + 1 < after.offset
    forged = replace(before, offset=before.offset + 1, n=0, chain="0" * 32)
    found_fault = fault([*LINES[: OPEN[-1]], forged, *LINES[OPEN[-1] :]])
    assert forged.place == found_fault.place
    assert "put in: the next line follows from the one before it" == found_fault.detail


def test_a_forged_line_at_the_end_is_found() -> None:
    """Its hash fits nothing."""
    last = LINES[OPEN[-1]]
    forged = replace(last, offset=LINES[-1].offset + 1, n=0)
    assert forged.place == fault([*LINES, forged]).place


def test_the_same_line_with_other_content_is_found() -> None:
    """A repeat is byte for byte."""
    again = changed(LINES[0], b'"revision":1', b'"revision":9')
    assert "it stands at day:1 with other content or chain" == fault([*LINES, again]).detail


def test_lines_of_an_older_version_are_no_fault() -> None:
    """Those that lead to the first link are proved by it, all the same."""
    number = OPEN[2]
    one = whole([*without_chain(LINES[:number]), *LINES[number:]])
    assert (number, 0) == (one.unchained, one.unsure)
    assert whole(LINES).end == one.end


def test_lines_of_an_older_version_that_lead_elsewhere_are_told_of() -> None:
    """An older version may have judged otherwise; from the first link on all is proved."""
    number = OPEN[2]
    older = [*LINES[:number]]
    older[OPEN[0]] = changed(LINES[OPEN[0]], b'"revision":', b'"revision":9')
    one = whole([*without_chain(older), *LINES[number:]])
    assert (number, number) == (one.unchained, one.unsure)
    assert LINES[OPEN[-1]].chain == one.end.open.hex()
    broken = [*without_chain(older), *LINES[number:]]
    broken[-1] = changed(broken[-1], b'"state":"', b'"state":" ')
    assert LINES[-1].place == fault(broken).place


def test_a_line_without_its_link_among_others_is_found() -> None:
    """Only the beginning may be of an older version."""
    lines = [*LINES]
    lines[OPEN[2]] = replace(lines[OPEN[2]], chain="")
    assert "it has no chain, and a line before it has one" == fault(lines).detail


def test_each_partition_has_its_verdict() -> None:
    """A fault in one says nothing of the other."""
    other = [replace(line, partition=4) for line in LINES[:3]]
    first, second = check_lines(found([*other, *LINES]))
    assert isinstance(first, Whole)
    assert isinstance(second, Fault)
    assert "day:1: partition 4, journal record 2, line 0: changed" in str(second)


def test_a_whole_day_is_ok_and_says_where_it_ends() -> None:
    """Whoever writes that down can ask for it later."""
    words, is_whole = verdict([whole(LINES)], [LINES[3].chain.upper()])
    end = whole(LINES).end
    assert is_whole
    ends = f"ends with {end.open.hex()}, restricted {end.restricted.hex()}"
    assert [f"ok {len(LINES)} lines", f"partition 0: {len(LINES)} lines, {ends}"] == words


def test_lines_that_were_cut_off_are_found_by_a_hash_that_was_kept() -> None:
    """The chain alone does not know its end."""
    kept = LINES[OPEN[-1]].chain
    words, is_whole = verdict([whole(LINES[: OPEN[-1]])], [kept])
    assert not is_whole
    assert f"not as told: no chain has come to {kept}; what led to it is gone" == words[-1]


def test_nothing_is_whole() -> None:
    """Before the day there is nothing to prove."""
    assert (["ok 0 lines"], True) == verdict(check_lines([]), [])
    assert GENESIS == Chain(bytes(16), bytes(16))
