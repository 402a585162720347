"""What somebody says by telephone, as flat fields that a person types in.

One field is one line on a screen, so every field that is wrong is named at once, in both languages.
Whose report it is: the caller's, by the pseudonym of his number, so that ten callers are ten
voices; without a number the operator's, who then is one voice however often he relays. A number is
the same however it is typed; a name beside it would make another voice of it, so it is refused.

When it was said must be there: the same form sent again is the same report, to the byte.
"""

from collections.abc import Mapping
from typing import Annotated, Final, cast

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType
from msgspec.structs import fields, replace

from streams.domain.alert import Text
from streams.domain.events import CategoryText, CrowdReport, DesaText, Id, Place, Source, TpsText
from streams.domain.events import TimeText as Time
from streams.domain.words import Channel, Role
from streams.web.refusal import FieldProblem, Problem, Reason, Refusal, problem_of
from streams.web.tracking import Tracker

__all__ = ["EXPECTED", "DeskForm", "form_of", "report_of"]

_CALLER: Final = r"^[-+0-9 .()/]*$(?!\n)"
_SIGNS: Final = str.maketrans("", "", "-+ .()/")


class DeskForm(Struct, frozen=True, kw_only=True):
    """What an operator types in; an empty field is as good as none."""

    id: Id
    operator: Id
    text: Annotated[str, Meta(min_length=1, max_length=4_000)]
    at: Annotated[Time, Meta(min_length=1)]
    relays: Role = Role.WARGA
    caller: Annotated[str, Meta(max_length=64, pattern=_CALLER)] = ""
    category: CategoryText | UnsetType = UNSET
    tps: TpsText | UnsetType = UNSET
    tps_number: Annotated[int, Meta(ge=1, le=999)] | UnsetType = UNSET
    desa: DesaText | UnsetType = UNSET
    name: Annotated[str, Meta(max_length=100)] = ""
    kecamatan: Annotated[str, Meta(max_length=100)] = ""
    kabupaten: Annotated[str, Meta(max_length=100)] = ""
    people: Annotated[int, Meta(ge=0, le=1_000_000)] | UnsetType = UNSET


EXPECTED: Final[Mapping[str, Text]] = {
    "id": Text("Isi nomor laporan, paling banyak 64 huruf.", "Give the report an id of up to 64."),
    "operator": Text("Isi kode operator.", "Give the operator's id."),
    "text": Text(
        "Ceritakan apa yang dilaporkan, paling banyak 4.000 huruf.",
        "Say what is reported, in up to 4,000 letters.",
    ),
    "relays": Text(
        "Pilih siapa pelapornya, misalnya warga atau kpps.",
        "Choose who reports, as warga or kpps.",
    ),
    "caller": Text(
        "Isi nomor pelapor dengan angka saja, tanpa nama, atau kosongkan.",
        "Give the caller's number in digits, without a name, or none.",
    ),
    "at": Text(
        "Isi waktu laporan seperti 2024-11-27T07:10:00+07:00.",
        "Give the time of the report as 2024-11-27T07:10:00+07:00.",
    ),
    "category": Text("Isi kategori seperti KAM-01.", "Give a category as KAM-01."),
    "tps": Text("Isi kode TPS seperti 36.04.17.2010-001.", "Give a TPS as 36.04.17.2010-001."),
    "tps_number": Text("Isi nomor TPS dari 1 sampai 999.", "Give a number from 1 to 999."),
    "desa": Text("Isi kode desa seperti 36.04.17.2010.", "Give a desa as 36.04.17.2010."),
    "name": Text("Nama tempat paling banyak 100 huruf.", "The name has up to 100 letters."),
    "kecamatan": Text("Kecamatan paling banyak 100 huruf.", "The kecamatan has up to 100."),
    "kabupaten": Text("Kabupaten paling banyak 100 huruf.", "The kabupaten has up to 100."),
    "people": Text("Isi jumlah orang dengan angka.", "Give how many people as a number."),
}
"""What each field must be, for the person at the desk."""


def form_of(body: object) -> DeskForm | Problem:
    """Return a form that is well filled in, or everything that is wrong with it."""
    if not isinstance(body, Mapping):
        return problem_of(Refusal(Reason.SCHEMA, "expected an object of fields"))
    given = {
        name: value
        for name, value in cast("Mapping[str, object]", body).items()
        if name in EXPECTED and value not in ("", None)
    }
    wrong = tuple(
        FieldProblem(one.name, EXPECTED[one.name])
        for one in fields(DeskForm)
        if not _is_good(one.type, given.get(one.name), is_needed=one.required)
    )
    if wrong:
        names = ", ".join(one.field for one in wrong)
        problem = problem_of(Refusal(Reason.SCHEMA, f"mend {names}"))
        return replace(problem, errors=wrong)
    return msgspec.convert(given, DeskForm, strict=False)


def report_of(form: DeskForm, tracker: Tracker, channel: Channel = Channel.PHONE) -> CrowdReport:
    """Return what a form says as a report."""
    number = form.caller.translate(_SIGNS)
    voice = tracker.hidden(number) if number else form.operator
    place = Place(
        tps=form.tps,
        desa=form.desa,
        kecamatan=form.kecamatan,
        kabupaten=form.kabupaten,
        name=form.name,
        tps_number=form.tps_number,
    )
    return CrowdReport(
        id=form.id,
        at=form.at,
        source=Source(voice, Role.OPERATOR, channel=channel, relayed=form.relays),
        category=form.category,
        text=form.text,
        place=UNSET if place == Place() else place,
        people=form.people,
    )


def _is_good(kind: object, value: object, *, is_needed: bool) -> bool:
    if value is None:
        return not is_needed
    try:
        msgspec.convert(value, cast("type[object]", kind), strict=False)
    except msgspec.ValidationError:
        return False
    return True
