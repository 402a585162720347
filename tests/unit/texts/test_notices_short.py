"""A notice in one line: what is told first, and what is left out first."""

from typing import Final

import pytest
from msgspec.structs import replace

from streams.domain.alert import Change, Text
from streams.domain.ids import AlertId
from streams.domain.notice import NoticeKind
from streams.domain.outgoing import Outgoing, OutgoingAlert
from streams.domain.words import Severity
from streams.texts.gsm import septets
from streams.texts.notices import short, subject
from tests.support.outgoing import (
    CALL,
    CODE,
    CODES,
    ENDED,
    LINK,
    LINKS,
    MESSAGE,
    NOTICE,
    ROLL_UP,
    noticed,
)

PATH: Final = ("Banten", "Serang", "Carenang", "Mekarsari", "TPS 003 Mekarsari")


def titled(title: str, *path: str) -> OutgoingAlert:
    """Return the call of another thing, at another place."""
    return replace(CALL, title=Text(title, title), path=path or PATH)


def sms(*alerts: OutgoingAlert, limit: int = 160) -> str:
    """Return the SMS of a call."""
    return short([noticed(*alerts)], "id", CODES, limit)


def test_an_sms_says_what_where_since_when_and_how_to_answer() -> None:
    """In both languages; the words to answer with are the same in both."""
    assert (
        "TINGGI: TPS 003 Mekarsari belum buka. Carenang, Serang. Sejak 07:30. "
        "Balas AMBIL 482135 atau NAIK 482135"
    ) == short([NOTICE], "id", CODES)
    assert (
        "HIGH: TPS 003 Mekarsari has not opened. Carenang, Serang. Since 07:30. "
        "Reply AMBIL 482135 or NAIK 482135"
    ) == short([NOTICE], "en", CODES)


def test_a_subject_says_the_same_without_the_answer() -> None:
    """In a mail the answer stands in its text."""
    expected = "TINGGI: TPS 003 Mekarsari belum buka. Carenang, Serang. Sejak 07:30"
    assert expected == subject([NOTICE], "id")


def test_what_is_needed_less_is_left_out_first() -> None:
    """The second answer, wider places, the time; how grave it is and the code never."""
    what, answer = "TINGGI: X di TPS 3", f"Balas AMBIL {CODE}"
    alert = titled("X di TPS 3", "Banten", "Serang", "Carenang", "Pasar", "TPS 3")
    found, limit = list[str](), 160
    while septets(line := sms(alert, limit=limit)) <= limit and line.endswith(CODE):
        found.append(line)
        limit = septets(line) - 1
    assert [
        f"{what}. Pasar, Carenang, Serang. Sejak 07:30. {answer} atau NAIK {CODE}",
        f"{what}. Pasar, Carenang, Serang. Sejak 07:30. {answer}",
        f"{what}. Pasar, Carenang. Sejak 07:30. {answer}",
        f"{what}. Pasar, Carenang. {answer}",
        f"{what}. Pasar. {answer}",
        f"{what}. {answer}",
    ] == found


def test_a_place_that_the_title_has_is_not_said_again() -> None:
    """In whatever case; one that it has not is said."""
    there = titled("Rusuh: MEKARSARI, Carenang", "Banten", "Serang", "Carenang", "Mekarsari")
    assert sms(there).startswith("TINGGI: Rusuh: MEKARSARI, Carenang. Serang. Sejak")
    province = titled("Situasi merah", "Banten")
    assert sms(province).startswith("TINGGI: Situasi merah. Banten. Sejak")
    nowhere = replace(titled("Siaga tidak melihat semuanya"), path=())
    assert sms(nowhere).startswith("TINGGI: Siaga tidak melihat semuanya. Sejak")


def test_names_are_whole_or_not_there() -> None:
    """A long title gives way to the place, and a name that is too long to nothing."""
    long = titled("Keributan " * 20)
    assert f"TINGGI: perlu dicek. TPS 003 Mekarsari, Carenang, Serang. Balas AMBIL {CODE}" == sms(
        long
    )
    endless = titled("Keributan " * 20, "Banten", "Se" * 90)
    assert f"TINGGI: perlu dicek. Balas AMBIL {CODE}" == sms(endless)


def test_an_sms_is_written_in_its_alphabet() -> None:
    """Accents that it lacks are lost, signs become plain ones, line ends are spaces."""
    alert = titled("Surat\u00a0suara 455 ≠ 475\n– Ma\u2019rang \U0001f4e6", "Banten", "Sêrang")
    assert sms(alert).startswith("TINGGI: Surat suara 455 <> 475 - Ma'rang. Serang. Sejak")


def test_who_cannot_answer_is_told_no_code() -> None:
    """There is none for the alert, or it is news."""
    assert short([NOTICE], "id", {}).endswith("Sejak 07:30")
    news = short([noticed(ENDED)], "id", {ENDED.alert: CODE})
    assert (
        "SELESAI (kritis): Rusuh, bentrok massa: Mekarsari. Carenang, Serang. Sejak 07:30" == news
    )


