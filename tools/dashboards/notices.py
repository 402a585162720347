"""Notices: is what people must be told told, by which channel, and how soon?"""

from typing import Final

from tools.dashboards.frame import Frame
from tools.dashboards.notices_channels import CHANNELS
from tools.dashboards.shared import alarms
from tools.dashboards.specs import Curve, Head, Heat, Number, Query, Row, Said, Spec
from tools.dashboards.words import AMBER, CALM, NONE, PERCENTILES, RECEIPTS, RED

__all__ = ["NOTICES", "PANELS"]

NOTICES: Final = Frame(
    uid="siaga-notices",
    title=Said("Pemberitahuan", "Notices"),
    about=Said(
        "Apakah yang harus diberi tahu memang diberi tahu, lewat apa, dan secepat apa.",
        "Whether who must be told is told, by what, and how soon.",
    ),
    since="now-3h",
)
_RECEIPTS: Final = "siaga_notify_receipts_total"

_NUMBERS: Final = (
    Number(
        Head(
            Said("Pengirim hidup", "Notifiers up"),
            Said(
                "Nol: tidak ada yang dipanggil siapa pun. Jalankan `siaga notify` sekarang; tidak "
                "ada yang hilang, hanya menunggu.",
                "Zero: nobody is called by anybody. Start `siaga notify` now; nothing is lost, it "
                "waits.",
            ),
            (4, 4),
        ),
        "none",
        'sum without(instance, job) (up{job="siaga-notify"})',
        ((0, RED), (1, CALM)),
    ),
    Number(
        Head(
            Said("Menunggu dikirim", "Waiting"),
            Said(
                "Pemberitahuan yang sudah diambil dan belum selesai. Naik terus: saluran lambat "
                "atau batasnya tercapai.",
                "Notices that are taken and not settled. If it only climbs a channel is slow, or "
                "at its limit.",
            ),
            (4, 4),
        ),
        "none",
        "sum without(instance, job, type) (siaga_notify_held)",
        ((100, AMBER), (1000, RED)),
    ),
    Number(
        Head(
            Said("Tertua menunggu", "Oldest waits"),
            Said(
                "Lebih dari 5 menit: telepon orangnya, jangan tunggu salurannya.",
                "More than 5 minutes: call the person, do not wait for the channel.",
            ),
            (4, 4),
            NONE,
        ),
        "s",
        "time() - min without(instance, job, type) (siaga_notify_oldest_timestamp_seconds > 0)",
        ((60, AMBER), (300, RED)),
    ),
    Number(
        Head(
            Said("Terisi", "Filled"),
            Said(
                "Bagian tempat tunggu yang terpakai. Pada 100 % tidak ada yang diambil lagi.",
                "Share of the room for waiting that is taken. At 100 % nothing more is taken in.",
            ),
            (4, 4),
        ),
        "percentunit",
        "max without(instance, job) (siaga_notify_held_ratio)",
        ((0.5, AMBER), (0.9, RED)),
    ),
    Number(
        Head(
            Said("Gagal, 1 jam", "Failed, 1 h"),
            Said(
                "Gagal, atau tanpa alamat. Lihat jenisnya di bawah; perbaiki contacts.toml atau "
                "salurannya.",
                "Failed, or nobody to send to. See the kind below; mend contacts.toml or the "
                "channel.",
            ),
            (4, 4),
        ),
        "none",
        "round(sum without(instance, job, type, receipt)"
        f' (increase({_RECEIPTS}{{receipt=~"failed|unaddressed"}}[1h])))',
        ((1, AMBER), (20, RED)),
    ),
    Number(
        Head(
            Said("Pemutus terbuka", "Open breakers"),
            Said(
                "Penyedia yang tidak dicoba untuk sementara karena terus gagal. Hubungi "
                "penyedianya.",
                "Servers that are not tried for a while because they kept failing. Call the "
                "provider.",
            ),
            (4, 4),
        ),
        "none",
        "sum without(instance, job, type, breaker)"
        ' (siaga_notify_breakers{breaker=~"open|half_open"})',
        ((1, RED),),
    ),
)
_TOLD: Final = (
    Row(Said("Apa yang dikirim", "What is told")),
    Curve(
        Head(
            Said("Ditulis penilaian, per menit", "Written by the judgment, a minute"),
            Said(
                "`call` memanggil, `inform` memberi tahu, `roll_up` merangkum. Banyak `call`: "
                "banyak orang sedang dibangunkan.",
                "`call` wants an answer, `inform` does not, `roll_up` tells many together. Much "
                "`call`: many people are being woken.",
            ),
            (8, 8),
        ),
        "none",
        (
            Query(
                "60 * sum without(instance, job) (rate(siaga_notices_total[$__rate_interval]))",
                "{{kind}}",
            ),
        ),
        {
            "call": ("panggilan · call", RED),
            "inform": ("kabar · inform", "#56B4E9"),
            "roll_up": ("rangkuman · roll-up", AMBER),
        },
        stacked=True,
    ),
    Curve(
        Head(
            Said("Yang terjadi padanya, per menit", "What became of them, a minute"),
            Said(
                "Yang gagal dan yang tanpa alamat harus nol. `blocked` wajar pada latihan.",
                "Failed and unaddressed must be zero. `blocked` is normal in a drill.",
            ),
            (8, 8),
        ),
        "none",
        (
            Query(
                f"60 * sum without(instance, job, type) (rate({_RECEIPTS}[$__rate_interval]))",
                "{{receipt}}",
            ),
        ),
        RECEIPTS,
        stacked=True,
    ),
    alarms((8, 8)),
)
_SOON: Final = (
    Row(Said("Secepat apa", "How soon")),
    Curve(
        Head(
            Said("Dari tulisan sampai terkirim", "Written to delivered"),
            Said(
                "Semua saluran bersama. Di atas 30 detik untuk separuhnya: saluran utama "
                "tersendat.",
                "All channels together. Above 30 s for half of them the main channel is stuck.",
            ),
            (12, 9),
            NONE,
        ),
        "s",
        tuple(
            Query(
                f"histogram_quantile(0.{share}, sum without(instance, job, type)"
                " (rate(siaga_notify_delivery_seconds_bucket[5m])))",
                f"p{share}",
            )
            for share in (50, 90, 99)
        ),
        PERCENTILES,
    ),
    Heat(
        Head(
            Said("Sebaran waktu kirim", "Spread of delivery times"),
            Said(
                "Pita kedua di atas berarti percobaan ulang: penyedia menolak yang pertama.",
                "A second band above is repeats: a provider refuses the first try.",
            ),
            (12, 9),
            NONE,
        ),
        "s",
        "sum without(instance, job, type)"
        " (increase(siaga_notify_delivery_seconds_bucket[$__rate_interval]))",
    ),
)
PANELS: Final[tuple[Spec | Row, ...]] = (*_NUMBERS, *_TOLD, *_SOON, *CHANNELS)
"""Does it work, what is told, how soon, and by which channel."""
