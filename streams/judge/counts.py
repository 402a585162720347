"""Drives the detectors of counts: forms that cannot be, counts that fell, sides that disagree.

    count ──► ledger of its TPS and contest ──► sums and limits · series · contradiction
                                             ├─► all contests of the TPS: turnout · pace
                                             ├─► the other TPS: outlier · one photo twice
                                             └─► the form that stands ──► totals (`margins`)

Nothing is added up here that could not be checked.
"""

from collections.abc import Iterator
from functools import partial
from typing import Final

from streams.domain.alert import Text, Why
from streams.domain.counts import impossibilities
from streams.domain.forms import Form, Ledger, add, form_of, latest_forms
from streams.domain.journal import AcceptedCount
from streams.domain.sums import SumName, sum_checks
from streams.domain.words import Severity, SourceClass, source_class_of
from streams.judge import images, margins, siblings, tps_counts
from streams.judge.held import Counted, Held, look
from streams.judge.standing_forms import Moved, roll_of
from streams.judge.telling import Teller
from streams.judge.world import Watched
from streams.rules.compiled_counts import FormRule
from streams.rules.count_specs import FormCheck
from streams.rules.detectors.contradiction import clashes, finals
from streams.rules.detectors.series import falls
from streams.rules.wording import sides_text
from streams.territory.plan import Plan, Tps

__all__ = ["notice"]

_EMPTY: Final = Ledger()


def notice(teller: Teller, watched: Watched, tps: Tps, accepted: AcceptedCount) -> None:
    """Take in a count: put it among the forms of its TPS, and ask what holds of them."""
    if source_class_of(accepted.event.source.speaks_as) is SourceClass.SYSTEM:
        # A program answers for nobody's count (ADR 18).
        return
    state, contest = teller.state, accepted.event.contest
    key = (accepted.election, tps.code, contest)
    before = state.ledgers.get(key) or _EMPTY
    ledger = add(before, form_of(accepted, teller.name))
    state.ledgers.put(key, ledger)
    counted = Counted(accepted.election, tps, contest, ledger)
    rules = watched.rules.counts
    for rule in rules.forms:
        names: tuple[str, ...] = tuple(SumName) if rule.check is FormCheck.SUMS else ("",)
        look(teller, rule.head, counted, names, partial(_of_forms, watched.plan, rule, counted))
    for series in rules.series:
        known = (*before.forms, *ledger.forms)
        choices = tuple({choice for form in known for choice, _ in form.votes})
        look(teller, series.head, counted, choices, partial(_fallen, counted))
    for differing in rules.contradiction:
        ask = partial(_disagreeing, differing.raise_to, counted)
        look(teller, differing.head, counted, ("",), ask)
    tps_counts.notice(teller, watched, tps)
    moved = Moved(tps, contest, before, ledger, accepted.at)
    siblings.notice(teller, watched, moved)
    images.notice(teller, watched, moved)
    margins.notice(teller, watched, moved)


def _of_forms(plan: Plan, rule: FormRule, counted: Counted) -> Iterator[Held]:
    """Yield each check that the latest form of some side fails."""
    told: set[str] = set()
    for form in latest_forms(counted.ledger):
        for held in _checked(plan, rule, counted.tps, form):
            if held.name not in told:
                told.add(held.name)
                yield held


def _checked(plan: Plan, rule: FormRule, tps: Tps, form: Form) -> Iterator[Held]:
    match rule.check:
        case FormCheck.SUMS:
            for check in sum_checks(form, rule.tolerance):
                if check.fails:
                    differs = Why(check.name, check.computed, check.told, holds=False)
                    yield Held(
                        name=check.name,
                        form=form,
                        why=(differs, Why("allowed", check.allowed)),
                        values={"formula": check.formula},
                    )
        case FormCheck.IMPOSSIBLE:
            found = impossibilities(form, roll_of(plan, tps))
            if found:
                why = tuple(Why(one.limit, one.number, one.bound, holds=False) for one in found)
                values: dict[str, Text | str] = {"formula": found[0].formula}
                yield Held(name="", form=form, why=why, values=values)


def _fallen(counted: Counted) -> Iterator[Held]:
    for fall in falls(counted.ledger):
        yield Held(
            name=fall.choice,
            form=fall.latest,
            others=(fall.earlier,),
            why=(Why("votes_now", fall.now, fall.peak, holds=False),),
            values={"peak": str(fall.peak), "now": str(fall.now)},
        )


def _disagreeing(raise_to: Severity | None, counted: Counted) -> Iterator[Held]:
    found = clashes(finals(counted.ledger))
    if not found:
        return
    worst = next((one for one in found if one.changes_winner), found[0])
    sides = sides_text(worst.one.side.of, worst.other.side.of)
    yield Held(
        name="",
        form=worst.one,
        others=(worst.other,),
        why=(
            Why("sides", f"{worst.one.side.of}, {worst.other.side.of}", holds=False),
            Why("choices_differ", len(worst.choices)),
            Why("changes_winner", worst.changes_winner),
        ),
        values={"sides": sides},
        severity=raise_to if worst.changes_winner else None,
    )
