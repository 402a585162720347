"""What is told of an absence: since when, until when, and by which word it began and ended.

Several things may have happened at one moment, and phones tell whole seconds. Of these the one
counts that the rule asks for, whatever else somebody said in that second.
"""

from streams.domain.alert import Evidence, Text, Why
from streams.domain.happenings import Point
from streams.domain.times import MINUTE_MS, EpochMs
from streams.judge.subjects import Subject, judged_class, limit_before, limit_of, raise_after_of
from streams.judge.telling import Grounds
from streams.rules.compiled import OverdueRule, minutes_text
from streams.rules.specs import Listens
from streams.rules.views import About
from streams.rules.wording import clock_text

__all__ = ["grounds_of", "name_of_end", "still_missing"]


def grounds_of(rule: OverdueRule, subject: Subject, deadline: EpochMs) -> Grounds:
    """Return what an alert says that opens at a deadline."""
    limit_ms = limit_before(rule, subject, deadline)
    begins = EpochMs(deadline - limit_ms)
    judged = judged_class(rule, subject, begins)
    raised = () if judged is subject.tps_class else (Why("posture", judged.value),)
    offset = subject.plan.offset_minutes(subject.place)
    texts = {
        "begins": clock_text(begins, offset),
        "deadline": clock_text(deadline, offset),
    }
    values = {name: Text(text, text) for name, text in texts.items()}
    return Grounds(
        tps_class=subject.tps_class,
        values={**values, "limit_minutes": minutes_text(limit_ms)},
        why=(
            Why("class", subject.tps_class.value),
            *raised,
            Why("since", texts["begins"]),
            Why("expected_by", "not received", texts["deadline"]),
            Why("limit_minutes", limit_ms / MINUTE_MS),
        ),
        evidence=_evidence(rule, subject, begins),
        severity=rule.head.severity(judged) if raised else None,
    )


def still_missing(rule: OverdueRule, subject: Subject) -> Why:
    """Return by how much a limit has been passed when an alert rises."""
    after_ms, limit_ms = raise_after_of(rule, subject) or 0, limit_of(rule, subject)
    if not limit_ms:
        return Why("overdue_minutes", after_ms / MINUTE_MS)
    return Why("limit_multiple", 1 + after_ms / limit_ms)


def name_of_end(rule: OverdueRule, subject: Subject, at: EpochMs) -> str:
    """Return where the message or change of stage that ended a span at `at` stands in the journal.

    Of what happened at that moment what ends the span by its kind comes first.
    """
    at_once = _points_at(subject, at)
    names = [point.offset for point, about in at_once if rule.ends.matches(point, about)]
    names += [point.offset for point, _ in at_once]
    names += [name for first, _, name in subject.messages if first == at]
    assert names, "what ends a span is a message or a point"
    return names[0]


def _evidence(rule: OverdueRule, subject: Subject, begins: EpochMs) -> tuple[Evidence, ...]:
    """Return the status that the clock started with, where it was one."""
    starts = (rule.begins, *(over for _, over in rule.pauses))
    at_once = _points_at(subject, begins)
    started = [p for p, about in at_once if any(one.matches(p, about) for one in starts)]
    if not started and rule.messages is Listens.ANY:
        started = [p for p, _ in at_once]
    return tuple(Evidence("tps.status", p.id, p.at, p.source, p.offset) for p in started[:1])


def _points_at(subject: Subject, at: EpochMs) -> list[tuple[Point, About]]:
    """Return what happened at a moment, each with what it is about."""
    return [
        (point, About(tps, subject.plan.election))
        for tps, points in zip(subject.tps, subject.points, strict=True)
        for point in points
        if point.at == at
    ]
