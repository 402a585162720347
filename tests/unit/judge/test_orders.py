"""Commands: each is carried out or refused, and always answered once, with a reason.

`T06@KR` opens at 09:15 on ladder OPS (high: polsek), `T03@KR2` at 07:30 on ladder ADM, `W01` is
critical.
"""

from typing import Final

import pytest
from msgspec.structs import replace

from streams.domain.effects import Reply
from streams.domain.events import Actor, ActorRole, CommandKind
from streams.domain.ids import AreaCode
from tests.support.events import (
    ack,
    command,
    confirm_identity,
    escalate,
    note,
    opened,
    report,
    resumed,
    shelve,
    suspended,
)
from tests.support.stories import (
    Item,
    Told,
    alerts_of,
    at,
    journal,
    judge,
    named,
    of_election,
    only,
    replies_of,
    story,
)
from tests.support.world import ELECTION, KR, ROSTER, world

HALT: Final = "T06@KR"
LATE: Final = "T03@KR2"
RIOT: Final = "W01@DESA|KAM-06"
MORNING: Final[list[Item]] = [
    *(at("06:00"), opened(KR), at("09:00"), suspended(KR)),
    *(at("09:16"), report("KAM-06", KR, "w1"), at("09:17")),
]
OPENING: Final = ["09:15 opened"]


def by(actor: str, told: Told, role: ActorRole = ActorRole.VIEWER, area: str = "") -> Told:
    """Let somebody else give a command, who claims a role and an area."""
    return replace(told, event=replace(told.event, actor=Actor(actor, role, area)))


def answered(*items: Item, roster: str = ROSTER) -> list[str]:
    """Return the answers to the commands of a morning that goes on like this."""
    return replies_of(judge(journal(*MORNING, *items), world(roster)))


REFUSED: Final[dict[str, tuple[list[Item], str]]] = {
    "a viewer": ([ack(HALT, "look")], "role viewer may not ack"),
    "nobody on the roster": (
        [ack(HALT, "ghost")],
        "the actor is not on the roster (users_file, actors.csv) of this election",
    ),
    "a claim to be more than the roster says": (
        [by("look", ack(HALT), ActorRole.COMMANDER, "17")],
        "role viewer may not ack",
    ),
    "an operator of another kecamatan": (
        [by("curup", ack("T03@R2"))],
        "17.02.11.2001-001 lies outside area 17.02.09 of the actor",
    ),
    "a commander of another kabupaten": (
        [by("north", ack(HALT))],
        "17.02.09.1001-001 lies outside area 17.03 of the actor",
    ),
    "a liaison on an alert of the police": (
        [by("kpu", ack(HALT))],
        "role liaison acts on alerts of ADM, GAK only",
    ),
    "a liaison that shelves": ([by("kpu", shelve(LATE, "09:30"))], "role liaison may not shelve"),
    "propam on an alert that is not of Propam": (
        [by("propam", ack(HALT))],
        "role propam acts on alerts of PROP only",
    ),
    "an alert that is not there": (
        [ack("1702-AAAAAAAAAAAAAAAA")],
        "no alert 1702-AAAAAAAAAAAAAAAA in this election; expected its id",
    ),
    "a case that never opened": (
        [ack("T06@KR2")],
        "no alert T06@17.02.09.1002-001 in this election; expected its id",
    ),
    "another category than that which is reported": (
        [ack("W01@DESA|KAM-04")],
        "no alert W01@17.02.09.1001|KAM-04 in this election; expected its id",
    ),
    "no alert named": ([command(CommandKind.ACK)], "ack needs `alert`"),
    "an alert of the real election in a drill": (
        [of_election(f"{ELECTION}#drill-TFG1", ack(HALT))],
        "no alert T06@17.02.09.1001-001 in this election; expected its id",
    ),
    "unack of what nobody has taken": (
        [command(CommandKind.UNACK, HALT)],
        "an alert that is unacknowledged cannot be moved by unack",
    ),
    "ack of what is shelved": (
        [shelve(HALT, "09:30"), ack(HALT)],
        "an alert that is shelved cannot be moved by ack",
    ),
    "escalate of what is shelved": (
        [shelve(HALT, "09:30"), escalate(HALT)],
        "an alert that is shelved cannot be moved by escalate",
    ),
    "unshelve of what is not shelved": (
        [command(CommandKind.UNSHELVE, HALT)],
        "an alert that is unacknowledged cannot be moved by unshelve",
    ),
    "reopen of what is open": (
        [command(CommandKind.REOPEN, HALT)],
        "an alert that is unacknowledged cannot be moved by reopen",
    ),
    "escalate to a level of another ladder": (
        [escalate(HALT, "kpu")],
        "ladder OPS has no level kpu; it has tps, polsek, polres_ops, polres, polda",
    ),
    "escalate to a level that was told": (
        [escalate(HALT, "polsek")],
        "level polsek has been told already; the alert stands at polsek",
    ),
    "escalate beyond the top": (
        [escalate(HALT, "polda"), escalate(HALT)],
        "polda is the top of ladder OPS",
    ),
    "shelve without an end": (
        [command(CommandKind.SHELVE, HALT)],
        "shelve needs `until`",
    ),
    "shelve into the past": (
        [shelve(HALT, "09:17")],
        "`until` must lie within 60 minutes from now",
    ),
    "shelve for longer than an hour": (
        [shelve(HALT, "10:17:01")],
        "`until` must lie within 60 minutes from now",
    ),
    "an operator that shelves what is critical": (
        [shelve(RIOT, "09:20")],
        "only a commander may shelve a critical alert",
    ),
    "a commander that shelves what is critical for long": (
        [shelve(RIOT, "09:32:01", "chief")],
        "`until` must lie within 15 minutes from now",
    ),
    "a note without a text": (
        [note(HALT, "")],
        "note needs in `reason` its text, or in `step` what is done",
    ),
    "confirm_identity of nobody": ([confirm_identity("")], "confirm_identity needs `officer`"),
    "confirm_identity by an operator": (
        [confirm_identity("A1", "ops")],
        "role operator may not confirm_identity",
    ),
    "what this version cannot do": (
        [command(CommandKind.SET_CLASS, HALT, "chief")],
        "this version does not carry out set_class yet",
    ),
}


