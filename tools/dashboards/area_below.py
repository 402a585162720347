"""The kecamatan of an area, where few kabupaten are watched: else there is no metric of them."""

from typing import Final

from tools.dashboards.shared import KABUPATEN
from tools.dashboards.specs import Across, Column, Head, Key, Row, Rows, Said, Spec
from tools.dashboards.words import AMBER, RED, STAGES

__all__ = ["BELOW"]

_CHOSEN: Final = 'kecamatan=~"$kecamatan"'
_NAME: Final = (
    f"max without(instance, job, kabupaten) (siaga_kecamatan_info{{{KABUPATEN},{_CHOSEN}}})"
)
_STAGES: Final = (
    Row(Said("Kecamatan", "Below the kabupaten")),
    Across(
        Head(
            Said("Kecamatan: TPS menurut tahap", "Kecamatan: TPS by stage"),
            Said(
                "Kecamatan yang tertinggal dari tetangganya terlihat di sini. Tanyakan ke "
                "panitianya.",
                "A kecamatan that lags behind its neighbours shows here. Ask its committee.",
            ),
            (24, 8),
            "hanya bila kurang dari 20 kabupaten diawasi · only below 20 watched kabupaten",
        ),
        "none",
        f"sum without(instance, job) (siaga_kecamatan_tps{{{_CHOSEN}}})"
        f" * on(kecamatan) group_left(name) {_NAME}",
        Key("name", Said("Kecamatan", "Name")),
        "stage",
        STAGES,
    ),
)
_WORST: Final = (
    Rows(
        Head(
            Said("Kecamatan: peringatan dan TPS diam", "Kecamatan: alerts and silent TPS"),
            Said(
                "Yang terburuk dulu. Banyak TPS diam di satu kecamatan: jaringan, bukan kejadian.",
                "The worst first. Many silent TPS in one kecamatan: the network, not a matter.",
            ),
            (24, 8),
            "hanya bila kurang dari 20 kabupaten diawasi · only below 20 watched kabupaten",
        ),
        (
            Key("kecamatan", Said("Kode", "Code"), width=110),
            Key("name", Said("Kecamatan", "Name")),
        ),
        (
            Column(_NAME, Said("Ada", "There"), hidden=True),
            *(
                Column(
                    "sum without(instance, job, severity)"
                    f' (siaga_kecamatan_alerts_open{{{_CHOSEN},severity="{severity}"}})',
                    title,
                    limits=((1, colour),),
                )
                for severity, title, colour in (
                    ("critical", Said("Kritis", "Critical"), RED),
                    ("high", Said("Tinggi", "High"), AMBER),
                )
            ),
            Column(
                f"sum without(instance, job) (siaga_kecamatan_tps_silent{{{_CHOSEN}}})",
                Said("Diam", "Silent"),
                limits=((1, AMBER), (10, RED)),
            ),
        ),
        worst=1,
    ),
)
BELOW: Final[tuple[Spec | Row, ...]] = (*_STAGES, *_WORST)
"""In the order of the dashboard."""
