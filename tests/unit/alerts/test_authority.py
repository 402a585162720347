"""Who may order what and where, as contract §5 lists it."""

from typing import Final

import pytest

from streams.alerts.authority import (
    Bar,
    bar_of,
    commands_of,
    ladders_of,
    may_shelve,
    refusal,
    resolved_actor,
)
from streams.domain.alert import Ladder
from streams.domain.events import Actor, ActorRole, CommandKind
from streams.domain.ids import AreaCode
from streams.domain.words import Severity
from streams.territory.plan import Actor as Listed
from tests.support.books import alert_on

OPERATOR: Final = (
    "ack unack escalate shelve unshelve resolve reopen note confirm_report reject_report"
    " place_report dispatch release confirm_seal"
)
MAY: Final = {
    "viewer": "",
    "operator": OPERATOR,
    "commander": OPERATOR + " set_class set_situation close_case confirm_identity drill_start"
    " drill_stop resume_rule use_pack",
    "liaison": "ack unack note resolve",
    "propam": "ack unack note resolve close_case",
    "system": "use_pack resume_rule",
}
ROSTER: Final = (
    Listed("look", ActorRole.VIEWER, AreaCode("17.02")),
    Listed("chief", ActorRole.COMMANDER, AreaCode("17.02.09")),
)
LADDERS: Final = {
    "liaison": {"ADM", "GAK"},
    "propam": {"PROP"},
    "operator": {"OPS", "ADM", "GAK", "SYS"},
    "commander": {"OPS", "ADM", "GAK", "SYS"},
}


@pytest.mark.parametrize("role", ActorRole)
@pytest.mark.parametrize("command", CommandKind)
def test_a_role_may_what_the_contract_gives_it(role: ActorRole, command: CommandKind) -> None:
    """Every role and every command: nothing more, nothing less, and the refusal names both."""
    allowed = command.value in MAY[role.value].split()
    expected = "" if allowed else f"role {role} may not {command}"
    assert expected == refusal(Actor("somebody", role), command, "", None)


def test_a_role_that_may_nothing_is_told_so_before_its_area() -> None:
    """The first obstacle is the one that is named."""
    actor = Actor("look", ActorRole.VIEWER, "36.04")
    assert "role viewer may not ack" == refusal(actor, CommandKind.ACK, "17.02", None)


@pytest.mark.parametrize(
    ("area", "place", "inside"),
    [
        ("17.02", "17.02.09.1001-001", True),
        ("17.02", "17.02", True),
        ("17", "17.02", True),
        ("17.02.09", "17.02.09.1001", True),
        ("17.02.09", "17.02", False),
        ("17.02.09", "17.02.11.2001", False),
        ("17.02", "17.03", False),
        ("", "17.03", True),
        ("17.02", "", True),
    ],
)
def test_an_actor_acts_within_an_area(area: str, place: str, inside: bool) -> None:  # noqa: FBT001  a column of the table
    """The whole must lie inside: who has a kecamatan may not act on the kabupaten."""
    actor = Actor("ops", ActorRole.OPERATOR, area)
    expected = "" if inside else f"{place} lies outside area {area} of the actor"
    assert expected == refusal(actor, CommandKind.ACK, place, None)


@pytest.mark.parametrize("role", LADDERS)
@pytest.mark.parametrize("ladder", Ladder)
def test_a_role_has_its_ladders(role: str, ladder: Ladder) -> None:
    """A liaison sees to administration and election crime; police conduct is for Propam alone."""
    reason = refusal(Actor("a", ActorRole(role)), CommandKind.ACK, "", alert_on(ladder))
    expected = "" if ladder in LADDERS[role] else "acts on alerts of"
    assert expected in reason
    assert bool(expected) == bool(reason)


def test_a_roster_decides_whatever_the_message_claims() -> None:
    """Role and area come from the folder; the claim counts for nothing."""
    claim = Actor("look", ActorRole.COMMANDER, "17")
    assert Actor("look", ActorRole.VIEWER, "17.02") == resolved_actor(claim, ROSTER)


def test_who_is_not_on_the_roster_is_nobody() -> None:
    """However high the claim."""
    assert resolved_actor(Actor("ghost", ActorRole.COMMANDER), ROSTER) is None


def test_the_system_need_not_be_on_the_roster() -> None:
    """Contract §5: unlisted actors are refused, except `system`."""
    robot = Actor("ci", ActorRole.SYSTEM)
    assert robot == resolved_actor(robot, ROSTER)


def test_who_is_listed_cannot_claim_to_be_the_system() -> None:
    """A viewer that calls itself the system stays a viewer."""
    claim = Actor("look", ActorRole.SYSTEM)
    assert Actor("look", ActorRole.VIEWER, "17.02") == resolved_actor(claim, ROSTER)


def test_without_a_roster_the_message_counts() -> None:
    """The folder has no actors.csv, and `siaga check` has warned."""
    claim = Actor("ghost", ActorRole.COMMANDER, "17.02")
    assert claim == resolved_actor(claim, None)


@pytest.mark.parametrize("role", ActorRole)
def test_what_a_role_may_can_be_asked_for(role: ActorRole) -> None:
    """The control room offers by the same tables as the fold judges by."""
    assert set(MAY[role.value].split()) == commands_of(role)
    ladders = ladders_of(role)
    assert LADDERS.get(role.value) == (ladders if ladders is None else set(ladders))


@pytest.mark.parametrize("severity", Severity)
def test_a_critical_alert_is_shelved_by_a_commander_only(severity: Severity) -> None:
    """Contract §5; every other one by whoever shelves at all."""
    assert may_shelve(ActorRole.COMMANDER, severity)
    assert (severity is not Severity.CRITICAL) is may_shelve(ActorRole.OPERATOR, severity)


def test_the_first_bar_is_named() -> None:
    """Role before ladder before area: who may not know of an alert is not told where it is."""
    viewer, propam = Actor("a", ActorRole.VIEWER, "17"), Actor("b", ActorRole.PROPAM, "17")
    assert Bar.ROLE is bar_of(viewer, CommandKind.ACK, "36.04", Ladder.PROP)
    assert Bar.LADDER is bar_of(propam, CommandKind.ACK, "36.04", Ladder.OPS)
    assert Bar.AREA is bar_of(propam, CommandKind.ACK, "36.04", Ladder.PROP)
    assert bar_of(propam, CommandKind.ACK, "17.02", Ladder.PROP) is None
    assert bar_of(propam, CommandKind.ACK, "17.02", None) is None
