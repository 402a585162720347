"""Pipeline and workers: does everything go in, get judged and get saved, and by whom?"""

from typing import Final

from tools.dashboards.frame import Frame
from tools.dashboards.pipeline_doors import DOORS
from tools.dashboards.pipeline_inside import INSIDE
from tools.dashboards.shared import BLIND, alarms, lag
from tools.dashboards.specs import Curve, Head, Number, Query, Row, Said, Spec, Timeline
from tools.dashboards.words import AMBER, PERCENTILES, RED

__all__ = ["PANELS", "PIPELINE"]

PIPELINE: Final = Frame(
    uid="siaga-pipeline",
    title=Said("Alur dan pekerja", "Pipeline and workers"),
    about=Said(
        "Untuk petugas TI: apakah semua masuk, dinilai, dan disimpan, dan oleh siapa.",
        "For the IT watch: whether everything comes in, is judged and is saved, and by whom.",
    ),
    since="now-3h",
)
# Where nobody owns any there is no series, and no number would be a calm one.
_OWNED: Final = (
    "(count without(partition) (max without(instance, job) (siaga_now_timestamp_seconds))"
    " or vector(0))"
)

_NUMBERS: Final = (
    Number(
        Head(
            Said("Pekerja hidup", "Workers up"),
            Said(
                "Berapa proses pekerja dibaca Prometheus. Kurang dari yang dijalankan: lihat log "
                "yang hilang.",
                "How many workers Prometheus reads. Fewer than were started: read the log of the "
                "one that is gone.",
            ),
            (4, 4),
        ),
        "none",
        'sum without(instance, job) (up{job="siaga-worker"})',
    ),
    Number(
        Head(
            Said("Tanpa pemilik", "Unowned"),
            Said(
                "Tidak dinilai siapa pun: jenjang berhenti di sana. Lebih dari semenit di atas "
                "nol: jalankan pekerja lagi.",
                "Nobody judges them: ladders stand still there. Above zero for over a minute: "
                "start another worker.",
            ),
            (4, 4),
        ),
        "none",
        f"clamp_min(max without(instance, job) (siaga_partitions) - {_OWNED}, 0)",
        ((1, RED),),
    ),
    Number(
        Head(
            Said("Partisi buta", "Blind partitions"),
            Said(
                "Kabar pasti tertinggal lebih dari 60 detik (X05): diamnya TPS tidak dinilai. "
                "Periksa intake dan broker.",
                "Heard lags more than 60 s behind (X05): silence of TPS is not judged. Look at "
                "intake and broker.",
            ),
            (4, 4),
        ),
        "none",
        "sum without(instance, job, partition) (siaga_blind)",
        ((1, RED),),
    ),
    Number(
        Head(
            Said("Belum dinilai", "Not judged yet"),
            Said(
                "Catatan jurnal yang sudah ditulis dan belum dinilai. Naik terus: pekerja terlalu "
                "sedikit.",
                "Journal records that are written and not judged yet. If it only climbs there are "
                "too few workers.",
            ),
            (4, 4),
        ),
        "none",
        "sum without(instance, job, partition) (siaga_journal_lag_records)",
        ((1000, AMBER), (100000, RED)),
    ),
    Number(
        Head(
            Said("Simpanan tertua", "Checkpoint"),
            Said(
                "Umur simpanan keadaan yang tertua. Di atas satu menit, bila ada kabar masuk: "
                "periksa broker. Di atas 5 menit: pengambilalihan akan lama.",
                "Age of the oldest saved state. Above a minute, while news comes in, look at the "
                "broker. Above 5 minutes a takeover will be slow.",
            ),
            (4, 4),
        ),
        "s",
        "time() - min without(instance, job, partition) (siaga_checkpoint_timestamp_seconds)",
        ((60, AMBER), (300, RED)),
    ),
    Number(
        Head(
            Said("Paket berbeda", "Packs differ"),
            Said(
                "Berapa pemilihan dinilai dengan lebih dari satu paket. Sebentar saat berganti itu "
                "wajar; tetap: lihat SiagaPacksDiffer.",
                "How many elections are judged by more than one pack. For a moment while packs "
                "change is normal; if it stays see SiagaPacksDiffer.",
            ),
            (4, 4),
        ),
        "none",
        "count(count without(pack, job) (count without(instance, partition)"
        " (siaga_pack_info)) > 1) or vector(0)",
        ((1, AMBER),),
    ),
)
_FLOW: Final = (
    Row(Said("Masuk dan dinilai", "In and judged")),
    alarms((6, 8)),
    Curve(
        Head(
            Said("Pesan per detik", "Events a second"),
            Said(
                "Yang diambil intake. Satu topik jatuh ke nol sendirian: pengirimnya putus, bukan "
                "Siaga.",
                "What intake takes. One topic that falls to zero alone: its senders are cut off, "
                "not Siaga.",
            ),
            (6, 8),
        ),
        "none",
        (
            Query(
                "sum without(instance, job, outcome)"
                ' (rate(siaga_events_total{outcome!="clock"}[$__rate_interval]))',
                "{{topic}}",
            ),
        ),
    ),
    Curve(
        Head(
            Said("Dari terima sampai putusan", "Received to decided"),
            Said(
                "Dari waktu broker menerima pesan sampai putusan atasnya. Di atas 5 detik orang "
                "terlambat dipanggil. Hari yang diputar ulang tidak diukur.",
                "From the broker's time of receipt to the judgment. Above 5 s people are called "
                "too late. Played days are not measured.",
            ),
            (6, 8),
        ),
        "s",
        tuple(
            Query(
                f"histogram_quantile(0.{share}, sum without(instance, job)"
                " (rate(siaga_event_decision_seconds_bucket[$__rate_interval])))",
                f"p{share}",
            )
            for share in (50, 90, 99)
        ),
        PERCENTILES,
        limits=((5, RED),),
    ),
    Curve(
        Head(
            Said("Ditolak per menit", "Dead letters a minute"),
            Said(
                "`signature`, `forbidden`: orang luar atau kunci salah. `schema`, `json`: aplikasi "
                "pengirim berubah. Lihat surat mati.",
                "`signature`, `forbidden`: a stranger or a wrong key. `schema`, `json`: a sender "
                "has changed. Read the dead letters.",
            ),
            (6, 8),
            "belum ada · none yet",
        ),
        "none",
        (
            Query(
                "60 * sum without(instance, job)"
                " (rate(siaga_dead_letters_total[$__rate_interval]))",
                "{{reason}}",
            ),
        ),
        stacked=True,
    ),
)
_CLOCKS: Final = (
    Row(Said("Jam dan pemilik partisi", "Clocks and owners")),
    lag((8, 8)),
    Curve(
        Head(
            Said("Jam dinding dikurangi jam kini", "Wall clock minus now"),
            Said(
                "Jika naik, tidak ada pemilik partisi yang bekerja, dan jenjang berhenti. Pada "
                "hari yang diputar ulang angka ini tidak berarti.",
                "If it climbs nobody works on the partition and ladders stand still. Of a played "
                "day it means nothing.",
            ),
            (8, 8),
        ),
        "s",
        (
            Query(
                "time() - (max without(instance, job) (siaga_now_timestamp_seconds) > 0)",
                "{{partition}}",
            ),
        ),
    ),
    Curve(
        Head(
            Said("Partisi menurut pekerja", "Partitions by worker"),
            Said(
                "Siapa memegang berapa. Pekerja yang mati memberikan bagiannya dalam detik; sering "
                "berpindah: periksa jaringan dan jeda.",
                "Who holds how many. A dead worker gives its share away within seconds; if they "
                "often move look at network and pauses.",
            ),
            (8, 8),
        ),
        "none",
        (Query("count without(partition) (siaga_now_timestamp_seconds)", "{{instance}}"),),
        stacked=True,
    ),
    Timeline(
        Head(
            Said("Buta atau melihat", "Blind or seeing"),
            Said(
                "Tiap baris satu partisi jurnal. Semua buta serentak: broker atau intake; satu "
                "saja: satu partisi sumber tersendat.",
                "A row a partition of the journal. All blind at once: broker or intake; one alone: "
                "a source partition is stuck.",
            ),
            (24, 7),
        ),
        BLIND,
        Query("max without(instance, job) (siaga_blind)", "{{partition}}"),
    ),
)
PANELS: Final[tuple[Spec | Row, ...]] = (*_NUMBERS, *_FLOW, *_CLOCKS, *INSIDE, *DOORS)
"""What is wrong, what flows, who has what, what goes on inside, and who comes in by the doors."""
