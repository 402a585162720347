"""Who may order what, and where: every command, every role, inside and outside of the area.

The table is contract §5, written out; each cell is judged by the fold, with a roster that gives
the roles, whatever the message claims. Whoever may give a command is not refused for it, though it
may lack something here; whoever may not is told so.
"""

from typing import Final

import pytest
from msgspec.structs import replace

from streams.domain.effects import Reply, ReplyOutcome
from streams.domain.events import Actor, ActorRole, CommandKind
from streams.domain.journal import Flag
from tests.support.events import command, opened, resumed, suspended
from tests.support.stories import Item, Told, at, journal, judge, named, only
from tests.support.world import KABUPATEN, KR, ROSTER, world

TABLE: Final = """
                  viewer operator commander liaison propam system
ack               -      x        x         x       x      -
unack             -      x        x         x       x      -
escalate          -      x        x         -       -      -
shelve            -      x        x         -       -      -
unshelve          -      x        x         -       -      -
resolve           -      x        x         x       x      -
reopen            -      x        x         -       -      -
note              -      x        x         x       x      -
confirm_report    -      x        x         -       -      -
reject_report     -      x        x         -       -      -
place_report      -      x        x         -       -      -
dispatch          -      x        x         -       -      -
release           -      x        x         -       -      -
confirm_seal      -      x        x         -       -      -
set_class         -      -        x         -       -      -
set_situation     -      -        x         -       -      -
close_case        -      -        x         -       x      -
confirm_identity  -      -        x         -       -      -
drill_start       -      -        x         -       -      -
drill_stop        -      -        x         -       -      -
resume_rule       -      -        x         -       -      x
use_pack          -      -        x         -       -      x
"""
"""Source: contract §5, *Commands*."""
_HEAD, *_ROWS = [line.split() for line in TABLE.strip().splitlines()]
CELLS: Final = [
    (CommandKind(row[0]), ActorRole(role), cell == "x")
    for row in _ROWS
    for role, cell in zip(_HEAD, row[1:], strict=True)
]
EVERYBODY: Final = "actor,role,area\n" + "".join(
    f"{role}-{where},{role},{area}\n"
    for role in _HEAD
    for where, area in (("in", "17.02"), ("out", "17.03"))
)
"""Each role, at home here and in the neighbouring kabupaten."""


def by(actor: str, told: Told) -> Told:
    """Let somebody give a command, who claims to be a commander of everything."""
    return replace(told, event=replace(told.event, actor=Actor(actor, ActorRole.COMMANDER)))


def answers(*items: Item, roster: str = EVERYBODY) -> list[Reply]:
    """Return the replies to the commands of a morning on which nothing else happens."""
    return only(judge(journal(at("06:00"), *items), world(roster)), Reply)


def test_the_table_has_every_command_and_every_role() -> None:
    """None is forgotten when one is added."""
    assert [*CommandKind] == sorted({cell[0] for cell in CELLS}, key=[*CommandKind].index)
    assert {*ActorRole} == {cell[1] for cell in CELLS}


@pytest.mark.parametrize(("kind", "role", "may"), CELLS)
def test_within_the_area_the_role_decides(kind: CommandKind, role: ActorRole, may: bool) -> None:  # noqa: FBT001  a column of the table
    """One reply, with the role by the roster; refused for the role only where the table says so."""
    [reply] = answers(by(f"{role}-in", named("c1", command(kind))))
    assert (f"{role}-in", role, kind, "c1") == (
        reply.actor,
        reply.role,
        reply.kind,
        reply.command,
    )
    refused = f"role {role} may not {kind}"
    assert may == (refused != reply.reason)
    assert "lies outside" not in reply.reason


@pytest.mark.parametrize(("kind", "role", "may"), CELLS)
def test_outside_of_the_area_everything_is_refused(
    kind: CommandKind,
    role: ActorRole,
    may: bool,  # noqa: FBT001  a column of the table
) -> None:
    """Who may not at all is told that first; of the others the reply names both areas."""
    [reply] = answers(by(f"{role}-out", command(kind)))
    outside = "17.02 lies outside area 17.03 of the actor"
    expected = outside if may else f"role {role} may not {kind}"
    assert (ReplyOutcome.REFUSED, expected) == (reply.outcome, reply.reason)


@pytest.mark.parametrize("kind", CommandKind)
def test_who_is_not_on_the_roster_may_nothing(kind: CommandKind) -> None:
    """Whatever he claims; the reply has no role then."""
    [reply] = answers(by("ghost", command(kind)))
    expected = "the actor is not on the roster (users_file, actors.csv) of this election"
    assert (expected, "", KABUPATEN) == (reply.reason, reply.role, reply.area)


@pytest.mark.parametrize("kind", CommandKind)
def test_a_command_without_what_it_needs_is_answered(kind: CommandKind) -> None:
    """Bare as it is no command is done, and each reply says what was missing."""
    [reply] = answers(by("commander-in", command(kind)))
    assert ReplyOutcome.REFUSED is reply.outcome
    assert reply.reason


@pytest.mark.parametrize("kind", [one for one in CommandKind if one is not CommandKind.USE_PACK])
def test_a_command_that_names_no_place_is_refused(kind: CommandKind) -> None:
    """Intake puts it where its actor is at home; nothing there is changed by it."""
    told = replace(command(kind), flags=(Flag.PLACE_UNSURE,))
    [reply] = answers(by("commander-in", told))
    assert (ReplyOutcome.REFUSED, "") == (reply.outcome, reply.area)
    assert f"{kind} needs `" in reply.reason


HALTED: Final[list[Item]] = [at("06:00"), opened(KR), at("09:00"), suspended(KR), at("09:16")]


def test_the_reply_names_the_place_that_was_judged() -> None:
    """Of an alert its own, not the one that the message was put in."""
    ack = by("ops", command(CommandKind.ACK, "T06@KR"))
    done = only(judge(journal(*HALTED, ack, resumed(KR)), world(ROSTER)), Reply)
    assert [(ReplyOutcome.DONE, "operator", KR)] == [
        (one.outcome, one.role, one.area) for one in done
    ]
