"""Takes in a report: asks every rule that hears it, and says what waits for a person instead.

    report ─► its category ─► evidence (`weighing`) · copies (`rumours`) · `disputes` · `rates`
                          └─► not sure, too late, or not enough yet: triage ─► a person (`desk`)

Nothing that somebody reports is dropped: what is not sure in place or category, comes too late
for its window or stays below its threshold goes to triage, and leaves it as confirmed when the
voices add up.
"""

from typing import Final

from streams.domain.events import Source
from streams.domain.journal import Accepted, AcceptedReport, AcceptedStatus, Flag
from streams.domain.times import HOUR_MS, MINUTE_MS
from streams.domain.words import Channel
from streams.judge import disputes, rates, rumours
from streams.judge.sorting import Heard, restricted_to, sort_report
from streams.judge.state import PartitionState
from streams.judge.telling import Teller
from streams.judge.triage import take_in, wait
from streams.judge.weighing import weigh
from streams.rules.compiled import CompiledPack

__all__ = ["count_rates", "hear", "is_placed", "report"]

_LATE_MS: Final = 10 * MINUTE_MS
_LATE_BY_CHANNEL_MS: Final = {Channel.SMS: HOUR_MS, Channel.RADIO: HOUR_MS}
"""Windows take evidence that comes later than this no more. Source: domain §4b, proposal."""
_DESA_LENGTH: Final = 13


def report(teller: Teller, accepted: AcceptedReport | AcceptedStatus) -> None:
    """Take in a report: as evidence where it is sure, else as a matter of triage."""
    if isinstance(accepted, AcceptedStatus) and _was_taken_back(teller.state, accepted):
        return
    rules = teller.state.world.of(accepted.election).rules
    found = sort_report(rules, accepted)
    heard = Heard(accepted, found.category)
    key = take_in(teller, accepted, found)
    if wanting := _doubt(rules, heard) or hear(teller, heard):
        wait(teller, key, wanting)
    # After it was weighed: a flood lowers the weight of what comes later.
    if not _is_late(accepted):
        count_rates(teller, heard)


def hear(teller: Teller, heard: Heard) -> str:
    """Let the rules hear a report whose place is sure; return why it must wait, or nothing."""
    accepted, category = heard.accepted, heard.category
    rules = teller.state.world.of(accepted.election).rules
    if unheard := _unheard(rules, category):
        return unheard
    wanting = [weigh(teller, rule, heard) for rule in rules.score.get(category, ())]
    wanting += [rumours.hear(teller, rule, accepted) for rule in rules.rumours.get(category, ())]
    disputes.hear(teller, accepted, category)
    return wanting[0] if all(wanting) else ""


def count_rates(teller: Teller, heard: Heard) -> None:
    """Count a report as one of many; one that only few may hear of is not even that."""
    accepted = heard.accepted
    if not restricted_to(teller.state.world.of(accepted.election).rules, heard.category):
        rates.notice(teller, accepted, placed=is_placed(accepted))


def _was_taken_back(state: PartitionState, accepted: AcceptedStatus) -> bool:
    """Tell whether a status was taken back before it came: then it was never said."""
    facts = state.facts.get((accepted.election, accepted.place))
    event = accepted.event
    return facts is not None and (event.source.id, event.id) in facts.taken_back


def _doubt(rules: CompiledPack, heard: Heard) -> str:
    """Return why a person must look at a report before it can count; empty if none must."""
    if not is_placed(heard.accepted):
        return "place"
    return _unheard(rules, heard.category) or ("late" if _is_late(heard.accepted) else "")


def _unheard(rules: CompiledPack, category: str) -> str:
    """Return why no rule hears a category; empty if one does."""
    if rules.score.get(category) or rules.rumours.get(category):
        return ""
    return "rule" if category else "category"


def is_placed(accepted: Accepted) -> bool:
    """Tell whether it is sure down to the desa where something was."""
    return Flag.PLACE_UNSURE not in accepted.flags and len(accepted.place) >= _DESA_LENGTH


def _is_late(accepted: Accepted) -> bool:
    return accepted.received_at - accepted.at > _patience_ms(accepted)


def _patience_ms(accepted: Accepted) -> int:
    channel = _source(accepted).channel
    return _LATE_BY_CHANNEL_MS.get(channel, _LATE_MS) if isinstance(channel, Channel) else _LATE_MS


def _source(accepted: Accepted) -> Source:
    assert isinstance(accepted, AcceptedReport | AcceptedStatus), "a command has no source"
    return accepted.event.source
