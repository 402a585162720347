"""Rows of the page, made of the documents of the topics; a function a kind of row. All is pure."""

from collections.abc import Iterable, Sequence
from typing import Final, TypeGuard

from msgspec import UNSET

from streams.domain.alert import LADDERS, PILKADES_LADDERS, Ladder, Text, Why
from streams.domain.events import ActorRole, CommandKind
from streams.domain.ids import AreaCode, parents_of
from streams.room.acting import offered
from streams.room.documents import AlertRow, Level, Reply, TriageRow
from streams.room.names import Names
from streams.room.page_documents import Told
from streams.texts.refusals import refusal_text
from streams.texts.waiting import waiting_text
from streams.texts.why import why_text
from streams.texts.words import level_text
from streams.wire.board import place_of
from streams.wire.documents import AlertDocument, ReplyDocument, TriageDocument, WhyDocument

__all__ = [
    "alert_row",
    "checks_of",
    "levels_of",
    "path_of",
    "reply_row",
    "told_rows",
    "triage_row",
]

_AT_LEAST: Final = frozenset(
    {
        *("score", "voices", "source_classes", "count", "senders_alike", "desa_alike"),
        *("quiet_percent", "tps_quiet", "desa_burning", "critical_open", "high_open", "refused"),
    }
)
"""Checks that are fulfilled by as much as their threshold, or more."""
_GROUNDS: Final = frozenset({"class", "posture", "since", "window_minutes", "limit_minutes"})
"""Checks that say by what is measured, not what was found."""


def alert_row(alert: AlertDocument, children: int, role: ActorRole) -> AlertRow:
    """Return the row of an alert for a role; `children` are the open ones that it has absorbed."""
    return AlertRow(
        id=alert.id,
        rule=alert.rule,
        election=alert.election,
        scope=alert.scope,
        place=place_of(alert),
        key=alert.key,
        tps_class=alert.tps_class,
        severity=alert.severity,
        state=alert.state,
        ladder=alert.ladder,
        levels=levels_of(alert.ladder, alert.level),
        level=alert.level,
        climbed=_has_climbed(alert),
        level_at=_level_at(alert),
        due_at=alert.due_at,
        title=alert.title,
        why=_main_check(alert.why),
        action=alert.action,
        opened_at=alert.opened_at,
        updated_at=alert.updated_at,
        acknowledged_at=alert.acknowledged_at,
        acknowledged_by=alert.acknowledged_by,
        taken_by=alert.taken_by,
        act_by_at=alert.act_by_at,
        shelved_until=alert.shelved_until,
        resolved_at=alert.resolved_at,
        parent=alert.parent,
        children=children,
        revision=alert.revision,
        drill=alert.drill,
        restricted=bool(alert.restricted_to),
        reached=sum(one.delivered for one in alert.told),
        unreached=sum(one.failed for one in alert.told),
        notes=alert.notes,
        may=offered(role, alert),
    )


def _has_climbed(alert: AlertDocument) -> bool:
    """Tell whether a level was told after those of the opening."""
    own = [one.at for one in alert.told if one.ladder == alert.ladder]
    return bool(own) and max(own) > min(own)


def _level_at(alert: AlertDocument) -> str | None:
    own = [one.at for one in alert.told if (one.ladder, one.level) == (alert.ladder, alert.level)]
    return max(own, default=None)


def levels_of(ladder: Ladder, level: str) -> tuple[Level, ...]:
    """Return the steps of a ladder from the bottom up, as the election has them."""
    of_kind = LADDERS if level in LADDERS[ladder] else PILKADES_LADDERS
    return tuple(Level(code, level_text(code)) for code in of_kind[ladder])


def checks_of(alert: AlertDocument) -> tuple[tuple[Text, bool], ...]:
    """Return each check of an alert in words, and whether it holds."""
    return tuple((_check(one), _holds(one)) for one in alert.why)


def _holds(check: WhyDocument) -> bool:
    """Tell whether a check holds by itself.

    Where one of several is enough, or a person has checked a report, the judgment says of all that
    they hold; beside "2 below" that would be a contradiction.
    """
    value, threshold = check.value, check.threshold
    if check.check not in _AT_LEAST or not (_is_figure(value) and _is_figure(threshold)):
        return check.holds
    return check.holds and value >= threshold


def _is_figure(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def path_of(alert: AlertDocument, names: Names) -> tuple[tuple[str, str], ...]:
    """Return codes and names from the province down to the place of an alert."""
    codes = parents_of(place_of(alert))
    told = dict(zip(codes, alert.scope.path, strict=False))
    return tuple((code, told.get(code) or names.of(code)) for code in codes)


def told_rows(alert: AlertDocument) -> tuple[Told, ...]:
    """Return who was told of an alert, and which step of its ladder is told next, and when."""
    told = [
        Told(
            level=Level(one.level, level_text(one.level)),
            ladder=one.ladder,
            due_at=None,
            at=one.at,
            contacts=one.contacts,
            delivered=one.delivered,
            failed=one.failed,
        )
        for one in alert.told
    ]
    return (*told, *_untold(alert))


def triage_row(report: TriageDocument, names: Names) -> TriageRow:
    """Return the row of a report."""
    return TriageRow(
        report=report,
        place=_place_text(report.area, names),
        candidates=tuple((code, names.of(code)) for code in report.candidates),
        waits_because=waiting_text(report.status, report.why),
        category=names.category(report.category),
        suggestions=tuple((code, names.category(code)) for code in report.suggestions),
    )


def reply_row(reply: ReplyDocument, user: str) -> Reply:
    """Return the answer to a command, for whoever has given it."""
    return Reply(
        command=reply.command,
        outcome=reply.outcome,
        reason=reply.reason,
        says=refusal_text(reply.reason),
        at=reply.at,
        alert=reply.alert,
        command_kind=CommandKind(reply.command_kind),
        mine=reply.actor == user,
    )


def _untold(alert: AlertDocument) -> Iterable[Told]:
    codes = [one.code for one in levels_of(alert.ladder, alert.level)]
    for code in codes[codes.index(alert.level) + 1 :] if alert.level in codes else ():
        is_next = code == codes[codes.index(alert.level) + 1]
        yield Told(
            level=Level(code, level_text(code)),
            ladder=alert.ladder,
            due_at=alert.due_at if is_next else None,
            at=None,
            contacts=0,
            delivered=0,
            failed=0,
        )


def _main_check(why: Sequence[WhyDocument]) -> Text:
    """Return the check that tells most: the first that found something and is measured."""
    found = [one for one in why if _holds(one) and one.check not in _GROUNDS] or [*why]
    return _check(next((one for one in found if one.threshold is not UNSET), found[0]))


def _check(one: WhyDocument) -> Text:
    threshold = None if one.threshold is UNSET else one.threshold
    return why_text(Why(one.check, one.value, threshold, one.holds))


def _place_text(code: AreaCode, names: Names) -> Text:
    said = ", ".join(names.of(one) for one in reversed(parents_of(code)))
    return Text(said, said)
