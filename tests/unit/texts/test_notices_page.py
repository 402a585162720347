"""The page of messages has real ones: each example is made here, and stands there as it is made."""

from pathlib import Path
from typing import Final

from msgspec.structs import replace

from streams.answers.codes import parse_reply
from streams.domain.alert import AlertState, Change, Text, Told
from streams.domain.ids import AlertId, AreaCode
from streams.domain.notice import Destination, NoticeKind, Post
from streams.domain.words import Severity
from streams.texts.gsm import SMS_SEPTETS, septets
from streams.texts.notices import full, parts, short, subject
from tests.support.outgoing import CALL, CODE, CODES, LINKS, NOTICE, ROLL_UP, noticed
from tests.support.snippets import fenced
from tests.support.world import local

PAGE: Final = Path("docs/reference/messages.md")
CLIMBED: Final = replace(
    CALL,
    revision=2,
    change=Change.ESCALATED,
    level="polres_ops",
    due_at=local("07:45"),
    told=(Told("OPS", "polsek", local("07:30"), 1), Told("OPS", "polres_ops", local("07:35"), 1)),
)
POSKO: Final = replace(
    noticed(CLIMBED),
    destination=Destination(Post("OPS", "polres_ops"), AreaCode("36.04"), 1),
    at=local("07:35"),
)
TAKEN: Final = noticed(
    replace(
        CLIMBED,
        revision=3,
        kind=NoticeKind.INFORM,
        change=Change.ACKNOWLEDGED,
        state=AlertState.ACKNOWLEDGED,
        taken_by=Text("piket Polsek Carenang", "duty officer of Polsek Carenang"),
        due_at=None,
    )
)
RIOT: Final = replace(
    CALL,
    alert=AlertId("3604-KRUGS4ZANFZSAYJA"),
    severity=Severity.CRITICAL,
    title=Text("Rusuh, bentrok massa: Mekarsari", "Riot, clash: Mekarsari"),
    path=("Banten", "Serang", "Carenang", "Mekarsari"),
    opened_at=local("07:33"),
)
SEVERAL: Final = noticed(CALL, RIOT)
RIOT_CODES: Final = {**CODES, RIOT.alert: "913348"}

EXAMPLES: Final = (
    full([POSKO], "id", CODES, LINKS),
    full([POSKO], "en", CODES, LINKS),
    short([POSKO], "id", CODES),
    short([TAKEN], "id", CODES),
    short([SEVERAL], "id", RIOT_CODES),
    short([ROLL_UP], "id", CODES),
    short([replace(NOTICE, drill=True)], "id", CODES),
    short([replace(NOTICE, restricted_to=("commander", "liaison"))], "id", CODES),
    subject([POSKO], "id"),
    "\n".join(parts(full([SEVERAL], "id", RIOT_CODES, {}), 200)),
)
ANSWERS: Final = (f"AMBIL {CODE}", f"ok {CODE}", f"86 {CODE}", CODE, f"NAIK {CODE}")


def test_the_page_has_the_messages_as_they_are_made() -> None:
    """All of them, in this order, letter for letter."""
    page = PAGE.read_text("utf-8")
    assert [f"{example}\n" for example in EXAMPLES] == fenced(page, "text")


def test_the_answers_that_the_page_names_are_understood() -> None:
    """Each of them."""
    page = PAGE.read_text("utf-8")
    assert [] == [text for text in ANSWERS if f"`{text}`" not in page]
    assert None not in [parse_reply(text) for text in ANSWERS]


def test_every_sms_of_the_page_is_one() -> None:
    """None is longer than a message may be."""
    assert SMS_SEPTETS >= max(map(septets, EXAMPLES[2:8]))
