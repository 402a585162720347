"""What people did about an alert and wrote down: as the fold has carried it out, and no other."""

import json
from collections.abc import Callable

import pytest
from msgspec.structs import replace

from streams.domain.alert import AlertState
from streams.domain.effects import ReplyOutcome
from streams.domain.events import ActorRole, CommandKind
from streams.domain.times import HOUR_MS, EpochMs
from streams.engine.topics import Topic
from streams.room.feed import Feed
from streams.room.kinds import Kind
from streams.room.model import Model
from streams.room.names import Names
from streams.room.page_documents import AlertPage
from streams.room.pages import alert_page
from streams.room.sight import Sight
from streams.wire.documents import ReplyDocument
from tests.support.room_houses import arrived, put_in
from tests.support.shown import alert_id, shown
from tests.unit.room.documents import AT, NOW, reply

_ALERT = alert_id(1)
_TEXT = "Danton sudah di lokasi."
Read = Callable[[Model], object]


def said(
    id_: str = "c-1", actor: str = "posko-1", kind: str = "note", **fields: str
) -> Callable[[Model], object]:
    """Return the arrival of a command."""
    command = {
        "id": id_,
        "at": AT,
        "actor": {"id": actor, "role": "operator"},
        "command": kind,
        "alert": _ALERT,
        **fields,
    }
    value = json.dumps(command).encode()
    return lambda model: model.apply(arrived(Topic.OPERATOR_COMMANDS, "k", value, NOW))


def done(
    id_: str = "c-1", actor: str = "posko-1", kind: CommandKind = CommandKind.NOTE
) -> Callable[[Model], object]:
    """Return the arrival of the fold's answer."""
    return _answered(replace(reply(id_, actor, _ALERT), command_kind=kind))


def refused(id_: str = "c-1") -> Callable[[Model], object]:
    """Return the arrival of a refusal."""
    answer = replace(reply(id_, alert=_ALERT), outcome=ReplyOutcome.REFUSED, reason="no")
    return _answered(replace(answer, command_kind=CommandKind.NOTE))


def _answered(answer: ReplyDocument) -> Callable[[Model], object]:
    return lambda model: put_in(model, answer, at=NOW)


def page_after(*arrivals: Read) -> AlertPage:
    """Return the page of the alert after some arrivals."""
    model = put_in(Model(), shown(_ALERT), at=NOW)
    for one in arrivals:
        one(model)
    page = alert_page(Feed(model, Names()), Sight(ActorRole.OPERATOR), _ALERT)
    assert page is not None
    return page


NOTED: dict[str, tuple[tuple[Read, ...], list[str]]] = {
    "said and done": ((said(reason=_TEXT), done()), [_TEXT]),
    "topics are read side by side": ((done(), said(reason=_TEXT)), [_TEXT]),
    "only said": ((said(reason=_TEXT),), []),
    "refused": ((said(reason=_TEXT), refused()), []),
    "what was refused counts no more": ((said(reason=_TEXT), refused(), done()), []),
    "by somebody else with the same id": ((said(actor="x", reason=_TEXT), done()), []),
    "its text is not there yet": ((done(),), []),
    "of two with one id the first": (
        (said(reason=_TEXT), said(reason="Bukan ini."), done()),
        [_TEXT],
    ),
    "told twice": ((said(reason=_TEXT), done(), done()), [_TEXT]),
    "in the order of judgment": (
        (said("c-2", reason="Dua."), said(reason="Satu."), done(), done("c-2")),
        ["Satu.", "Dua."],
    ),
}


@pytest.mark.parametrize(("arrivals", "texts"), NOTED.values(), ids=NOTED)
def test_a_note_is_read_where_its_alert_is(arrivals: tuple[Read, ...], texts: list[str]) -> None:
    """Once the fold has taken it down."""
    assert texts == [one.text for one in page_after(*arrivals).notes]


def test_a_note_says_who_wrote_it_and_when() -> None:
    """By the role that the roster has; and what of the checklist it ticks."""
    [found] = page_after(said(step="hubungi_kpps"), done()).notes
    assert ("posko-1", "operator", AT, "hubungi_kpps", "") == (
        found.by,
        found.role,
        found.at,
        found.step,
        found.text,
    )


def test_what_else_was_done_says_why_and_whom_it_sent() -> None:
    """With the cause by which its line is found."""
    dispatch = said("c-7", kind="dispatch", pair="P03", reason="Terdekat.")
    [found] = page_after(dispatch, done("c-7", kind=CommandKind.DISPATCH)).deeds
    assert ("command:c-7", "dispatch", "P03", "Terdekat.") == (
        found.cause,
        found.kind,
        found.sent,
        found.text,
    )


