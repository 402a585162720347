"""Who is told of what, from the first word to the end of an alert."""

from typing import Final

from streams.domain.events import CommandKind
from streams.domain.notice import NoticeKind
from streams.domain.words import Role
from streams.judge.world import World
from tests.support.events import (
    ack,
    call_for_help,
    command,
    escalate,
    opened,
    report,
    resumed,
    shelve,
    suspended,
)
from tests.support.notices import contact, everybody, notices, tellings, told_of, world_with
from tests.support.restarts import judged_in_parts
from tests.support.stories import Item, alerts_of, at, deaf, hearing, journal, judge, name_of, said
from tests.support.world import KH, KR, KR2, SR, R, every_rule

LATE: Final = "T03@KR"
DAWN: Final = (at("06:00"), at("07:31"))
BOX: Final = "W01@DESA|KAM-04"


def late(*items: Item, world: World | None = None) -> list[str]:
    """Let `KR` not open; return what is told of it."""
    return told_of(at("06:00"), *items, of=LATE, world=world)


def test_what_opens_calls_its_level_and_tells_its_route() -> None:
    """A TPS that has not opened is medium: the KPPS first; nobody else is called."""
    assert ["07:30 ADM/kpps call opened"] == late(at("07:31"))


def test_who_does_not_answer_is_followed_by_the_next_level_alone() -> None:
    """What was told once is not told again to the level below."""
    expected = [
        "07:30 ADM/kpps call opened",
        "07:45 ADM/ppk call escalated",
        "08:15 ADM/kpu call escalated",
    ]
    assert expected == late(at("09:00"))


def test_everybody_who_was_told_learns_who_has_it() -> None:
    """And nobody else: the KPU was never told, so it is not told of the end either."""
    expected = [
        "07:30 ADM/kpps call opened",
        "07:45 ADM/ppk call escalated",
        "07:50 ADM/kpps inform acknowledged",
        "07:50 ADM/ppk inform acknowledged",
        "08:00 ADM/kpps inform resolved",
        "08:00 ADM/ppk inform resolved",
    ]
    assert expected == late(at("07:50"), ack(LATE), at("08:00"), opened(KR), at("08:01"))


def test_a_critical_alert_calls_two_levels_at_once() -> None:
    """Polsek and posko (contract §5), then one after the other."""
    told = told_of(at("09:00"), call_for_help("A1"), at("09:04"), of="W02@officer:A1")
    assert ["09:00 OPS/polsek call opened", "09:00 OPS/polres_ops call opened"] == told[:2]
    assert "09:03 OPS/polres call escalated" == told[-1]


def test_a_level_that_is_skipped_is_not_told() -> None:
    """Whoever orders it up to the KPU wants the KPU."""
    told = late(at("07:32"), escalate(LATE, "kpu"), at("07:33"))
    assert ["07:30 ADM/kpps call opened", "07:32 ADM/kpu call escalated"] == told


def test_what_lapses_calls_those_who_know_of_it() -> None:
    """An acknowledgement that is taken back is told to all who heard of it."""
    told = late(at("07:32"), ack(LATE), at("07:40"), command(CommandKind.UNACK, LATE), at("07:41"))
    expected = [
        "07:30 ADM/kpps call opened",
        "07:32 ADM/kpps inform acknowledged",
        "07:40 ADM/kpps call unacknowledged",
    ]
    assert expected == told


def test_what_is_shelved_says_so_and_comes_back_as_a_call() -> None:
    """Who was called must not wait for an answer that will not come."""
    told = late(at("07:32"), shelve(LATE, "07:52"), at("07:53"))
    expected = [
        "07:30 ADM/kpps call opened",
        "07:32 ADM/kpps inform shelved",
        "07:52 ADM/kpps call unshelved",
    ]
    assert expected == told


def test_the_narrowest_area_wins() -> None:
    """A Polsek's own number, not that of the kabupaten (contract §6)."""
    here, other = contact("ADM/kpps", "17.02.09"), contact("ADM/kpps", "17.02.11")
    told = late(at("07:31"), world=world_with(other, contact("ADM/kpps"), here))
    assert ["07:30 ADM/kpps@17.02.09/1 call opened"] == told


