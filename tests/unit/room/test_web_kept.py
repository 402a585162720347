"""What is read from the journal, over HTTP: whose it is, how much, and when it cannot be."""

from collections.abc import Collection, Mapping

from msgspec.structs import replace

from streams.room.api_kept import REPORTS_MAX
from streams.room.journal import Kept
from streams.web.refusal import Reason, Refusal
from tests.support.room_houses import put_in
from tests.unit.room.documents import NOW, report
from tests.unit.room.kept import TEXT, evidence, report_record
from tests.unit.room.rooms import (
    ALERT,
    ALL_REPORTS,
    CONDUCT,
    OUTSIDE_ALERT,
    REPORT,
    SECRET,
    Room,
    Visitor,
    visiting,
)


def stock(room: Room) -> None:
    """Let alerts and reports of a room rest on records of its journal."""
    for number, key in enumerate(ALL_REPORTS, start=1):
        roles = room.model.reports[key].restricted_to
        one = report(key, room.model.reports[key].area, roles)
        put_in(room.model, replace(one, evidence=evidence(number)), at=NOW)
    for key in (ALERT, SECRET):
        put_in(room.model, replace(room.model.alerts[key], evidence=(evidence(1),)), at=NOW)
    room.journal.values.update(
        {f"0:{number}": report_record(number, text=f"{TEXT} {number}") for number in range(1, 5)}
    )


def test_an_alerts_evidence_tells_when_it_came_in() -> None:
    """In the order of the alert."""

    async def talk(room: Room, visitor: Visitor) -> None:
        stock(room)
        answer = await visitor.ask("GET", f"/api/v1/alerts/{ALERT}/evidence")
        [row] = answer.json()["evidence"]
        assert (200, "2024-11-27T07:00:30+07:00", "warga") == (
            answer.status_code,
            row["received_at"],
            row["role"],
        )

    visiting("viewer", talk)


def test_evidence_of_what_is_not_in_sight_is_not_looked_for() -> None:
    """It is answered as if it were not there, and no record is read."""

    async def talk(room: Room, visitor: Visitor) -> None:
        stock(room)
        for key in (SECRET, OUTSIDE_ALERT, "3604-" + "Z" * 16):
            answer = await visitor.ask("GET", f"/api/v1/alerts/{key}/evidence")
            assert 404 == answer.status_code
        assert [] == room.journal.asked

    visiting("operator", talk)


def test_words_of_reports_are_those_of_ones_own_area_and_role() -> None:
    """Whatever is asked for; no record of another is read."""

    async def talk(room: Room, visitor: Visitor) -> None:
        stock(room)
        answer = await visitor.ask("GET", f"/api/v1/said?reports={','.join(ALL_REPORTS)}")
        [row] = answer.json()["said"]
        assert (REPORT, "kept") == (row["id"], row["standing"])
        assert "3456" not in answer.text
        assert ["0:1"] == room.journal.asked

    visiting("operator", talk)


def test_propam_reads_its_own_and_nothing_else() -> None:
    """And each look is noted."""

    async def talk(room: Room, visitor: Visitor) -> None:
        stock(room)
        answer = await visitor.ask("GET", f"/api/v1/said?reports={','.join(ALL_REPORTS)}")
        assert [CONDUCT] == [row["id"] for row in answer.json()["said"]]

    visiting("propam", talk)


def test_a_question_is_for_one_page_of_the_desk() -> None:
    """More is refused, and nothing is read; to ask for none is no fault."""

    async def talk(room: Room, visitor: Visitor) -> None:
        stock(room)
        many = ",".join([REPORT] * (REPORTS_MAX + 1))
        assert 413 == (await visitor.ask("GET", f"/api/v1/said?reports={many}")).status_code
        answer = await visitor.ask("GET", "/api/v1/said")
        assert (200, []) == (answer.status_code, answer.json()["said"])
        assert [] == room.journal.asked

    visiting("operator", talk)


class Away:
    """A journal on a broker that does not answer."""

    async def kept(self, offsets: Collection[str]) -> Mapping[str, Kept]:
        """Refuse."""
        raise Refusal(Reason.UNAVAILABLE, f"{len(offsets)} records")


def test_when_kafka_does_not_answer_that_is_said() -> None:
    """It is not as if nothing were kept: it can be asked again."""

    async def talk(room: Room, _visitor: Visitor) -> None:
        room.serve(replace(room.house, journal=Away()))
        async with room.visit("operator") as other:
            for path in (f"/api/v1/alerts/{ALERT}/evidence", f"/api/v1/said?reports={REPORT}"):
                assert 503 == (await other.ask("GET", path)).status_code

    visiting("operator", talk)
