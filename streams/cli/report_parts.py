"""Parts that both reports have: the head, the boxes, the strength, what is restricted."""

from collections.abc import Iterable, Sequence

from streams.cli.report_writer import Writer, plain, table
from streams.domain.alert import Alert
from streams.domain.ids import desa_of
from streams.domain.strength import Duty
from streams.domain.times import EpochMs
from streams.views.asked import tps_of_area
from streams.views.custody import Box, CustodyCounts
from streams.views.dossier import Dossier
from streams.views.situation import Trust
from streams.views.strength import PolsekStrength
from streams.views.tie import Tie
from streams.wire.time import format_time

__all__ = [
    "boxes_of",
    "dossiers_of",
    "head_of",
    "is_restricted",
    "signature",
    "strength_of",
    "ties_of",
    "trust_of",
]

_WIB_MINUTES = 420


def is_restricted(alerts: Iterable[Alert]) -> bool:
    """Tell whether something is shown that not everybody may see."""
    return any(alert.restricted_to for alert in alerts)


def head_of(
    writer: Writer, kind: str, trust: Trust, *, restricted: bool, shift: str = ""
) -> list[str]:
    """Return the head of a report: what it is, when, of which area, on what it rests."""
    election, now = writer.plan.election, writer.asked.now
    stations = tuple(tps_of_area(writer.plan, writer.asked))
    area = writer.asked.area
    called = ", ".join(map(writer.area, (area,) if area else writer.kabupaten))
    desa = len({desa_of(tps.code) for tps in stations})
    stamp = format_time(now, _WIB_MINUTES)
    code = area or "".join(writer.kabupaten[:1])
    short = writer.word(f"short_{kind}")
    number = f"{short}/{code}/{stamp[:10]}/{stamp[11:16].replace(':', '')}"
    basis = writer.word(
        "basis_of",
        kind=writer.word(election.kind),
        election=plain(election.id),
        date=writer.date_of(election.date),
        opens=election.poll_opens,
        closes=election.poll_closes,
    )
    trusted = writer.at(trust.heard_at) if trust.heard_at else writer.word("no_data")
    size = writer.word("area_of", name=called, desa=str(desa), tps=str(len(stations)))
    rows = [
        (writer.word("number"), plain(number)),
        (writer.word("date"), writer.date(now)),
        (writer.word("clock"), writer.at(now)),
        *(((writer.word("shift"), shift),) if shift else ()),
        (writer.word("basis"), basis),
        (writer.word("area"), size),
        (writer.word("trusted"), trusted),
    ]
    lines = [f"# {writer.word(kind)}", ""]
    if restricted:
        lines = [f"**{writer.word('restricted')}**", "", *lines]
    lines += table(("", ""), rows)
    if len(writer.zones) > 1:
        together = f" {writer.word('and')} "
        lines += [writer.word("zones", zones=together.join(writer.zones)), ""]
    return lines


def trust_of(writer: Writer, trust: Trust) -> list[str]:
    """Return what Siaga does not see, if there is something."""
    lines: list[str] = []
    for alert in trust.blind:
        told = writer.word(
            "blind", title=writer.say(alert.title), at=writer.at(alert.opened_at, alert.place)
        )
        lines += [f"**{told}**", ""]
    return lines


def strength_of(writer: Writer, strength: Sequence[PolsekStrength]) -> list[str]:
    """Return what the Polsek have and are asked for."""
    if not strength:
        return [writer.word("no_strength")]
    duties = (Duty.FREE, Duty.BOUND, Duty.ESCORTING, Duty.MISSING, Duty.OFF_DUTY)
    head = ("polsek", *duties, "shortfall", "bko")
    rows: list[tuple[str, ...]] = [
        (
            plain(one.balance.strength.polsek),
            *(str(one.balance.strength.count(duty)) for duty in duties),
            str(one.balance.shortfall),
            str(one.balance.bko),
        )
        for one in strength
    ]
    if len(rows) > 1:
        sums = (str(sum(int(row[column]) for row in rows)) for column in range(1, len(head)))
        rows.append((writer.word("together"), *sums))
    return table([writer.word(key) for key in head], rows)


def boxes_of(writer: Writer, counts: CustodyCounts, boxes: Sequence[Box], most: int) -> list[str]:
    """Return where the boxes are: the counts, then some of them in a table."""
    moved = counts.on_the_way + counts.overdue + counts.arrived + counts.disputed
    if not moved:
        return [writer.word("no_boxes", waiting=str(counts.tps_waiting))]
    lines = [
        writer.word(
            "boxes_are",
            waiting=str(counts.tps_waiting),
            away=str(counts.on_the_way),
            overdue=str(counts.overdue),
            arrived=str(counts.arrived),
            disputed=str(counts.disputed),
        )
    ]
    if boxes:
        head = ("tps", "box", "left_at", "due_at", "escort", "stations", "seal")
        rows = [_box(writer, box) for box in boxes[:most]]
        lines += table([writer.word(key) for key in head], rows)
    if len(boxes) > most:
        lines.append(writer.word("more", count=str(len(boxes) - most)))
    return lines


def _box(writer: Writer, box: Box) -> tuple[str, ...]:
    def clock(at: EpochMs | None) -> str:
        return writer.word("none") if at is None else writer.at(at, box.tps)

    stations = [f"{writer.word(one.place or 'somewhere')} {clock(one.at)}" for one in box.stations]
    agrees = {None: "seal_unknown", True: "seal_agrees", False: "seal_differs"}[box.seal_agrees]
    return (
        writer.area(box.tps),
        plain(box.id.partition("#")[2] or box.id),
        clock(box.departed_at),
        clock(box.due_at),
        plain(", ".join(box.escort)) or writer.word("none"),
        "; ".join(stations) or writer.word("none"),
        writer.word("seal_differs" if box.disputed else agrees),
    )


def dossiers_of(writer: Writer, dossiers: Sequence[Dossier], most: int) -> list[str]:
    """Return the files for voting again; nothing, if there is none."""
    if not dossiers:
        return []
    lines = [
        writer.word(
            "dossier",
            tps=writer.area(one.tps),
            ground=writer.say(one.ground),
            facts=str(len(one.facts)),
            sources=str(one.sources),
            latest=_latest(writer, one),
            missing="; ".join(map(writer.say, one.missing)),
        )
        for one in dossiers
    ]
    return ["", f"**{writer.word('dossiers')}**", "", *writer.listed(lines, most)]


def _latest(writer: Writer, dossier: Dossier) -> str:
    if dossier.latest_at is None:
        return writer.word("no_latest")
    return writer.date(EpochMs(dossier.latest_at - 1))


def ties_of(writer: Writer, ties: Sequence[Tie]) -> list[str]:
    """Return the ties, without votes and without saying who; nothing, if there is none."""
    if not ties:
        return []
    lines = [
        writer.word(
            "tie",
            area=writer.area(one.area),
            tied=str(len(one.sheet.tied)),
            worksheet=", ".join(f"{writer.area(row.tps)}: {row.dpt}" for row in one.sheet.rows),
            clear=writer.word("yes" if one.sheet.first else "no"),
        )
        for one in ties
    ]
    return ["", f"**{writer.word('ties')}**", "", *writer.listed(lines, len(lines))]


def signature(writer: Writer, *who: str) -> list[str]:
    """Return the places for names and signatures."""
    names = [writer.word(one) for one in who]
    return table(names, [[writer.word("line")] * len(names)])