def test_several_people_on_one_step_are_all_called() -> None:
    """Each by a notice of their own."""
    told = late(at("07:31"), world=world_with(contact("ADM/kpps"), contact("ADM/kpps")))
    assert ["07:30 ADM/kpps call opened", "07:30 ADM/kpps@17.02/2 call opened"] == told


def test_where_nobody_is_named_the_level_above_is_called() -> None:
    """And told for whom it stands in; when its own turn comes it is called again."""
    told = late(at("07:46"), world=world_with(*everybody("ADM/kpps")))
    expected = [
        "07:30 ADM/ppk call opened for kpps",
        "07:45 ADM/ppk call escalated",
    ]
    assert expected == told


def test_where_nobody_is_on_duty_the_level_above_is_called() -> None:
    """`hours` are local and may go over midnight."""
    night = contact("ADM/kpps", hours="20:00-06:00")
    day = contact("ADM/ppk", hours="06:00-20:00")
    assert ["07:30 ADM/ppk call opened for kpps"] == late(at("07:31"), world=world_with(night, day))


def test_who_begins_a_shift_is_not_called_for_what_is_taken_on() -> None:
    """Only a change of an alert tells anybody."""
    morning, noon = (contact("ADM/kpps", hours=of) for of in ("06:00-08:00", "08:00-20:00"))
    told = late(at("07:32"), ack(LATE), at("09:00"), world=world_with(morning, noon))
    assert ["07:30 ADM/kpps call opened", "07:32 ADM/kpps inform acknowledged"] == told


def test_a_wider_contact_on_duty_beats_a_narrow_one_who_is_not() -> None:
    """The level is answered by the kabupaten at night, not by the level above."""
    night = contact("ADM/kpps", "17.02.09", hours="20:00-06:00")
    told = late(at("07:31"), world=world_with(night, contact("ADM/kpps"), contact("ADM/ppk")))
    assert ["07:30 ADM/kpps call opened"] == told


def test_who_stands_in_for_two_levels_is_told_once() -> None:
    """A critical alert calls Polsek and posko: with no Polsek the posko has one telling."""
    told = told_of(
        at("09:00"),
        call_for_help("A1"),
        at("09:01"),
        of="W02@officer:A1",
        world=world_with(*everybody("OPS/polsek")),
    )
    assert ["09:00 OPS/polres_ops call opened for polsek"] == told


def test_without_contacts_the_posts_are_named() -> None:
    """A program that reads the topic finds whom it must find; there is no channel."""
    [first, *_] = notices(*DAWN, world=world_with())
    assert ("ADM/kpps@17.02", "") == (str(first.destination), first.channel)


def test_one_destination_has_one_notice_of_one_moment() -> None:
    """Two TPS that are missed at the same second are one record for whoever is called."""
    found = [{name_of(one.alert) for one in each.tellings} for each in notices(*DAWN)]
    assert [LATE in one for one in found if "T03@KR2" in one] == [True]


def test_a_notice_is_due_when_its_first_alert_climbs() -> None:
    """By then somebody must have answered."""
    [first, *_] = notices(*DAWN)
    dues = [telling.alert.due_at for telling in first.tellings]
    assert min(due for due in dues if due is not None) == first.due_at


def test_a_route_is_told_once_and_of_the_end() -> None:
    """A box that is taken is for the Polres and the KPU as well: they are not waited for."""
    taken = report("KAM-04", KR, by="ptps", role=Role.PTPS)
    told = told_of(
        at("09:00"),
        taken,
        at("09:01"),
        command(CommandKind.RESOLVE, BOX, by="chief"),
        at("09:02"),
        of=BOX,
    )
    everyone = ("OPS/polsek", "OPS/polres_ops", "OPS/polres", "ADM/kpu")
    kinds = ("call", "call", "inform", "inform")
    expected = [
        *(f"09:00 {who} {kind} opened" for who, kind in zip(everyone, kinds, strict=True)),
        *(f"09:01 {who} inform resolved" for who in everyone),
    ]
    assert expected == told


def test_of_the_route_those_whom_nobody_stands_for_are_named() -> None:
    """The posko must telephone them."""
    without = world_with(*everybody("ADM/kpu"))
    found = notices(at("09:00"), report("KAM-04", KR, by="p", role=Role.PTPS), world=without)
    assert {("kpu",)} == {
        telling.unreached
        for notice in found
        for telling in notice.tellings
        if (telling.kind, telling.alert.rule) == (NoticeKind.CALL, "W01")
    }


