"""Takes on a published pack, at one record of the journal, on every partition.

The pack stands in the record itself, put there by intake from `siaga.packs`: so a replay of the
journal switches at the same record, and whoever takes over a saved state has what it was made by.

What holds by the old rules is looked at by the new ones at once where it is absence: a deadline
that the new rules set later is not overdue any more. An alert of a rule that the new pack has not
ends. All else goes on, and is judged by the new rules when next something is said of it.
"""

from msgspec.structs import replace

from streams.alerts.case import Case
from streams.domain.ids import DRILL_MARK, ElectionId
from streams.domain.journal import AcceptedCommand
from streams.errors import ConfigError
from streams.judge import absence, arming, shortages
from streams.judge.rows import PackRow
from streams.judge.standing_forms import recount
from streams.judge.state import PartitionState
from streams.judge.telling import Teller
from streams.judge.world import World
from streams.rules.compiled import CompiledPack
from streams.rules.published import ready_pack

__all__ = ["restore", "use"]


def use(teller: Teller, accepted: AcceptedCommand) -> str:
    """Take on the pack that a command names; return why it cannot be, or nothing."""
    name, state = accepted.event.pack, teller.state
    if not name:
        return "use_pack needs `pack`, the hash that `siaga rules publish` has told"
    if not accepted.published:
        return f"no pack {name} is published; `siaga rules publish` publishes one"
    try:
        rules = ready_pack(accepted.published, name)
    except ConfigError as error:
        return f"pack {name} cannot be used: {error}"
    election = ElectionId(accepted.election.partition(DRILL_MARK)[0])
    state.packs.put((election,), PackRow(name, accepted.published))
    _take_on(state, election, rules)
    recount(state)
    _end_what_is_gone(teller, election, rules)
    absence.look_again(teller, election)
    shortages.look_again(teller, election)
    if state.planned:
        arming.restore_wakes(state)
    return ""


def restore(state: PartitionState) -> None:
    """Take on the packs of a saved state, before anything is made of it."""
    for (election,), row in state.packs.items():
        _take_on(state, ElectionId(election), ready_pack(row.published, row.name))


def _take_on(state: PartitionState, election: ElectionId, rules: CompiledPack) -> None:
    watched = replace(state.world.of(election), rules=rules)
    state.world = World({**state.world.elections, election: watched})


def _end_what_is_gone(teller: Teller, election: ElectionId, rules: CompiledPack) -> None:
    """End the alerts of rules that are no more: nothing would ever end them."""
    known = {rule.id for rule in rules.pack.rules}
    gone = [
        alert
        for _, alert in teller.state.alerts.items()
        if alert.holds
        and alert.rule not in known
        and alert.election.partition(DRILL_MARK)[0] == election
    ]
    for alert in sorted(gone, key=lambda one: one.id):
        case = Case(alert.election, alert.rule, alert.scope, alert.key, alert.place)
        teller.end(case, teller.by_record())
