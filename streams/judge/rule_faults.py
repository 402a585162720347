"""Tells that a rule has failed on a scope and is put aside there, and has it asked again.

A rule is asked where something has happened, so that it failed says what and where. Of a rule
whose alerts only some may see (`restricted_to`) the alarm names therefore neither place nor
grounds, and there is one for all such rules of a kabupaten: nobody can count complaints by it. It
goes to those who can mend it, as any other does; the log of the worker has the rule's name.

| what failed     | X05: key     | it ends                                          |
|-----------------|--------------|--------------------------------------------------|
| any other rule  | `RULE@SCOPE` | by `resume_rule` of the rule in its kabupaten    |
| restricted ones | `restricted` | by that of the last of them that was put aside   |
"""

from typing import Final

from streams.alerts.book import due_at
from streams.alerts.case import Case
from streams.domain.effects import RuleFault
from streams.domain.ids import AreaCode, ElectionId, kabupaten_of
from streams.domain.journal import AcceptedCommand
from streams.judge.health_grounds import of_fault, of_restricted_fault
from streams.judge.roster import place_of, scope_of
from streams.judge.state import PartitionState
from streams.judge.telling import Teller
from streams.rules.compiled_areas import BlindRule

__all__ = ["note_fault", "resume"]

_RULE: Final = "rule"
_RESTRICTED: Final = "restricted"
_CONTEST: Final = "contest:"


def note_fault(teller: Teller, fault: RuleFault, place: AreaCode) -> None:
    """Tell that a rule was put aside on a scope; of the rule that tells it nobody can."""
    state, kabupaten = teller.state, kabupaten_of(place)
    is_restricted = fault.rule in _restricted(state, fault.election)
    key = _RESTRICTED if is_restricted else _key_of(fault.rule, fault.scope)
    grounds = of_restricted_fault() if is_restricted else of_fault(fault)
    for rule in state.world.of(fault.election).rules.areas.blind:
        if fault.rule == rule.head.rule.id:
            continue
        case = _fault_case(rule, fault.election, kabupaten, key)
        teller.hold(rule.head, case, grounds, due_at(fault.at, teller.now))


def resume(teller: Teller, accepted: AcceptedCommand) -> str:
    """Ask a rule again wherever in a kabupaten it was put aside; return why not, or nothing."""
    state, rule_id = teller.state, accepted.event.rule
    if not rule_id:
        return "resume_rule needs `rule`, the id of a rule"
    kabupaten = kabupaten_of(accepted.place)
    put_aside = _put_aside(state, accepted.election, kabupaten)
    scopes = sorted(scope for rule, scope in put_aside if rule == rule_id)
    if not scopes:
        return f"rule {rule_id} is not put aside anywhere here"
    for scope in scopes:
        state.quarantine.delete((accepted.election, rule_id, scope))
    # A pack may have been published since, by which the rule is restricted, or is so no longer:
    # its alert is ended under whichever key it has.
    over = [_key_of(rule_id, scope) for scope in scopes]
    others = {rule for rule, _ in put_aside} - {rule_id}
    if others.isdisjoint(_restricted(state, accepted.election)):
        over.append(_RESTRICTED)
    for key in over:
        for rule in state.world.of(accepted.election).rules.areas.blind:
            case = _fault_case(rule, accepted.election, kabupaten, key)
            teller.end(case, teller.by_record())
    return ""


def _restricted(state: PartitionState, election: ElectionId) -> set[str]:
    """Return the rules whose alerts only some may see."""
    pack = state.world.of(election).rules.pack
    return {rule.id for rule in pack.rules if rule.restricted_to}


def _put_aside(
    state: PartitionState, election: ElectionId, kabupaten: AreaCode
) -> list[tuple[str, str]]:
    """Return what is put aside in a kabupaten, as rules and scopes."""
    return [
        (rule, scope)
        for (named, rule, scope), _ in state.quarantine.items()
        if named == election and _kabupaten_in(scope) == kabupaten
    ]


def _kabupaten_in(scope: str) -> AreaCode:
    """Return where a scope lies; one partition of the journal may have several kabupaten."""
    if scope.startswith(_CONTEST):
        return kabupaten_of(scope.rpartition("@")[2])
    return kabupaten_of(place_of(scope))


def _key_of(rule: str, scope: str) -> str:
    return f"{rule}@{scope}"


def _fault_case(rule: BlindRule, election: ElectionId, kabupaten: AreaCode, key: str) -> Case:
    scope = scope_of(kabupaten, "pipeline", _RULE)
    return Case(election, rule.head.rule.id, scope, key, kabupaten)