def test_an_agency_is_told_by_its_own_contact() -> None:
    """`agency = "damkar"` in contacts.toml."""
    burning = (report("KAM-05", KR, by=name, role=Role.PTPS) for name in ("p", "q"))
    told = told_of(
        at("09:00"),
        *burning,
        of="W01@DESA|KAM-05",
        world=world_with(*everybody(), contact("agency/damkar")),
    )
    assert "09:00 agency/damkar inform opened" in told


def test_what_is_restricted_is_in_notices_of_its_own() -> None:
    """Never beside what everybody may read."""
    found = notices(
        at("09:00"),
        report("NET-01", KR, by="p"),
        report("KAM-04", KR, by="q", role=Role.PTPS),
        world=world_with(*everybody(), pack=every_rule()),
    )
    rules = {(one.restricted_to, t.alert.rule) for one in found for t in one.tellings}
    assert {("propam",)} == {who for who, rule in rules if rule == "W08"}
    assert {()} == {who for who, rule in rules if rule != "W08"}


def test_an_inhibited_alert_calls_nobody_until_it_is_free() -> None:
    """Its parent speaks for it; freed it calls as at its opening."""
    wide = world_with(*everybody(), pack=every_rule())
    quiet = (at("07:00"), *(opened(tps) for tps in (KR, R, SR, KH, KR2)), at("07:35"))
    assert [] == told_of(*quiet, of="T07@SR", world=wide)
    freed = (*quiet, command(CommandKind.RESOLVE, "X01@17.02.09"), at("07:36"))
    assert ["07:35 OPS/tps call uninhibited"] == told_of(*freed, of="T07@SR", world=wide)


def test_what_comes_and_goes_within_one_record_is_told_to_nobody() -> None:
    """The burst of a queue shows that it was late, and came."""
    told = late(deaf, at("07:40"), said("07:35", opened(KR)), hearing, at("07:41"))
    assert [] == told


def test_a_notice_has_the_same_identity_when_it_is_judged_again() -> None:
    """Of repeats after a crash one counts."""
    once, again = (notices(at("06:00"), at("08:31")) for _ in range(2))
    assert [one.id for one in once] == [one.id for one in again]
    assert len(once) == len({one.id for one in once})


def test_a_restart_forgets_nobody_who_was_told() -> None:
    """Whoever was called before a restart learns of the end after it."""
    world = world_with(*everybody())
    steps = journal(at("06:00"), at("07:31"), at("07:50"), ack(LATE), at("07:51"))
    whole = tellings(judge(steps, world))
    assert "07:50 ADM/ppk inform acknowledged T03@KR" in whole
    assert whole == tellings(judged_in_parts(steps, range(0, len(steps), 7), (3, 1), world))


def test_time_alone_tells_nobody_of_what_is_two_days_old() -> None:
    """What was put aside long ago rings nobody out of bed; a person's act is told."""
    told = late(at("56:00"), shelve(LATE, "56:30"), at("56:31"))
    assert told[-1].endswith("inform shelved")


def test_what_flaps_is_told_so_once_and_then_only_to_the_next_levels() -> None:
    """Who was called three times within an hour knows of it by now."""
    cycles: list[Item] = []
    for minute in range(0, 50, 10):
        cycles += [at(f"08:{minute:02}"), suspended(SR), at(f"08:{minute + 6:02}"), resumed(SR)]
    found = told_of(at("06:00"), opened(SR), *cycles, at("08:47"), of="T06@SR")
    polsek = [one for one in found if "OPS/polsek" in one]
    assert [
        "08:05 OPS/polsek call opened",
        "08:06 OPS/polsek inform returned",
        "08:15 OPS/polsek call reopened",
        "08:16 OPS/polsek inform returned",
        "08:25 OPS/polsek call reopened",
        "08:26 OPS/polsek inform returned",
        "08:35 OPS/polsek call reopened flapping",
    ] == polsek


def test_the_alert_says_who_was_told() -> None:
    """For the page, and for whoever is told next."""
    alert = alerts_of(judge(journal(at("06:00"), at("07:46")), world_with(*everybody())))[LATE]
    assert [("ADM", "kpps"), ("ADM", "ppk")] == [(one.ladder, one.level) for one in alert.told]
