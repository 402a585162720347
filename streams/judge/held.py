"""What a rule of counts finds in forms, and how it is told.

What holds is a function of the forms, so after every count it is asked anew, and told where that
is something else than was told before.
"""

from collections.abc import Callable, Iterable
from typing import Final

from msgspec import Struct

from streams.alerts.case import Case
from streams.domain.alert import Evidence, Text, Why
from streams.domain.forms import Form, Ledger
from streams.domain.ids import ElectionId, Scope
from streams.domain.words import Severity
from streams.judge.telling import Grounds, Teller
from streams.rules.detectors.condition import ConditionState
from streams.rules.head import RuleHead
from streams.rules.wording import contest_text
from streams.territory.plan import Tps

__all__ = ["Counted", "Held", "look"]

_TOPIC: Final = "vote.counts"


class Held(Struct, frozen=True, gc=False, kw_only=True):
    """What a rule finds in forms."""

    name: str
    """Which check or choice; empty: the contest as a whole."""
    form: Form
    """The one that it rests on."""
    others: tuple[Form, ...] = ()
    why: tuple[Why, ...]
    values: dict[str, Text | str]
    """For the texts; a number is the same in each language."""
    severity: Severity | None = None
    """If it is another than the rule's."""


class Counted(Struct, frozen=True):
    """A contest at a TPS, after a count."""

    election: ElectionId
    tps: Tps
    contest: str
    """Empty: all of them together."""
    ledger: Ledger


def look(
    teller: Teller,
    head: RuleHead,
    counted: Counted,
    names: Iterable[str],
    ask: Callable[[], Iterable[Held]],
) -> None:
    """Tell what holds of a count by a rule, and end what holds no more.

    Args:
        teller: Of the record that has brought it.
        head: The rule's.
        counted: What has been counted.
        names: All that the rule can find; what it finds not, holds no more.
        ask: Finds what holds now.
    """
    answer = teller.guard(head, _case(counted, head, ""), lambda: tuple(ask()))
    if answer is None:
        return
    found = {held.name: held for held in answer}
    for name in sorted(names):
        case = _case(counted, head, name)
        if (held := found.get(name)) is not None:
            _tell(teller, head, case, held, counted)
        elif teller.state.condition.get(case.identity) is not None:
            teller.state.condition.delete(case.identity)
            teller.end(case, teller.by_record())


def _tell(teller: Teller, head: RuleHead, case: Case, held: Held, counted: Counted) -> None:
    forms = (held.form, *held.others)
    sources, ids = " ".join(one.source for one in forms), " ".join(one.id for one in forms)
    row = ConditionState(held.form.at, sources, ids, severe=held.severity is not None)
    if row == teller.state.condition.get(case.identity):
        return
    teller.state.condition.put(case.identity, row)
    tps_class = counted.tps.tps_class
    plan = teller.state.world.of(counted.election).plan
    told = {"contest": contest_text(plan, counted.contest), **held.values}
    grounds = Grounds(
        tps_class=tps_class,
        values={name: _text(value) for name, value in told.items()},
        why=(Why("class", tps_class.value), *held.why),
        evidence=tuple(Evidence(_TOPIC, one.id, one.at, one.source, one.offset) for one in forms),
        severity=held.severity or head.severity(tps_class),
    )
    teller.hold(head, case, grounds, teller.by_record())


def _case(counted: Counted, head: RuleHead, name: str) -> Case:
    key = f"{counted.contest}:{name}" if name else counted.contest
    tps = counted.tps.code
    return Case(counted.election, head.rule.id, Scope(tps), key, tps)


def _text(value: Text | str) -> Text:
    return Text(value, value) if isinstance(value, str) else value