@pytest.mark.parametrize(("items", "reason"), REFUSED.values(), ids=REFUSED)
def test_refused(items: list[Item], reason: str) -> None:
    """The last command of each story is refused, and the reason says what was expected."""
    assert reason == answered(*items)[-1]


@pytest.mark.parametrize("name", REFUSED)
def test_a_refused_command_changes_nothing(name: str) -> None:
    """Without it the same alerts are in the same states."""
    items, _ = REFUSED[name]
    [with_it, without] = (
        alerts_of(judge(journal(*MORNING, *told), world(ROSTER))) for told in (items, items[:-1])
    )
    assert without == with_it


DONE: Final[dict[str, tuple[list[Item], list[str]]]] = {
    "ack": ([ack(HALT)], ["09:17 acknowledged"]),
    "ack by who has the kecamatan": ([by("curup", ack(HALT))], ["09:17 acknowledged"]),
    "escalate to the next level": ([escalate(HALT)], ["09:17 escalated"]),
    "escalate to a level by name": ([escalate(HALT, "polda")], ["09:17 escalated"]),
    "shelve for an hour": ([shelve(HALT, "10:17")], ["09:17 shelved"]),
    "shelve and take it back": (
        [shelve(HALT, "10:17"), at("09:20"), command(CommandKind.UNSHELVE, HALT)],
        ["09:17 shelved", "09:20 unshelved"],
    ),
    "shelve for longer; it comes back as it was, and unack takes that back": (
        [
            *(ack(HALT), shelve(HALT, "09:30"), at("09:25"), shelve(HALT, "10:25")),
            *(at("10:26"), command(CommandKind.UNACK, HALT)),
        ],
        [
            "09:17 acknowledged",
            "09:17 shelved",
            "09:25 shelved",
            "10:25 unshelved",
            "10:26 unacknowledged",
        ],
    ),
    "resolve": ([command(CommandKind.RESOLVE, HALT)], ["09:17 resolved"]),
    "by its names a resolved alert is not found": (
        [command(CommandKind.RESOLVE, HALT), at("09:20"), command(CommandKind.REOPEN, HALT)],
        ["09:17 resolved"],
    ),
    "a note makes no line": ([note(HALT, "patroli dikirim")], []),
}


