"""What a person may do to an alert: contract §5, the table's rows of commands and the roles.

A command that is not carried out is refused with a reason; it makes no line.
"""

from tests.oracle.book import Alert, Book, Moment
from tests.oracle.colour import ColourRule
from tests.oracle.conditions import Condition
from tests.oracle.duress import DuressRule
from tests.oracle.events import Event
from tests.oracle.folder import Folder
from tests.oracle.stage_rules import SealRule
from tests.oracle.times import MINUTE, parse_time
from tests.oracle.values import part, text

__all__ = ["ROLES", "Commands"]

_OPERATOR = frozenset(
    [
        "ack",
        "unack",
        "escalate",
        "shelve",
        "unshelve",
        "resolve",
        "reopen",
        "note",
        "confirm_report",
        "reject_report",
        "place_report",
        "dispatch",
        "release",
        "confirm_seal",
    ]
)
_COMMANDER = _OPERATOR | frozenset(
    [
        "set_class",
        "set_situation",
        "close_case",
        "confirm_identity",
        "drill_start",
        "drill_stop",
        "resume_rule",
        "use_pack",
    ]
)
_LIAISON = frozenset(["ack", "unack", "note", "resolve"])
ROLES = {
    "viewer": frozenset[str](),
    "operator": _OPERATOR,
    "commander": _COMMANDER,
    "liaison": _LIAISON,
    "propam": _LIAISON | {"close_case"},
    "system": frozenset({"use_pack", "resume_rule"}),
}
_LADDERS_OF = {"liaison": ("ADM", "GAK"), "propam": ("PROP",)}
_ON_ALERTS = _LIAISON | {"escalate", "shelve", "unshelve", "reopen", "close_case"}
_TWELVE_HOURS = 12 * 60 * MINUTE


