"""Reading notices: a sender has what the fold wrote."""

import pytest
from msgspec.structs import replace

from streams.domain.ids import AlertId, ElectionId
from streams.domain.notice import Notice
from streams.domain.outgoing import Outgoing
from streams.domain.words import Role
from streams.errors import InputError
from streams.wire import notices
from streams.wire.outgoing import read_notice
from streams.wire.shown import Named
from tests.support.events import call_for_help, report
from tests.support.notice_records import record_of
from tests.support.notices import everybody, world_with
from tests.support.notices import notices as noticed
from tests.support.outgoing import MESSAGE, NOTICE, ROLL_UP
from tests.support.stories import at
from tests.support.world import KR, every_rule

WIB = 420
DRILL = ElectionId("serang-2024#drill-1")
NAMED = Named("TPS 001 Air Rambai", ("Bengkulu", "Rejang Lebong", "Curup", "Air Rambai"))
CATEGORIES = (
    *("KAM-11", "INT-03", "PID-04", "NET-02", "NET-03", "LOG-01", "LOG-02", "LOG-03"),
    *("PRO-01", "PRO-02", "HIT-01", "HIT-03", "INF-01"),
)


def written(notice: Notice, kecamatan: str = "") -> bytes:
    """Return the record of a notice."""
    names: dict[AlertId, Named] = {one.alert.id: NAMED for one in notice.tellings}
    return notices.notice(notice, WIB, names, kecamatan)


def test_a_sender_has_what_the_fold_decided() -> None:
    """Every field of a call is read as it was written."""
    [call, *_] = noticed(at("09:00"), call_for_help("A1"), at("09:01"))
    outgoing = read_notice(written(call))
    [alert] = outgoing.alerts
    [telling] = call.tellings
    assert (call.id, call.destination, call.kind, call.at, call.due_at, WIB) == (
        outgoing.id,
        outgoing.destination,
        outgoing.kind,
        outgoing.at,
        outgoing.due_at,
        outgoing.offset_minutes,
    )
    assert (telling.alert.id, telling.alert.title, telling.alert.told, NAMED.path) == (
        alert.alert,
        alert.title,
        alert.told,
        alert.path,
    )


def test_a_roll_up_is_read() -> None:
    """With the alerts that it stands for."""
    many = tuple(report(one, KR, by=one, role=Role.PTPS) for one in CATEGORIES)
    world = world_with(*everybody(), pack=every_rule())
    found = noticed(at("09:00"), *many, at("09:02"), world=world)
    [rolled, *_] = [one for one in found if one.rolled_up]
    outgoing = read_notice(written(rolled, "Curup"))
    assert rolled.rolled_up is not None
    assert outgoing.rolled_up is not None
    assert ("Curup", rolled.rolled_up.alerts) == (
        outgoing.rolled_up.name,
        outgoing.rolled_up.alerts,
    )


DEEP = b'{"id":"a","x":' + b"[" * 5_000 + b"]" * 5_000 + b"}"


@pytest.mark.parametrize(
    "value",
    [
        *(b"", b"{}", b"[]", b"\xff", b'{"id":"\xff"}', DEEP),
        record_of(replace(NOTICE, alerts=())),
        record_of(replace(NOTICE, drill=True)),
        record_of(replace(NOTICE, election=DRILL)),
    ],
    ids=[
        *("nothing", "nothing of it", "a list", "no JSON", "not UTF-8", "nested without end"),
        *("it tells nothing", "a drill of no drill", "a drill that is said to be real"),
    ],
)
def test_what_is_no_notice_is_named_so(value: bytes) -> None:
    """A foreign writer's record stops nobody without a reason."""
    with pytest.raises(InputError, match="not a notice"):
        read_notice(value)


@pytest.mark.parametrize(
    "notice", [NOTICE, MESSAGE, ROLL_UP, replace(NOTICE, election=DRILL, drill=True)]
)
def test_a_notice_tells_something_and_knows_whether_it_is_a_drill(notice: Outgoing) -> None:
    """What says the one in one field and the other in another could ring the wrong telephone."""
    found = read_notice(record_of(notice))
    assert (notice.drill, notice.message) == (found.drill, found.message)
