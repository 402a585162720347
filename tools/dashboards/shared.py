"""Panels that more than one dashboard has, and pieces of queries that many have."""

from collections.abc import Callable
from typing import Final

from tools.dashboards.specs import Column, Curve, Head, Key, Query, Rows, Said
from tools.dashboards.words import AMBER, CALM, NONE, RED, Words, both

__all__ = [
    "BLIND",
    "KABUPATEN",
    "NAMED",
    "alarms",
    "each",
    "in_stage",
    "lag",
    "ordered",
    "together",
]

KABUPATEN: Final = 'kabupaten=~"$kabupaten"'
"""Those that were chosen."""
NAMED: Final = (
    "max without(instance, job, province, province_name) (siaga_area_info{" + KABUPATEN + "})"
)
"""Codes and names of kabupaten; the value is always 1."""
BLIND: Final[Words] = {
    "0": (both("melihat", "seeing"), CALM),
    "1": (both("BUTA", "BLIND"), RED),
}
"""Values of `siaga_blind`."""
_CALLS: Final[Words] = {
    "page": (both("bangunkan orang", "page"), RED),
    "warn": (both("jam kerja", "working hours"), AMBER),
}


def together(metric: str, more: str = "", dropped: str = "") -> str:
    """Return an expression: a metric of the chosen kabupaten, added up.

    Each kabupaten is shown by one worker, but while it changes hands two may be remembered: so what
    is said of one is not added up over workers.
    """
    chosen = f"{KABUPATEN},{more}" if more else KABUPATEN
    owned = f"max without(instance, job) ({metric}{{{chosen}}})"
    return f"sum without(kabupaten{dropped}) ({owned})"


def each(metric: str, more: str = "", dropped: str = "") -> str:
    """Return an expression: a metric of each chosen kabupaten."""
    chosen = f"{KABUPATEN},{more}" if more else KABUPATEN
    owned = f"max without(instance, job) ({metric}{{{chosen}}})"
    return f"sum without({dropped.removeprefix(', ')}) ({owned})" if dropped else owned


def in_stage(stage: str) -> str:
    """Return an expression: how many TPS of the chosen kabupaten are in a stage."""
    return together("siaga_area_tps", f'stage="{stage}"', ", stage")


def ordered(words: Words, query: Callable[[str], str]) -> tuple[Query, ...]:
    """Return a query for each word, so that stacked values lie in the order of the words."""
    return tuple(Query(query(value), value) for value in words)


def alarms(size: tuple[int, int]) -> Rows:
    """Return the alarms about Siaga itself that fire now."""
    query = (
        "count by(alertname, severity)"
        ' (ALERTS{alertname=~"Siaga.+",alertname!="SiagaWatchdog",alertstate="firing"})'
    )
    about = Said(
        "Yang sekarang salah pada sistem sendiri. Kosong itu baik. Buka runbook bernama alarmnya "
        "di docs/runbooks/siaga.",
        "What is wrong with the system itself just now. Empty is good. Open the runbook of that "
        "name in docs/runbooks/siaga.",
    )
    return Rows(
        Head(Said("Alarm tentang Siaga", "Alarms about Siaga"), about, size, NONE),
        (
            Key("alertname", Said("Alarm", "Alarm")),
            Key("severity", Said("Panggilan", "Call"), words=_CALLS),
        ),
        (Column(query, Said("Banyaknya", "How many")),),
    )


def lag(size: tuple[int, int]) -> Curve:
    """Return how far the clock `heard` lies behind `now`."""
    about = Said(
        "Sampai kapan semua kabar pasti sudah masuk. Di atas 60 detik partisi itu buta: diamnya "
        "TPS tidak dinilai. Periksa pekerja intake.",
        "Up to when everything has surely come in. Above 60 s a partition is blind: silence of TPS "
        "is not judged. Look at the intake workers.",
    )
    query = (
        "max without(instance, job) (siaga_now_timestamp_seconds)"
        " - (max without(instance, job) (siaga_heard_timestamp_seconds) > 0)"
    )
    return Curve(
        Head(Said("Kabar pasti tertinggal", "Heard lags behind now"), about, size),
        "s",
        (Query(query, "{{partition}}"),),
        limits=((60, RED),),
    )