@pytest.mark.parametrize(
    "arrivals",
    [(said(reason=_TEXT), done()), (done(), said(reason=_TEXT))],
    ids=["before", "after"],
)
def test_the_row_tells_that_more_is_known(arrivals: tuple[Read, Read]) -> None:
    """Whichever comes last: so the page asks anew when the text of a note has come."""
    model = put_in(Model(), shown(_ALERT), at=NOW)
    feed = Feed(model, Names())
    first, last = arrivals
    first(model)
    feed.tick()
    assert 0 == feed.encoded.alert(Sight(ActorRole.OPERATOR), _ALERT).written
    last(model)
    assert (Kind.ALERTS, _ALERT) in model.take_touched()
    assert 1 == feed.encoded.alert(Sight(ActorRole.OPERATOR), _ALERT).written


def order(id_: str, kind: CommandKind, **whom: str) -> tuple[Read, Read]:
    """Return a command about officers that is carried out."""
    return said(id_, kind=kind.value, **whom), done(id_, kind=kind)


_Sent = tuple[tuple[str, str], ...]
_SENT: dict[str, tuple[tuple[Read, ...], _Sent]] = {
    "nobody": ((), ()),
    "a pair": (order("d-1", CommandKind.DISPATCH, pair="P03"), (("pair", "P03"),)),
    "only asked for": (order("d-1", CommandKind.DISPATCH, pair="P03")[:1], ()),
    "two": (
        (
            *order("d-1", CommandKind.DISPATCH, pair="P03"),
            *order("d-2", CommandKind.DISPATCH, officer="A7"),
        ),
        (("pair", "P03"), ("officer", "A7")),
    ),
    "released": (
        (
            *order("d-1", CommandKind.DISPATCH, pair="P03"),
            *order("d-2", CommandKind.RELEASE, pair="P03"),
        ),
        (),
    ),
    "sent again": (
        (
            *order("d-1", CommandKind.DISPATCH, pair="P03"),
            *order("d-2", CommandKind.RELEASE, pair="P03"),
            *order("d-3", CommandKind.DISPATCH, pair="P03"),
        ),
        (("pair", "P03"),),
    ),
}


@pytest.mark.parametrize(("arrivals", "sent"), _SENT.values(), ids=_SENT)
def test_a_row_says_who_is_sent_to_it(arrivals: tuple[Read, ...], sent: _Sent) -> None:
    """So that release is offered where somebody can be released, and nowhere else."""
    assert sent == page_after(*arrivals).row.sent


def test_what_nobody_can_read_says_nothing() -> None:
    """It is among the dead letters, or is nobody's message at all."""

    def garbage(model: Model) -> None:
        for value in (b"", b"{}", b"\xff", b'{"id":"c-1","command":"note"}', None):
            model.apply(arrived(Topic.OPERATOR_COMMANDS, "k", value, NOW))

    assert () == page_after(garbage).notes


def test_what_was_said_goes_with_its_alert() -> None:
    """An hour after that has ended."""
    model = put_in(Model(), replace(shown(_ALERT), state=AlertState.RESOLVED), at=NOW)
    for one in (said(reason=_TEXT), done()):
        one(model)
    assert [_TEXT] == [one.text for one in model.deeds.of(_ALERT)]
    put_in(model, reply("c-9"), at=EpochMs(NOW + HOUR_MS))
    assert [] == [*model.deeds.of(_ALERT)]
    done()(model)
    assert [""] == [one.text for one in model.deeds.of(_ALERT)]


def test_memory_is_bounded() -> None:
    """Of an alert the newest 200; of all that was said the newest 20,000."""
    model = Model()
    for number in range(20_001):
        said(f"c-{number}", reason="x")(model)
    for number in (0, 1, *range(2, 250)):
        done(f"c-{number}")(model)
    found = [*model.deeds.of(_ALERT)]
    assert (200, "command:c-50", "x") == (len(found), found[0].cause, found[0].text)
    done("c-0", actor="posko-1")(model)
    assert "" == [*model.deeds.of(_ALERT)][-1].text


def test_who_may_not_see_the_alert_reads_no_note() -> None:
    """There is no page of it for him at all."""
    secret = replace(shown(_ALERT), restricted_to=("propam",))
    model = put_in(Model(), secret, at=NOW)
    for one in (said(reason=_TEXT), done()):
        one(model)
    feed = Feed(model, Names())
    assert alert_page(feed, Sight(ActorRole.COMMANDER), _ALERT) is None
    page = alert_page(feed, Sight(ActorRole.PROPAM), _ALERT)
    assert page is not None
    assert [_TEXT] == [one.text for one in page.notes]