class Commands:
    """Judges commands against the roster and carries them out."""

    def __init__(
        self,
        folder: Folder,
        book: Book,
        asked: tuple[DuressRule, SealRule],
        colours: ColourRule,
    ) -> None:
        """Keep what a command can touch."""
        duress, self.seals = asked
        self.colours = colours
        self.folder = folder
        self.book = book
        self.duress = duress

    def act(self, command: Event, when: Moment, conditions: list[Condition]) -> str:
        """Carry out a command; return why it was refused, or the empty text."""
        role, area = self._rank(command)
        verb = text(command.value, "command")
        if verb not in ROLES.get(role, frozenset()):
            return f"{role or 'an unlisted actor'} may not {verb}"
        if (why := self._of_no_alert(verb, command, area, when)) is not None:
            return why
        alert = self._find(text(command.value, "alert"), conditions)
        if alert is None:
            return "no such alert"
        if not _covers(area, alert.place):
            return "outside the actor's area"
        if role in _LADDERS_OF and alert.ladder not in _LADDERS_OF[role]:
            return f"not an alert of {role}"
        if alert.ladder == "PROP" and role != "propam":
            return "only propam acts on alerts of PROP"  # ADR 18, of W08.
        if verb == "reopen":
            return self._reopen(alert, _severity_now(alert, conditions), when)
        return self._change(verb, command, alert, (role, when))

    def _of_no_alert(self, verb: str, command: Event, area: str, when: Moment) -> str | None:
        """What is not done to an alert; None: it is."""
        match verb:
            case "confirm_identity":
                return self._confirm(command, area, when)
            case "confirm_seal":
                return self._confirm_seal(command, area, when)
            case "set_situation":
                return self._set_situation(command, area, when)
            case _ if verb in _ON_ALERTS:
                return None
            case _:
                return ""  # Not judged here, and without a line in the rules that are.

    def _rank(self, command: Event) -> tuple[str, str]:
        """§5 "role and area come from there whatever the message claims"; unlisted: refused."""
        actor = part(command.value, "actor")
        claimed = text(actor, "role"), text(actor, "area")
        if self.folder.actors is None:
            return claimed
        listed = self.folder.actors.get(command.source)
        return listed or (claimed if claimed[0] == "system" else ("", ""))

    def _find(self, name: str, conditions: list[Condition]) -> Alert | None:
        """§7 "may also be `RULE@SCOPE` or `RULE@SCOPE|KEY`: the newest open alert of it".

        Without a key: of any.
        """
        if "@" not in name:
            return self.book.alerts.get(name)
        rule, _, rest = name.partition("@")
        scope, keyed, key = rest.partition("|")
        found = [
            alert
            for condition in conditions
            for alert in condition.episodes
            if (alert.about.rule, alert.about.scope) == (rule, scope)
            and (not keyed or alert.about.key == key)
            and alert.open
        ]
        return max(found, key=lambda one: (one.first_at, one.episode, one.id), default=None)

    def _confirm(self, command: Event, area: str, when: Moment) -> str:
        if not command.officer:
            return "no officer is named"
        named = text(command.value, "tps") or text(command.value, "area") or command.place.kabupaten
        if not _covers(area, named):
            return "outside the actor's area"
        self.duress.confirm(command.officer, command.at, when)
        return ""

    def _confirm_seal(self, command: Event, area: str, when: Moment) -> str:
        """ADR 18 "`confirm_seal` of that box": named by itself, or by an alert about it."""
        box, named = text(command.value, "box"), text(command.value, "tps")
        alert = self.book.alerts.get(text(command.value, "alert"))
        if alert is not None:
            named, scope = alert.place, alert.about.scope
        else:
            scope = f"box:{command.place.kabupaten}/{box}" if box else ""
        if not scope.startswith("box:"):
            return "no box is named"
        named = named or text(command.value, "area") or command.place.kabupaten
        if not _covers(area, named):
            return "outside the actor's area"
        self.seals.confirm(scope, command, when)
        return ""

    def _set_situation(self, command: Event, area: str, when: Moment) -> str:
        """§5 "set_situation (down: one colour an order, refused before 45 min calm)"."""
        named = text(command.value, "area")
        if not _covers(area, named):
            return "outside the actor's area"
        return self.colours.order(named, text(command.value, "situation"), when)

    def _change(self, verb: str, command: Event, alert: Alert, by: tuple[str, Moment]) -> str:
        role, when = by
        match verb:
            case "ack":
                return self._ack(alert, when)
            case "unack":
                return self._unack(alert, when)
            case "escalate":
                return self._escalate(alert, text(command.value, "level"), when)
            case "shelve":
                return self._shelve(alert, text(command.value, "until"), role, when)
            case "unshelve":
                return self._unshelve(alert, when)
            case "resolve":
                return self._resolve(alert, when)
            case "close_case" if not text(command.value, "reason"):
                return "close_case needs a reason"
            case "close_case":
                return self._resolve(alert, when)
            case _:
                return ""  # §5 "`note` makes no line".

    def _ack(self, alert: Alert, when: Moment) -> str:
        match alert.state:
            case "unacknowledged":
                self.book.change(alert, "acknowledged", "acknowledged", when)
            case "returned":
                # §5 "ack, or 12 h → `resolved`".
                self.book.change(alert, "resolved", "resolved", when)
            case state:
                return f"ack of {state}"
        return ""

    def _unack(self, alert: Alert, when: Moment) -> str:
        if alert.state != "acknowledged":
            return f"unack of {alert.state}"
        self.book.change(alert, "unacknowledged", "unacknowledged", when)
        self.book.restart(alert, when.clock_from(alert.last_at))
        return ""

    def _escalate(self, alert: Alert, level: str, when: Moment) -> str:
        """§5 "`escalated`, the level named or the next, restarts"; down is not up."""
        if alert.state not in {"unacknowledged", "acknowledged"}:
            return f"escalate of {alert.state}"
        if level and level not in alert.levels:
            return f"{alert.ladder} has no level {level}"
        wanted = alert.levels.index(level) if level else alert.level + 1
        if not alert.level < wanted < len(alert.levels):
            return "not above the present level"
        alert.level = wanted
        self.book.change(alert, "unacknowledged", "escalated", when)
        self.book.restart(alert, when.clock_from(alert.last_at))
        return ""

    def _shelve(self, alert: Alert, written: str, role: str, when: Moment) -> str:
        """§5 "`shelve` until (≤ 60 min; critical: commander, ≤ 15)", counted from its line."""
        if not alert.open or not written:
            return "shelve needs an open alert and `until`"
        critical = alert.severity == "critical"
        until = parse_time(written)
        if critical and role != "commander":
            return "a commander shelves what is critical"
        if not 0 < until - when.at <= (15 if critical else 60) * MINUTE:
            return "over the limit"
        self.book.shelve(alert, until, when)
        return ""

    def _unshelve(self, alert: Alert, when: Moment) -> str:
        if alert.state != "shelved":
            return f"unshelve of {alert.state}"
        self.book.unshelve(alert, when)
        return ""

    def _resolve(self, alert: Alert, when: Moment) -> str:
        if not alert.open:
            return "resolved already"
        self.book.change(alert, "resolved", "resolved", when)
        return ""

    def _reopen(self, alert: Alert, severity: str, when: Moment) -> str:
        """§5 "`reopen` (returned, resolved ≤ 12 h) → `reopened`, as opening".

        As opening: with the severity that its condition has now, if it still holds.
        """
        fresh = alert.state == "resolved" and when.now - alert.resolved_at <= _TWELVE_HOURS
        if not (alert.state == "returned" or fresh):
            return f"reopen of {alert.state}"
        alert.severity = severity
        self.book.reopen(alert, when)
        return ""


def _covers(area: str, place: str) -> bool:
    """Whether an actor's area holds a place; the narrower never covers the wider."""
    return bool(area) and (place == area or place.startswith((f"{area}.", f"{area}-")))


def _severity_now(alert: Alert, conditions: list[Condition]) -> str:
    for condition in conditions:
        if condition.newest is alert and condition.holding and condition.severity:
            return condition.severity
    return alert.severity