def test_who_has_it_is_told() -> None:
    """By pair or post."""
    taken = replace(
        CALL,
        kind=NoticeKind.INFORM,
        change=Change.ACKNOWLEDGED,
        taken_by=Text("pasangan P03", "pair P03"),
    )
    assert (
        "DIAMBIL (tinggi): TPS 003 Mekarsari belum buka. Carenang, Serang. Sejak 07:30. "
        "Dipegang pasangan P03"
    ) == sms(taken)


def test_of_several_the_gravest_call_is_told() -> None:
    """After how many there are; news is not counted among those that wait."""
    graver = replace(CALL, alert=AlertId("3604-B"), severity=Severity.CRITICAL)
    codes = {**CODES, graver.alert: "913342"}
    line = short([noticed(ENDED, CALL), noticed(graver)], "id", codes)
    assert (
        "2 alarm menunggu jawaban. Terberat KRITIS: TPS 003 Mekarsari belum buka. "
        "Carenang, Serang. Sejak 07:30. Balas AMBIL 913342 atau NAIK 913342"
    ) == line


def test_of_news_alone_the_gravest_is_told() -> None:
    """How many alerts have changed, and the gravest of them."""
    other = replace(ENDED, alert=AlertId("3604-B"), severity=Severity.LOW)
    line = short([noticed(other, ENDED)], "id", CODES)
    assert line.startswith("2 kabar tentang alarm. Terberat SELESAI (kritis): Rusuh")


def test_a_roll_up_names_its_kecamatan() -> None:
    """If there is room for it; together with other notices all are counted."""
    assert (
        "12 alarm baru di Kecamatan Carenang sejak 07:29. Terberat TINGGI: TPS 003 Mekarsari belum "
        "buka. Serang. Sejak 07:30. Balas AMBIL 482135 atau NAIK 482135"
    ) == short([ROLL_UP], "id", CODES)
    assert ROLL_UP.rolled_up is not None
    wide = replace(ROLL_UP, rolled_up=replace(ROLL_UP.rolled_up, name="C" * 120))
    assert short([wide], "id", CODES).startswith("12 alarm menunggu jawaban. Terberat TINGGI:")
    assert short([ROLL_UP, noticed(ENDED)], "id", CODES).startswith("12 alarm menunggu jawaban.")


def test_a_message_is_told_as_far_as_there_is_room() -> None:
    """By whole words; beside alerts it is said that there is one."""
    assert "Catatan hari ini baru dimulai pukul 07:30" == short([MESSAGE], "id", {})
    assert "Catatan hari ini baru..." == short([MESSAGE], "id", {}, 24)
    assert "Catatan hari ini..." == short([MESSAGE], "id", {}, 23)
    assert short([NOTICE, MESSAGE], "id", {}).endswith("Sejak 07:30. Pesan lain: 1")


@pytest.mark.parametrize("notice", [NOTICE, ROLL_UP, MESSAGE, noticed(ENDED)])
def test_a_drill_says_so_first_and_last(notice: Outgoing) -> None:
    """In an SMS and in a subject."""
    drill = replace(notice, drill=True)
    for line in (short([drill], "id", CODES), subject([drill], "id")):
        assert line.startswith("LATIHAN ")
        assert line.endswith(". LATIHAN")
    assert short([drill], "en", CODES).endswith("EXERCISE")


RESTRICTED: Final = replace(NOTICE, restricted_to=("propam",))


def test_of_what_is_restricted_nothing_is_told_but_that_it_waits() -> None:
    """A telephone is read by others: how grave, how many, how to answer."""
    expected = f"TINGGI: 1 alarm terbatas perlu dicek. Balas AMBIL {CODE} atau NAIK {CODE}"
    assert expected == short([RESTRICTED], "id", CODES)
    assert "TINGGI: 1 alarm terbatas perlu dicek" == subject([RESTRICTED], "id")
    news = replace(noticed(ENDED), restricted_to=("propam",))
    assert "SELESAI (kritis): 1 kabar terbatas" == short([news], "id", CODES)
    message = replace(MESSAGE, restricted_to=("propam",))
    assert "1 kabar terbatas" == short([message], "id", CODES)


def test_of_what_is_restricted_a_link_leads_to_the_rest() -> None:
    """Where there is one, and room for it; else the code has to do."""
    link = short([RESTRICTED], "id", CODES, links=LINKS)
    assert f"TINGGI: 1 alarm terbatas perlu dicek. Balas AMBIL {CODE}. {LINK}" == link
    tight = short([RESTRICTED], "id", CODES, 75, LINKS)
    assert f"TINGGI: 1 alarm terbatas perlu dicek. {LINK}" == tight
    far = {CALL.alert: LINK + "x" * 160}
    assert CODE in short([RESTRICTED], "id", CODES, links=far)
    assert LINK not in short([NOTICE], "id", CODES, links=LINKS)


def test_one_that_is_restricted_hides_all_that_are_told_with_it() -> None:
    """They are never put together; if they were, nothing would come out."""
    line = short([NOTICE, RESTRICTED], "id", CODES)
    assert "Mekarsari" not in line
