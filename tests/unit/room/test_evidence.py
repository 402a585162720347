"""What the journal adds to evidence and to reports: times, roles, weights, words."""

from collections.abc import Mapping
from typing import Final

import pytest
from msgspec.structs import replace

from streams.domain.events import ActorRole
from streams.domain.journal import OwnerMark
from streams.domain.words import Role
from streams.room.evidence import EvidenceRow, Standing, evidence_rows, said_row
from streams.room.journal import Kept, is_meant, kept_of
from streams.wire.documents import AlertDocument, WhyDocument
from streams.wire.journal import encode_record
from tests.support.shown import alert_id, shown
from tests.unit.room.documents import report
from tests.unit.room.kept import START, TEXT, evidence, report_record, status_record

_RECEIVED: Final = "2024-11-27T07:00:30+07:00"
_WEIGHED: Final = (WhyDocument("score", value=3.0, threshold=2.0, holds=True),)
_REPORT: Final = report("3604-" + "R" * 16)


def kept(*values: bytes) -> Mapping[str, Kept]:
    """Return the events of records, at `0:1` and on."""
    found = {f"0:{number}": kept_of(value) for number, value in enumerate(values, start=1)}
    return {offset: one for offset, one in found.items() if one is not None}


def alert(*minutes: int) -> AlertDocument:
    """Return an alert of a rule that weighs, with evidence of these minutes."""
    items = tuple(evidence(number, at) for number, at in enumerate(minutes, start=1))
    return replace(shown(alert_id(1)), evidence=items, why=_WEIGHED)


def weights(rows: tuple[EvidenceRow, ...]) -> list[float | None]:
    """Return what the rows weigh."""
    return [one.weight for one in rows]


def test_it_says_when_it_came_in_and_who_spoke() -> None:
    """In the local time of the place."""
    [row] = evidence_rows(alert(0), kept(report_record(1, Role.PTPS)))
    assert (_RECEIVED, Role.PTPS, 3.0, False) == (
        row.received_at,
        row.role,
        row.weight,
        row.is_repeat,
    )


def test_weights_fade_by_the_newest_evidence_and_add_up() -> None:
    """In full for 15 minutes, then half as much each 15 (contract §4)."""
    rows = evidence_rows(
        alert(0, 15, 30),
        kept(report_record(1), report_record(2, Role.KPPS), report_record(3, Role.ANONIM)),
    )
    assert [0.5, 2.0, 0.5] == weights(rows)


@pytest.mark.parametrize(
    ("role", "same"),
    [
        (Role.WARGA, {"source": "one"}),
        (Role.SAKSI, {"camp": "01"}),
        (Role.WARGA, {"photo": "ab" * 32}),
        (Role.WARGA, {"text": "Ada   ribut"}),
    ],
)
def test_a_voice_counts_once(role: Role, same: dict[str, str]) -> None:
    """Who has spoken, or a photo or text that was there, adds nothing; the weightier stays."""
    records = kept(report_record(1, role, **same), report_record(2, role, **same))
    items = tuple(
        replace(evidence(n, 30 * n), source=same.get("source", f"source-{n}")) for n in (1, 2)
    )
    rows = evidence_rows(replace(alert(), evidence=items), records)
    assert [0.0, 1.0] == weights(rows)
    assert [True, False] == [one.is_repeat for one in rows]


def test_where_nothing_is_weighed_nothing_has_a_weight() -> None:
    """A rule about what is missing rests on events, but adds nothing up."""
    one = replace(shown(alert_id(1)), evidence=(evidence(1, topic="tps.status"),))
    [row] = evidence_rows(one, kept(status_record(1)))
    assert (_RECEIVED, Role.PAM_TPS, None) == (row.received_at, row.role, row.weight)


@pytest.mark.parametrize(
    "values",
    [(), (report_record(9),), (report_record(1, source="somebody-else"),), (b"{}",)],
    ids=["kept no more", "another event", "another sender", "no record"],
)
def test_what_is_not_there_is_said_to_be_gone(values: tuple[bytes, ...]) -> None:
    """A journal that was made anew has other records at the same offsets: they tell nothing."""
    [row] = evidence_rows(alert(0), kept(*values))
    assert (None, None, None, False) == (row.received_at, row.role, row.weight, row.is_repeat)
    said = said_row(replace(_REPORT, evidence=evidence(1)), kept(*values), ActorRole.OPERATOR)
    assert (Standing.GONE, "") == (said.standing, said.text)


def test_a_report_is_shown_in_its_words_without_telephone_numbers() -> None:
    """And with how much is attached to it."""
    records = kept(report_record(1, text=TEXT, photo="ab" * 32))
    said = said_row(replace(_REPORT, evidence=evidence(1)), records, ActorRole.OPERATOR)
    assert (Standing.KEPT, "Ada yang membagi amplop, hubungi …", Role.WARGA, 1) == (
        said.standing,
        said.text,
        said.role,
        said.attached,
    )


@pytest.mark.parametrize(
    ("role", "standing"),
    [(ActorRole.OPERATOR, Standing.WITHHELD), (ActorRole.COMMANDER, Standing.KEPT)],
)
def test_words_about_counts_are_the_commanders(role: ActorRole, standing: Standing) -> None:
    """Of votes nothing stands on an operator's page."""
    about = replace(_REPORT, category="HIT-02", evidence=evidence(1))
    said = said_row(about, kept(report_record(1, text="pasangan 01: 210")), role)
    assert standing is said.standing
    assert ("210" in said.text) is (standing is Standing.KEPT)


def test_marks_are_no_events() -> None:
    """They tell only the time."""
    assert kept_of(encode_record(OwnerMark())) is None


def test_an_event_is_meant_by_its_id_and_its_sender() -> None:
    """By both: an id is of its sender alone."""
    one = kept_of(report_record(1))
    assert one is not None
    assert START + 30_000 == one.received_at
    assert is_meant(evidence(1), one)
    assert not is_meant(evidence(2), one)