@pytest.mark.parametrize(("items", "told"), DONE.values(), ids=DONE)
def test_done(items: list[Item], told: list[str]) -> None:
    """Each is carried out at its time of receipt, as the command's own doing."""
    assert [*OPENING, *told] == story(*MORNING, *items, of=HALT, world=world(ROSTER))


def test_a_line_names_the_command_that_caused_it() -> None:
    """And the reply names the alert and the actor."""
    effects = judge(journal(*MORNING, named("cmd-7", ack(HALT))), world(ROSTER))
    [reply] = only(effects, Reply)
    alert = alerts_of(effects)[HALT]
    assert ("cmd-7", "done", "", alert.id, "ops") == (
        reply.command,
        reply.outcome,
        reply.reason,
        reply.alert,
        reply.actor,
    )
    assert ("acknowledged", "ops") == (alert.state, alert.acknowledged_by)


def test_a_command_may_name_an_alert_by_its_id() -> None:
    """As buttons and webhooks do."""
    alert_id = alerts_of(judge(journal(*MORNING), world(ROSTER)))[HALT].id
    assert ["done"] == answered(ack(alert_id))


def test_an_alert_of_another_election_is_not_touched() -> None:
    """A drill's command cannot answer a real alert, even by its id."""
    alert_id = alerts_of(judge(journal(*MORNING), world(ROSTER)))[HALT].id
    drill = of_election(f"{ELECTION}#drill-TFG1", ack(alert_id))
    assert [f"no alert {alert_id} in this election; expected its id"] == answered(drill)


def test_by_its_names_the_newest_open_alert_is_meant() -> None:
    """Without a key, of any category; ties go by id, whatever order they were loaded in."""
    items = [at("09:20"), report("KAM-04", KR, "w2"), command(CommandKind.RESOLVE, "W01@DESA")]
    effects = judge(journal(*MORNING, *items), world(ROSTER))
    states = {name: alert.state for name, alert in alerts_of(effects).items() if "W01" in name}
    assert {"W01@DESA|KAM-06": "unacknowledged", "W01@DESA|KAM-04": "resolved"} == states


def test_without_a_roster_the_message_counts() -> None:
    """Its role, and its area if it claims one."""
    assert ["done"] == answered(by("ghost", ack(HALT), ActorRole.OPERATOR), roster="")
    assert ["17.02.09.1001-001 lies outside area 36.04 of the actor"] == answered(
        by("ghost", ack(HALT), ActorRole.OPERATOR, "36.04"), roster=""
    )


def test_without_an_alert_the_place_of_the_command_counts() -> None:
    """A commander of the north has no business in the south."""
    told = by("north", replace(confirm_identity("A1"), place=AreaCode("17.02")))
    assert ["17.02 lies outside area 17.03 of the actor"] == answered(told)


@pytest.mark.parametrize(("clock", "reason"), [("21:20", "done"), ("21:21", "an alert can be")])
def test_an_alert_can_be_reopened_for_twelve_hours(clock: str, reason: str) -> None:
    """After it was resolved."""
    items = [at("09:18"), resumed(KR), at("09:20"), ack(HALT), at(clock)]
    assert answered(*items, command(CommandKind.REOPEN, HALT))[-1].startswith("no alert T06")
    alert_id = alerts_of(judge(journal(*MORNING, *items), world(ROSTER)))[HALT].id
    assert answered(*items, command(CommandKind.REOPEN, alert_id))[-1].startswith(reason)


def test_reopened_by_a_person_it_climbs_as_at_opening() -> None:
    """From the start level of its severity."""
    alert_id = alerts_of(judge(journal(*MORNING), world(ROSTER)))[HALT].id
    items = [at("09:21"), resumed(KR), at("09:30"), command(CommandKind.REOPEN, alert_id)]
    expected = ["09:15 opened", "09:20 escalated", "09:21 returned", "09:30 reopened"]
    lines = story(*MORNING, *items, at("09:36"), of=HALT, world=world(ROSTER))
    assert [*expected, "09:35 escalated"] == lines


def test_a_command_told_twice_is_answered_once() -> None:
    """Redelivery is harmless; another command of the same id is a conflict."""
    twice = [named("c1", ack(HALT)), named("c1", ack(HALT))]
    assert ["done"] == answered(*twice)
