"""Stories of scores in W01 and W04: weights, voices, windows, places."""

import pytest

from tests.oracle.readings import Readings
from tests.oracle.stories import KH, KH_PAIRED, KR, SR, SR_PEER, R, Story, riot

DESA, SR_DESA = "17.02.09.1012", "17.02.07.2012"
OPENED = "opened polres_ops input"


@pytest.mark.parametrize(
    ("roles", "opens"),
    [
        (("ptps",), True),
        (("pam_tps",), True),
        (("kpps",), False),
        (("kpps", "warga"), True),
        (("warga", "warga"), False),
        (("warga", "warga", "warga"), True),
        (("warga", "warga", "anonim", "anonim"), True),
        (("kpps", "anonim"), False),
        (("kpps", "system"), False),
    ],
)
def test_weights_add_up(roles: tuple[str, ...], *, opens: bool) -> None:
    """§1 "weight as evidence" and domain §4a KAM-01 "c3"."""
    assert ([f"09:{len(roles) - 1:02d}:00 {OPENED}"] if opens else []) == riot(*roles).told("W01")


@pytest.mark.parametrize(
    ("category", "roles"),
    [
        ("KAM-01", 3),
        ("KAM-02", 2),
        ("KAM-03", 2),
        ("KAM-04", 1),
        ("KAM-05", 2),
        ("KAM-06", 1),
        ("KAM-07", 1),
    ],
)
def test_each_category_has_its_corroboration(category: str, roles: int) -> None:
    """Domain §4a, the column Corr.; `c0` is any evidence above 0, so one citizen is enough."""
    assert [] == riot(*["warga"] * (roles - 1), category=category).told("W01")
    assert 1 == len(riot(*["warga"] * roles, category=category).told("W01"))


def test_any_evidence_above_nothing_is_enough_for_c0() -> None:
    """§4 "c0 stays c0 (any evidence above 0)": also where the class makes it easier."""
    assert [] == riot("system", category="KAM-06").told("W01")
    assert 1 == len(riot("anonim", category="KAM-06").told("W01"))
    assert 1 == len(riot("anonim", category="KAM-06", tps=SR).told("W01"))


def test_the_most_vulnerable_class_makes_it_easier() -> None:
    """§4 "threshold − 1, not below 1"; §1 "takes the most vulnerable TPS in its evidence"."""
    assert 1 == len(riot("kpps", tps=SR).told("W01", SR_DESA))
    assert [] == riot("kpps", tps=SR_PEER).told("W01", SR_DESA)
    assert 1 == len(riot("warga", tps=SR, category="KAM-02").told("W01", SR_DESA))
    assert [] == riot("anonim", tps=SR, category="KAM-02").told("W01", SR_DESA)


@pytest.mark.parametrize(("later", "opens"), [("09:15", True), ("09:16", False)])
def test_evidence_fades_after_a_quarter_of_an_hour(later: str, *, opens: bool) -> None:
    """§4 "weight · 2^(−max(0, age − 15)/15), … from the newest evidence's `at`"."""
    day = riot("kpps").report(later, "KAM-01", tps=KR, role="warga")
    assert int(opens) == len(day.told("W01"))


@pytest.mark.parametrize(("later", "opens"), [("09:30", True), ("09:31", False)])
def test_a_window_ends(later: str, *, opens: bool) -> None:
    """Domain §4b W01 "in 30 min": 2 + 2·2^-1 is 3 at its edge and 2 beyond."""
    day = riot("kpps").report(later, "KAM-01", tps=KR, role="linmas")
    assert int(opens) == len(day.told("W01"))


@pytest.mark.parametrize(
    ("received", "channel", "opens"),
    [
        ("09:10", "app", True),
        ("09:10:01", "app", False),
        ("10:00", "sms", True),
        ("10:00", "radio", True),
        ("10:00", "whatsapp", False),
        ("10:00:01", "sms", False),
    ],
)
def test_evidence_may_come_late_but_not_too_late(
    received: str, channel: str, *, opens: bool
) -> None:
    """Domain §4b "a window takes late evidence up to 10 min (channel sms or radio: 60)"."""
    day = Story().begin().report("09:00", "KAM-06", received, tps=KR, channel=channel)
    assert int(opens) == len(day.told("W01"))


