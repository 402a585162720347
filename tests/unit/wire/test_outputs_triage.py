"""How a report stands, as a document: all that a gateway needs to answer who sent it."""

from msgspec.structs import replace

from streams.domain.effects import TriageStatus
from streams.texts.tracking import tracking_text
from streams.wire import outputs
from streams.wire.schemas import schema
from tests.support.json_schema import judge
from tests.unit.wire.test_outputs import LINE, TRIAGE, WIB, read


def test_a_report_comes_with_what_its_sender_may_be_told() -> None:
    """In the words of the one catalogue; what nobody knows is null."""
    document = read(outputs.triage(TRIAGE, WIB))
    text = tracking_text(TRIAGE.status, TRIAGE.why)
    assert {"id": text.id, "en": text.en} == document["answer"]
    assert (None, None, "rule", []) == (
        document["channel"],
        document["alert"],
        document["by"],
        document["restricted_to"],
    )
    assert "2024-11-27T07:10:00+07:00" == document["received_at"]


def test_a_report_that_counts_names_its_alert() -> None:
    """Who follows it finds what is done about it."""
    counted = replace(TRIAGE, status=TriageStatus.CONFIRMED, alert=LINE.alert, channel="sms")
    document = read(outputs.triage(counted, WIB))
    assert (LINE.alert, "sms") == (document["alert"], document["channel"])
    judge(schema("triage")).validate(document)
