"""What expressions see of a happening and of its place: names that authors write, and their values.

    event.queue > 0 && event.at >= tps.closes_at - duration("1h")

Nothing is copied for it: a name is a path to where the value lies already. A field that may be
missing must be asked for first: `has(event.queue) && event.queue > 0`.
"""

from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from streams.domain.happenings import Happening, Point, Said
from streams.domain.times import EpochMs
from streams.domain.words import Role, TpsClass
from streams.rules.expression.binding import record_of
from streams.rules.expression.static_types import (
    BOOL,
    INT,
    STRING,
    TIMESTAMP,
    Field,
    Missing,
    RecordType,
    enum_of,
)
from streams.territory.plan import Election, Tps

__all__ = ["DEPARTURE", "EVENT", "TPS", "About"]

_NOBODY_SAID: Final = Point(EpochMs(0), Happening.BOX_DEPARTED, "", "", "")


class About(Struct, frozen=True, gc=False):
    """What a happening is about, beside itself."""

    tps: Tps | None
    """None: it is about an officer."""
    election: Election
    departure: Point | None = None
    """Of a box: its last departure before."""

    @property
    def ballots_expected(self) -> int:
        """Ballots of each contest at the TPS: the DPT and its reserve, rounded up."""
        assert self.tps is not None, "of an officer nobody asks for ballots"
        return self.election.ballots_due(self.tps.dpt)

    @property
    def departed(self) -> Point:
        """What was said when the box left; nothing, where nobody said that it left."""
        return self.departure or _NOBODY_SAID


_SAID: Final = {
    name: replace(field, attribute=f"said.{field.attribute}")
    for name, field in record_of(Said, "event").fields.items()
}
EVENT: Final = RecordType(
    "event",
    {
        "kind": Field(enum_of("Happening", Happening), "kind"),
        "at": Field(TIMESTAMP, "at"),
        "role": Field(enum_of("Role", Role), "role"),
        **_SAID,
    },
)
"""A `Point`; `role` is what its source speaks as."""
DEPARTURE: Final = RecordType(
    "departure",
    {name: replace(_SAID[name], attribute=f"departed.said.{name}") for name in ("box", "seal")},
)
"""An `About`."""
TPS: Final = RecordType(
    "tps",
    {
        "code": Field(STRING, "tps.code"),
        "class": Field(enum_of("TpsClass", TpsClass), "tps.tps_class"),
        "dpt": Field(INT, "tps.dpt"),
        "ballots_expected": Field(INT, "ballots_expected"),
        "opens_at": Field(TIMESTAMP, "tps.opens_at"),
        "closes_at": Field(TIMESTAMP, "tps.closes_at"),
        "listed": Field(BOOL, "tps.listed"),
        "transit_minutes": Field(INT, "tps.transit_minutes", Missing.NONE),
        "internet": Field(BOOL, "tps.internet", Missing.NONE),
    },
)
"""An `About`; `listed`: whether the plan has the TPS."""