def test_a_line_of_a_record_carries_its_receipt() -> None:
    """§4 "any line that a record causes in the past, carries the record's time of receipt"."""
    day = Story().begin().report("09:00", "KAM-06", "09:07:30", tps=KR)
    expected = [f"09:07:30 {OPENED}", "09:10:30 escalated polres deadline"]
    assert expected == day.told("W01", until="09:11")


def test_a_clock_a_little_ahead_is_believed() -> None:
    """§1 "more than 2 minutes ahead of `received_at` is clamped to it": up to 2 it stands."""
    day = Story().begin().report("09:02", "KAM-06", "09:00", tps=KR)
    assert [f"09:02:00 {OPENED}"] == day.told("W01")
    day = Story().begin().report("09:02:01", "KAM-06", "09:00", tps=KR)
    assert [f"09:00:00 {OPENED}"] == day.told("W01")


def test_one_source_has_one_voice() -> None:
    """§4 "One voice per source, photo, text"."""
    day = Story().begin()
    for minute in range(4):
        day.report(f"09:0{minute}", "KAM-01", tps=KR, source="same")
    assert [] == day.told("W01")


def test_one_text_has_one_voice() -> None:
    """§4 as above; case and spaces make no other text."""
    day = Story().begin()
    for minute, text in enumerate(("Rusuh di TPS", "rusuh  di tps", "RUSUH DI TPS")):
        day.report(f"09:0{minute}", "KAM-01", tps=KR, text=text)
    assert [] == day.told("W01")


def test_one_photo_has_one_voice() -> None:
    """§4 as above."""
    day = Story().begin()
    for minute in range(3):
        photo = [{"kind": "photo", "sha256": "0" * 64}]
        day.report(f"09:0{minute}", "KAM-01", tps=KR, evidence=photo)
    assert [] == day.told("W01")


def test_what_shares_a_photo_with_a_copy_is_no_voice_of_its_own() -> None:
    """§4 as above, over any number of links, and in whichever order they come."""
    photo = [{"kind": "photo", "sha256": "0" * 64}]
    said = ({"text": "dipukul"}, {"text": "Dipukul", "evidence": photo}, {"evidence": photo})
    for order in ((0, 1, 2), (0, 2, 1), (2, 0, 1)):
        day = Story().begin()
        for minute, which in enumerate(order):
            day.report(f"09:0{minute}", "KAM-02", tps=KR, **said[which])
        told = day.told("W01", until="09:02:59")
        assert ([] if order == (0, 1, 2) else [f"09:01:00 {OPENED}"]) == told


def test_a_camp_has_one_voice() -> None:
    """§1 "`saksi` 1, once per `camp`"; "`saksi` without `camp` are together one camp"."""
    for camps, opens in ((("1", "1", "2"), False), (("1", "2", None), True), ((None,) * 3, False)):
        day = Story().begin()
        for minute, camp in enumerate(camps):
            named = {} if camp is None else {"camp": camp}
            day.report(f"09:0{minute}", "KAM-01", tps=KR, role="saksi", **named)
        assert int(opens) == len(day.told("W01"))


def test_an_operator_has_the_weight_of_whom_he_relays() -> None:
    """§1 "`operator`: as the role it relays (`for`; without it `warga`)"."""
    day = Story().begin().report("09:00", "KAM-01", tps=KR, role="operator", **{"for": "ptps"})
    assert 1 == len(day.told("W01"))
    assert [] == riot("operator", "operator").told("W01")
    assert 1 == len(riot("operator", "operator", "operator").told("W01"))


def test_evidence_of_two_places_does_not_belong_together() -> None:
    """§4 "its evidence must belong together: same TPS or within 500 m (…, else the TPS's)"."""
    near = riot("kpps").report("09:05", "KAM-01", tps=R)
    assert 1 == len(near.told("W01"))
    far = Story().begin().report("09:00", "KAM-01", tps=KH, role="kpps")
    assert [] == far.report("09:05", "KAM-01", tps=KH_PAIRED).told("W01")


def test_own_coordinates_come_before_those_of_the_tps() -> None:
    """§4 "own coordinates, else the TPS's"."""
    there = {"tps": KH_PAIRED, "lat": -3.4801, "lon": 102.5301}
    day = Story().begin().report("09:00", "KAM-01", tps=KH, role="kpps")
    assert 1 == len(day.report("09:05", "KAM-01", place=there).told("W01"))


