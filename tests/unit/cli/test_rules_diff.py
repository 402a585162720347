"""`siaga rules diff`: what other rules would have told of a recorded day."""

from pathlib import Path
from typing import Final

import pytest

from streams.cli.command import main
from tests.support.commands import TPS, TPS_1, TPS_2, event_line, status
from tests.support.packs import OVERDUE, text_of, write_pack

DAY: Final = (
    event_line(status("a", "06:30:00", "heartbeat")),
    *(event_line(status(f"o{n}", "07:09:00", "opened", tps)) for n, tps in enumerate(TPS[2:])),
    event_line(status("c", "07:25:00", "opened")),
    event_line(status("z", "08:10:00", "opened", TPS_2)),
)
"""`TPS_1` is `rawan` and opens at 07:25, after its limit of 20 minutes; the others are in time."""
RULE: Final = OVERDUE.replace("\n    - {scope: pair", "\n    # - {scope: pair")
"""The rule of absence, over TPS only."""

pytestmark = pytest.mark.usefixtures("day")


@pytest.fixture
def day(tmp_path: Path) -> Path:
    """Write the day to a file."""
    file = tmp_path / "day.jsonl"
    file.write_bytes(b"".join(DAY))
    return file


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """Write the little pack to a folder."""
    return write_pack(tmp_path, text_of({"rules/T03.yaml": RULE}))


def other(tmp_path: Path, before: str, after: str) -> Path:
    """Write the little pack with another rule of absence to a folder."""
    assert before in RULE
    return write_pack(tmp_path / "new", text_of({"rules/T03.yaml": RULE.replace(before, after)}))


def compared(capsys: pytest.CaptureFixture[str], old: Path, new: Path, folder: Path) -> list[str]:
    """Return what is printed of two packs."""
    day = folder.parent / "day.jsonl"
    words = ["--election", str(folder), "--events", str(day)]
    assert 0 == main(["rules", "diff", str(old), str(new), *words])
    return capsys.readouterr().out.splitlines()


def test_the_same_rules_differ_in_nothing(
    capsys: pytest.CaptureFixture[str], folder: Path, old: Path
) -> None:
    """The calls are counted all the same."""
    assert [
        "no alert differs",
        "",
        "level                  calls    busiest hour",
        "kpps                  1 -> 1          1 -> 1",
    ] == compared(capsys, old, old, folder)


def test_an_alert_of_the_old_rules_alone_is_marked_by_a_minus(
    capsys: pytest.CaptureFixture[str], folder: Path, old: Path, tmp_path: Path
) -> None:
    """With the time, severity and level at which it was told."""
    new = other(tmp_path, "[30m, 20m, 10m, 20m]", "[30m, 25m, 10m, 20m]")
    told = compared(capsys, old, new, folder)
    assert f"- T03 {TPS_1}  07:20 medium kpps" == told[0]
    assert "kpps                  1 -> 0          1 -> 0" == told[-1]


def test_an_alert_of_the_new_rules_alone_is_marked_by_a_plus(
    capsys: pytest.CaptureFixture[str], folder: Path, old: Path, tmp_path: Path
) -> None:
    """The other way round."""
    new = other(tmp_path, "[30m, 20m, 10m, 20m]", "[30m, 25m, 10m, 20m]")
    told = compared(capsys, new, old, folder)
    assert f"+ T03 {TPS_1}  07:20 medium kpps" == told[0]
    assert "kpps                  0 -> 1          0 -> 1" == told[-1]


def test_an_alert_that_moves_shows_both(
    capsys: pytest.CaptureFixture[str], folder: Path, old: Path, tmp_path: Path
) -> None:
    """Before and after."""
    new = other(tmp_path, "[30m, 20m, 10m, 20m]", "[30m, 15m, 10m, 20m]")
    told = compared(capsys, old, new, folder)
    assert f"~ T03 {TPS_1}  07:20 medium kpps -> 07:15 medium kpps" == told[0]


def test_an_election_folder_is_judged_by_its_overrides(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    """What an override costs is seen before it is put in force."""
    (folder / "rules").mkdir()
    own = "overrides: {T03: {detector: {watches: [{scope: tps, since: plan.opens_at, "
    own += "ends: [opened, postponed], limit: 40m}]}}}\n"
    (folder / "rules" / "own.yaml").write_text(own, "utf-8")
    told = compared(capsys, Path("siaga"), folder, folder)
    assert f"- T03 {TPS_1}  07:20 medium kpps" in told


def test_an_alert_of_a_shadow_is_marked_and_its_calls_are_counted_apart(
    capsys: pytest.CaptureFixture[str], folder: Path, old: Path, tmp_path: Path
) -> None:
    """It shows what the rule would have told, and that nobody is called by it any more."""
    new = other(tmp_path, "maturity: stable", "maturity: shadow")
    assert [
        f"~ T03 {TPS_1}  07:20 medium kpps -> 07:20 medium kpps (shadow)",
        "",
        "level                  calls    busiest hour",
        "kpps                  1 -> 0          1 -> 0",
        "",
        "of shadows, which call nobody:",
        "kpps                  0 -> 1          0 -> 1",
    ] == compared(capsys, old, new, folder)


def test_an_event_that_cannot_be_taken_is_named_once(
    capsys: pytest.CaptureFixture[str], folder: Path, old: Path, day: Path
) -> None:
    """As `siaga replay` names it: the day that was compared is not the whole of the file."""
    conflict = event_line(status("a", "08:11:00", "closed"))
    day.write_bytes(b"".join((DAY[0], b"nonsense\n", *DAY[1:], conflict)))
    main(["replay", str(folder), str(day)])
    replayed = capsys.readouterr().err.splitlines()
    words = ["--election", str(folder), "--events", str(day)]
    assert 0 == main(["rules", "diff", str(old), str(old), *words])
    told = capsys.readouterr().err.splitlines()
    assert replayed == told
    assert [f"{day}:2: json", f"{day}:{len(DAY) + 2}: id_conflict"] == [
        ": ".join(line.split(": ")[:2]) for line in told
    ]


def test_the_profile_is_that_of_the_election(
    capsys: pytest.CaptureFixture[str], folder: Path, old: Path, tmp_path: Path
) -> None:
    """Thresholds of another kind of election say nothing of this day."""
    late = "{scope: tps, since: plan.opens_at, ends: [opened], limit: 1m}"
    village = f"{RULE}profiles: {{pilkades: {{detector: {{watches: [{late}]}}}}}}\n"
    new = write_pack(tmp_path / "new", text_of({"rules/T03.yaml": village}))
    assert "no alert differs" == compared(capsys, old, new, folder)[0]


@pytest.mark.parametrize(
    ("events", "told"),
    [
        ("-", "siaga: --events -: the day is read twice, and standard input once"),
        ("no.jsonl", "siaga: no.jsonl: cannot be read"),
    ],
)
def test_a_day_that_cannot_be_read_twice_is_refused(
    events: str, told: str, capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    """Or everything would seem to vanish."""
    words = ["--election", str(folder), "--events", events]
    assert 1 == main(["rules", "diff", "siaga", "siaga", *words])
    assert capsys.readouterr().err.startswith(told)


def test_rules_that_there_are_not_are_told(
    capsys: pytest.CaptureFixture[str], folder: Path, day: Path
) -> None:
    """Whichever of the two it is."""
    words = ["--election", str(folder), "--events", str(day)]
    assert 1 == main(["rules", "diff", "siaga", "nix", *words])
    assert capsys.readouterr().err.startswith("siaga: pack 'nix': there is none of this name")
