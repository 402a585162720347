"""Drives the detectors of counts: forms that cannot be, counts that fell, sides that disagree.

    count ──► ledger of its TPS and contest ──► sums and limits · series · contradiction
                                             └─► the form that stands ──► totals (`margins`)

What holds is a function of the ledger, so after every count it is asked anew, and told where that
is something else than was told before. Nothing is added up here that could not be checked.
"""

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from functools import partial
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from streams.alerts.book import Case
from streams.domain.alert import Evidence, Text, Why
from streams.domain.counts import cast_votes, impossibilities, listed_voters
from streams.domain.forms import Form, Ledger, add, form_of, latest_forms
from streams.domain.ids import ElectionId, Scope
from streams.domain.journal import AcceptedCount
from streams.domain.sums import SumName, sum_checks
from streams.domain.words import TPS_CLASSES, Severity, SourceClass, source_class_of
from streams.judge import margins
from streams.judge.standing_forms import roll_of
from streams.judge.state import Watched
from streams.judge.telling import Grounds, Teller
from streams.rules.compiled import FormRule, RuleHead
from streams.rules.detectors.condition import ConditionState
from streams.rules.detectors.contradiction import clashes, finals
from streams.rules.detectors.series import falls
from streams.rules.specs import FormCheck
from streams.rules.wording import contest_text, sides_text
from streams.territory.plan import Plan, Tps
from streams.texts.words import number_text

__all__ = ["notice"]

_EMPTY: Final = Ledger()
_TOPIC: Final = "vote.counts"
_PERCENT: Final = 100
_Ask = Callable[[], Iterable["Held"]]


class Held(Struct, frozen=True, gc=False, kw_only=True):
    """What a rule finds in a ledger."""

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


class _Counted(Struct, frozen=True):
    """A contest at a TPS, after a count."""

    election: ElectionId
    tps: Tps
    contest: str
    """Empty: all of them together."""
    ledger: Ledger


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
    counted = _Counted(accepted.election, tps, contest, ledger)
    for rule in watched.rules.forms:
        if rule.check is FormCheck.TURNOUT:
            whole = replace(counted, contest="")
            _look(teller, rule.head, whole, ("",), partial(_crowded, teller, watched, rule, whole))
            continue
        names: tuple[str, ...] = tuple(SumName) if rule.check is FormCheck.SUMS else ("",)
        _look(teller, rule.head, counted, names, partial(_of_forms, watched.plan, rule, counted))
    for series in watched.rules.series:
        known = (*before.forms, *ledger.forms)
        choices = tuple({choice for form in known for choice, _ in form.votes})
        _look(teller, series.head, counted, choices, partial(_fallen, counted))
    for differing in watched.rules.contradiction:
        ask = partial(_disagreeing, differing.raise_to, counted)
        _look(teller, differing.head, counted, ("",), ask)
    margins.notice(teller, watched, margins.Moved(tps, contest, before, ledger, accepted.at))


def _look(
    teller: Teller, head: RuleHead, counted: _Counted, names: tuple[str, ...], ask: _Ask
) -> None:
    """Tell what holds of a ledger by a rule, and end what holds no more.

    Args:
        teller: Of the count.
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


def _tell(teller: Teller, head: RuleHead, case: Case, held: Held, counted: _Counted) -> None:
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


def _case(counted: _Counted, head: RuleHead, name: str) -> Case:
    key = f"{counted.contest}:{name}" if name else counted.contest
    tps = counted.tps.code
    return Case(counted.election, head.rule.id, Scope(tps), key, tps)


def _of_forms(plan: Plan, rule: FormRule, counted: _Counted) -> Iterator[Held]:
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
        case FormCheck.TURNOUT:
            pass  # It is asked of all contests of a TPS together.


def _crowded(teller: Teller, watched: Watched, rule: FormRule, counted: _Counted) -> Iterator[Held]:
    """Yield the fullest of a TPS' latest forms, if it is too full by the rule."""
    tps = counted.tps
    shares = tuple(_turnouts(teller, watched, counted, max(1, rule.listed_min)))
    limit = rule.turnout_percent[TPS_CLASSES.index(tps.tps_class)]
    share, contest, form = max(shares, key=lambda one: one[:2], default=(Fraction(-1), "", None))
    if form is None or share < Fraction(repr(limit)):
        return
    percent = number_text(float(share))
    came, listed = cast_votes(form), listed_voters(form, tps.dpt)
    formula = Text(
        f"{came} dari {listed} pemilih = {percent.id} %",
        f"{came} of {listed} voters = {percent.en} %",
    )
    yield Held(
        name="",
        form=form,
        why=(
            Why("turnout_percent", float(share), limit),
            Why("listed", listed, rule.listed_min),
        ),
        values={"formula": formula, "contest": contest_text(watched.plan, contest)},
    )


def _turnouts(
    teller: Teller, watched: Watched, counted: _Counted, listed_min: int
) -> Iterator[tuple[Fraction, str, Form | None]]:
    """Yield the turnout in percent of each contest and side of a TPS, with its form.

    What cannot be is another rule's matter: such a form is held back and says nothing here.
    """
    tps, roll = counted.tps, roll_of(watched.plan, counted.tps)
    for contest in watched.plan.election.contests_of(tps.code) if tps.listed else ():
        ledger = teller.state.ledgers.get((counted.election, tps.code, contest.id)) or _EMPTY
        for form in latest_forms(ledger):
            listed = listed_voters(form, tps.dpt)
            if listed >= listed_min and not impossibilities(form, roll):
                yield Fraction(cast_votes(form) * _PERCENT, listed), contest.id, form


def _fallen(counted: _Counted) -> Iterator[Held]:
    for fall in falls(counted.ledger):
        yield Held(
            name=fall.choice,
            form=fall.latest,
            others=(fall.earlier,),
            why=(Why("votes_now", fall.now, fall.peak, holds=False),),
            values={"peak": str(fall.peak), "now": str(fall.now)},
        )


def _disagreeing(raise_to: Severity | None, counted: _Counted) -> Iterator[Held]:
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


def _text(value: Text | str) -> Text:
    return Text(value, value) if isinstance(value, str) else value