def test_reports_of_the_desa_alone_join_every_cluster() -> None:
    """§4 "reports of the desa alone join every such cluster"."""
    day = Story().begin().report("09:00", "KAM-01", tps=KH, role="kpps")
    assert 1 == len(day.report("09:05", "KAM-01", desa="17.02.09.1013").told("W01"))


def test_two_clusters_that_hold_at_once_are_one_alert_of_the_tighter_class() -> None:
    """§1 "takes the most vulnerable TPS in its evidence": of the clusters that hold."""
    elsewhere = {"desa": "17.02.09.1013", "lat": -3.47, "lon": 102.52}
    day = Story().begin().report("09:00", "KAM-01", place=elsewhere)
    day.report("09:01", "KAM-01", tps=KH).report("09:02", "KAM-01", desa=KH[:13], role="kpps")
    expected = [f"09:02:00 {OPENED}", "09:04:15 escalated polres deadline"]
    assert expected == day.told("W01", until="09:05")


def test_categories_are_counted_apart() -> None:
    """§4 "W01's scope is the desa and its key the category"."""
    day = riot("kpps").report("09:05", "KAM-02", tps=KR)
    assert [] == day.told("W01")


@pytest.mark.parametrize(
    ("place", "opens"),
    [
        ({"tps": KR, "desa": "17.02.09.1013"}, False),
        ({"kecamatan": "17.02.09"}, False),
        ({"name": "Dwi Tunggal"}, False),
        ({"name": "dwi-tunggal", "kecamatan": "Curup"}, True),
        ({"name": "Dwi Tunggal", "kecamatan": "17.02.09"}, True),
        ({"name": "Dwi Tunggal", "kecamatan": "Padang Ulak Tanding"}, False),
        ({"desa": DESA, "kecamatan": "Padang Ulak Tanding"}, False),
        ({"desa": DESA, "tps_number": 1}, True),
    ],
)
def test_a_place_that_is_not_sure_is_never_guessed(
    place: dict[str, object], *, opens: bool
) -> None:
    """§2 "A report whose place is not sure … is never guessed: it goes to triage"."""
    day = Story().begin().report("09:00", "KAM-06", place=place)
    assert int(opens) == len(day.told("W01", DESA))


@pytest.mark.parametrize(
    ("tps", "roles", "opens"),
    [
        (KR, ("ptps", "warga"), True),
        (KR, ("ptps",), False),
        (KR, ("warga", "warga"), False),
        (R, ("warga", "warga"), True),
        (SR, ("warga", "warga"), True),
        (KH, ("warga", "warga"), True),
        (R, ("ptps",), False),
    ],
)
def test_intimidation_needs_two_reporters(tps: str, roles: tuple[str, ...], *, opens: bool) -> None:
    """Domain §4b W04 "score ≥[3/2/2/2] in 60 min, ≥2 reporters"; scope the TPS, severity T."""
    told = riot(*roles, tps=tps, category="INT-01").told("W04", tps)
    assert int(opens) == len([line for line in told if "opened polsek input" in line])


def test_both_kinds_of_intimidation_are_one_matter() -> None:
    """Domain §4b W04 "intimidation", dedupe key "tps+W04": the key is empty."""
    day = riot("ptps", category="INT-01").report("09:10", "INT-02", tps=KR)
    assert ["09:10:00 opened polsek input"] == day.told("W04", until="09:10")


def test_a_copied_text_is_no_second_reporter() -> None:
    """Domain "≥2 reporters": voices, or else two values of `source.id`."""
    day = Story().begin().report("09:00", "INT-01", tps=R, role="ptps", text="diancam")
    day.report("09:01", "INT-01", tps=R, text="diancam")
    assert [] == day.told("W04")
    day.readings = Readings(two_reporters_are_two_sources=True)
    assert ["09:01:00 opened polsek input"] == day.told("W04")


def test_intimidation_without_a_tps_takes_the_desa() -> None:
    """§4 "W04, W09, W12 without a TPS take the desa"; §1 "else `kurang_rawan`"."""
    day = Story().begin().report("09:00", "INT-01", desa=SR_DESA, role="ptps")
    assert [] == day.told("W04", SR_DESA)
    day.report("09:01", "INT-01", desa=SR_DESA)
    told = day.told("W04", SR_DESA, until="09:06")
    assert ["09:01:00 opened polsek input", "09:06:00 escalated polres_ops deadline"] == told
