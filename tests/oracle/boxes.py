"""Boxes of a TPS: what each is called, which words belong to it, and deadlines of T10 and T11.

ADR 18: "A box is called by its `box`, else `TPS#1`. `escort_joined` and `box_arrived` that name no
box, or a box that did not depart from that TPS, belong to the box of that TPS that departed last
before them; if none did, to their own … An arrival under a number that did not depart belongs to
the last of them that has not come in under its own since; if all have, to its own, as long as no
more numbers have departed and arrived there than it has contests."
"""

from tests.oracle.absence import Deadline, judge_deadline
from tests.oracle.events import Event
from tests.oracle.times import MINUTE
from tests.oracle.told import Told, by_moment
from tests.oracle.values import number, text

__all__ = ["BOX_KINDS", "Boxes", "boxes_at", "key", "limit_ms"]

BOX_KINDS = frozenset({"box_departed", "escort_joined", "box_arrived"})


class Boxes:
    """The boxes of one TPS, from all that it has said and stands by."""

    def __init__(self, tps: str, stages: list[Event], contests: int) -> None:
        """Sort the words by kind."""
        self.tps = tps
        self._contests = contests
        said = by_moment(stage for stage in stages if stage.kind in BOX_KINDS)
        self.departed = [status for status in said if status.kind == "box_departed"]
        self._arrived = [status for status in said if status.kind == "box_arrived"]
        self._joined = [status for status in said if status.kind == "escort_joined"]

    def named(self, status: Event) -> str:
        """What a status calls its box."""
        return text(status.value, "box") or f"{self.tps}#1"

    def scope(self, name: str) -> str:
        """The scope of a box."""
        return f"box:{self.tps[:5]}/{name}"

    def names(self) -> set[str]:
        """Every box that departed or arrived."""
        return {
            *(self.named(status) for status in self.departed),
            *(self.owner(status) for status in self._arrived),
        }

    def owner(self, status: Event) -> str:
        """The box that an escort or an arrival belongs to."""
        own, names_one = self.named(status), bool(text(status.value, "box"))
        if names_one and any(self.named(departure) == own for departure in self.departed):
            return own
        before = self.departure_before(status)
        if before is None:
            return own
        if names_one and status.kind == "box_arrived":
            out = [way for way in self.departed if way.at <= status.at and not self._is_back(way)]
            if out:
                return self.named(out[-1])
            if len(self._numbers()) <= self._contests:
                return own
        return self.named(before)

    def _is_back(self, departure: Event) -> bool:
        """Whether a box has come in under the number of its departure."""
        return any(
            text(arrival.value, "box") == self.named(departure) and arrival.at >= departure.at
            for arrival in self._arrived
        )

    def _numbers(self) -> set[str]:
        arrived = {text(status.value, "box") for status in self._arrived} - {""}
        return arrived | {self.named(status) for status in self.departed}

    def departure_before(self, status: Event, name: str = "") -> Event | None:
        """The last departure up to a status, of any box or of one."""
        before = [
            departure
            for departure in self.departed
            if departure.at <= status.at and (not name or self.named(departure) == name)
        ]
        return before[-1] if before else None

    def departures(self, name: str) -> list[Event]:
        """The departures of a box, every word of them."""
        return [status for status in self.departed if self.named(status) == name]

    def ways(self, name: str) -> list[tuple[Event, float | None]]:
        """The first word of each way of a box, and the first ETA that is told of it."""
        found: list[tuple[Event, float | None]] = []
        in_at: int | None = None
        for departure in self.departures(name):
            eta = number(departure.value, "eta_minutes")
            if found and (in_at is None or departure.at < in_at):
                first, known = found[-1]
                found[-1] = (first, eta if known is None else known)
                continue
            found.append((departure, eta))
            after = [a.at for a in self.arrivals(name) if a.at > departure.at]
            in_at = min(after, default=None)
        return found

    def arrivals(self, name: str) -> list[Event]:
        """The arrivals of a box."""
        return [status for status in self._arrived if self.owner(status) == name]

    def all_in(self) -> bool:
        """Whether a box has come from here, and none is on its way."""
        return bool(self._arrived) and not any(
            not any(arrival.at >= departure.at for arrival in self.arrivals(self.named(departure)))
            for departure in self.departed
        )

    def _escorts(self, departure: Event) -> list[Event]:
        """Every word that an escort is with the box of a departure; another departure of it too."""
        name = self.named(departure)
        others = [status for status in self.departures(name) if status.value.get("escort")]
        return others + [
            joined
            for joined in self._joined
            if self.owner(joined) == name or self._waits_for(joined, departure)
        ]

    def _waits_for(self, joined: Event, departure: Event) -> bool:
        """Whether an escort that names no departed box has come for the next departure.

        It has, unless a box that departed before is still on its way: then it is with that one.
        """
        if text(joined.value, "box") or joined.at > departure.at:
            return False
        name = self.named(departure)
        others = [d for d in self.departed if self.named(d) != name]
        between = [d for d in others if joined.at < d.at < departure.at]
        last = self.departure_before(joined)
        return not between and (last is None or self._is_in(last, joined.at))

    def _is_in(self, departure: Event, at: int) -> bool:
        arrivals = self.arrivals(self.named(departure))
        return any(departure.at <= arrival.at <= at for arrival in arrivals)

    def overdue(self, name: str, due: dict[str, int]) -> list[Deadline]:
        """T10: "from `box_departed` until `box_arrived` of that box"; `due` is by `key`."""
        arrivals = self.arrivals(name)
        found: list[Deadline] = []
        for departure, _ in self.ways(name):
            came = [arrival for arrival in arrivals if arrival.at >= departure.at]
            in_at = min((arrival.at for arrival in came if arrival.at > departure.at), default=None)
            also = tuple(
                key(word)
                for word in self.departures(name)
                if word.at >= departure.at and (in_at is None or word.at < in_at)
            )
            deadline = judge_deadline(key(departure), due[key(departure)], came)
            found.append(deadline._replace(also=also))
        return found

    def without_escort(self, name: str, due: dict[str, int]) -> list[Deadline]:
        """T11: "an escort that joined before the departure (and after the arrival before it)"."""
        found: list[Deadline] = []
        for departure in self.departures(name):
            if departure.value.get("escort"):
                continue
            arrivals = self.arrivals(name)
            in_before = max((a.at for a in arrivals if a.at < departure.at), default=None)
            escorts = [
                word
                for word in self._escorts(departure)
                if in_before is None or word.at > in_before
            ]
            came = escorts + [arrival for arrival in arrivals if arrival.at >= departure.at]
            found.append(judge_deadline(key(departure), due[key(departure)], came))
        return found


def boxes_at(told: Told, tps: str) -> Boxes:
    """The boxes of a TPS, by all that is told of them."""
    return Boxes(tps, told.stages(tps), len(told.folder.contests_of(tps)))


def key(departure: Event) -> str:
    """The name of the deadline that a departure begins."""
    return f"{departure.source} {departure.id}"


def limit_ms(eta: float | None, transit_minutes: float | None, by_class: int) -> int:
    """T10: 1.5 × the ETA of the departure, else 1.5 × the way of the TPS, else by class."""
    expected = transit_minutes if eta is None else eta
    return by_class * MINUTE if expected is None else round(1.5 * expected * MINUTE)
