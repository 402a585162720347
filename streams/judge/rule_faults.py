"""Tells that a rule has failed on a scope and is put aside there, and has it asked again."""

from typing import Final

from streams.alerts.book import due_at
from streams.alerts.case import Case
from streams.domain.effects import RuleFault
from streams.domain.ids import AreaCode, ElectionId, kabupaten_of
from streams.domain.journal import AcceptedCommand
from streams.judge.health_grounds import of_fault
from streams.judge.roster import scope_of
from streams.judge.telling import Teller
from streams.rules.compiled_areas import BlindRule

__all__ = ["note_fault", "resume"]

_RULE: Final = "rule"


def note_fault(teller: Teller, fault: RuleFault, place: AreaCode) -> None:
    """Tell that a rule was put aside on a scope; of the rule that tells it nobody can."""
    watched = teller.state.world.of(fault.election)
    kabupaten = kabupaten_of(place)
    for rule in watched.rules.areas.blind:
        if fault.rule == rule.head.rule.id:
            continue
        case = _fault_case(rule, fault.election, kabupaten, (fault.rule, fault.scope))
        teller.hold(rule.head, case, of_fault(fault), due_at(fault.at, teller.now))


def resume(teller: Teller, accepted: AcceptedCommand) -> str:
    """Ask a rule again wherever it was put aside; return why that can't be, or nothing."""
    state, rule_id = teller.state, accepted.event.rule
    if not rule_id:
        return "resume_rule needs `rule`, the id of a rule"
    keys = [
        key
        for key, _ in state.quarantine.items()
        if key[0] == accepted.election and key[1] == rule_id
    ]
    for key in sorted(keys):
        state.quarantine.delete(key)
        for rule in state.world.of(accepted.election).rules.areas.blind:
            about = (key[1], key[2])
            case = _fault_case(rule, accepted.election, kabupaten_of(accepted.place), about)
            teller.end(case, teller.by_record())
    return "" if keys else f"rule {rule_id} is not put aside anywhere here"


def _fault_case(
    rule: BlindRule, election: ElectionId, kabupaten: AreaCode, about: tuple[str, str]
) -> Case:
    scope = scope_of(kabupaten, "pipeline", _RULE)
    return Case(election, rule.head.rule.id, scope, "@".join(about), kabupaten)
