"""Words and arithmetic for a Polsek that is asked for more officers than it has free.

Officers are called by their pair or their sign, never by name.
"""

from collections.abc import Sequence
from typing import Final

from streams.domain.alert import Alert, Text, Why
from streams.domain.strength import Balance, Duty, Loan, Strength
from streams.domain.words import VULNERABILITY, TpsClass
from streams.judge.telling import Grounds
from streams.rules.compiled_areas import StrengthRule
from streams.texts.words import number_text

__all__ = ["grounds_of"]

_EVIDENCE_MAX: Final = 20
"""Newest evidence that is shown; all is with the alerts that ask."""
_INCIDENTS_MAX: Final = 20
"""Alerts that are named in the why, the oldest."""
_SHOWN_MAX: Final = 5
"""Pairs, officers and neighbours that are named; the nearest neighbours."""
_NOBODY: Final = Text("tidak ada", "nobody")
_DUTIES: Final = {
    Duty.FREE: Text("bebas", "free"),
    Duty.MISSING: Text("tanpa kabar", "missing"),
    Duty.BOUND: Text("ditugaskan", "dispatched"),
    Duty.ESCORTING: Text("mengawal kotak", "with a box"),
    Duty.OFF_DUTY: Text("lepas tugas", "off duty"),
}


def grounds_of(rule: StrengthRule, balance: Balance, alerts: tuple[Alert, ...]) -> Grounds:
    """Return what is said of a shortage; `alerts` are those that ask."""
    classes = (one.tps_class for one in alerts)
    tps_class = max(classes, key=VULNERABILITY.__getitem__, default=TpsClass.KURANG_RAWAN)
    evidence = sorted((e for one in alerts for e in one.evidence), key=lambda e: (e.at, e.id))
    return Grounds(
        tps_class=tps_class,
        values={
            "demand": number_text(balance.demand),
            "free": number_text(balance.strength.free),
            "shortfall": number_text(balance.shortfall),
            "crew": number_text(rule.crew),
            "officers": _officers_text(balance.strength),
            "ready": _ready_text(balance.strength),
            "loans": _loans_text(balance.loans),
            "bko": number_text(balance.bko),
        },
        why=(Why("class", tps_class.value), *_arithmetic(balance), *_people(balance)),
        evidence=tuple(evidence[-_EVIDENCE_MAX:]),
    )


def _arithmetic(balance: Balance) -> tuple[Why, ...]:
    asking = [one for one in balance.incidents if one.missing]
    return (
        Why("officers_asked", balance.demand, balance.strength.free),
        Why("shortfall", balance.shortfall),
        *(Why("asks", f"{one.rule} {one.alert}", one.missing) for one in asking[:_INCIDENTS_MAX]),
    )


def _people(balance: Balance) -> tuple[Why, ...]:
    strength = balance.strength
    return (
        *(Why(f"officers_{duty}", strength.count(duty)) for duty in _DUTIES),
        *(Why("ready", one) for one in strength.ready[:_SHOWN_MAX]),
        *(why for one in balance.loans[:_SHOWN_MAX] for why in _of_loan(one)),
        Why("lendable", balance.lendable),
        Why("bko", balance.bko),
    )


def _of_loan(loan: Loan) -> tuple[Why, ...]:
    lends = Why("lends", loan.polsek, loan.officers)
    return (lends,) if loan.minutes is None else (lends, Why("away", loan.polsek, loan.minutes))


def _officers_text(strength: Strength) -> Text:
    counted = {duty: strength.count(duty) for duty in _DUTIES}
    named = [(_DUTIES[duty], count) for duty, count in counted.items() if count]
    return Text(
        ", ".join(f"{word.id} {count}" for word, count in named),
        ", ".join(f"{word.en} {count}" for word, count in named),
    )


def _loans_text(loans: tuple[Loan, ...]) -> Text:
    """Return who can lend how many, with the travel time where that is known."""
    if not loans:
        return _NOBODY
    shown = loans[:_SHOWN_MAX]
    return Text(
        _listed([_loan_text(one, "menit") for one in shown], len(loans)),
        _listed([_loan_text(one, "minutes") for one in shown], len(loans)),
    )


def _loan_text(loan: Loan, minutes: str) -> str:
    away = "" if loan.minutes is None else f" (±{loan.minutes} {minutes})"
    return f"{loan.polsek} {loan.officers}{away}"


def _ready_text(strength: Strength) -> Text:
    if not strength.ready:
        return _NOBODY
    text = _listed(strength.ready[:_SHOWN_MAX], len(strength.ready))
    return Text(text, text)


def _listed(shown: Sequence[str], count: int) -> str:
    """Return some of so many as a list."""
    more = ("…",) if count > len(shown) else ()
    return ", ".join((*shown, *more))
