"""The doors of Siaga: the gate for those who send, the control room for those who look and act."""

from typing import Final

from tools.dashboards.specs import Curve, Head, Query, Row, Said, Spec
from tools.dashboards.words import NONE, RED

__all__ = ["DOORS"]

_CLOCKS: Final = (
    Row(Said("Intake dan jam broker", "Intake and the broker's clock")),
    Curve(
        Head(
            Said("Klaim di belakang jam dinding", "Claims behind the wall clock"),
            Said(
                "Sampai kapan intake sudah mendengar tiap topik. Satu topik tertinggal menahan "
                "semua. Hari yang diputar ulang: tidak berarti.",
                "Up to when intake has heard each topic. One that lags holds back all. Of a played "
                "day it means nothing.",
            ),
            (8, 8),
        ),
        "s",
        (
            Query(
                "time() - (min without(instance, job) (siaga_claim_timestamp_seconds) > 0)",
                "{{topic}}",
            ),
        ),
    ),
    Curve(
        Head(
            Said("Catatan jurnal per detik", "Journal records a second"),
            Said(
                "Yang dinilai, per partisi, tanda jam termasuk. Paling sedikit satu per detik: nol "
                "berarti tidak ada pemilik.",
                "What is judged, by partition, marks of the clock included. At least one a second: "
                "zero is a partition without owner.",
            ),
            (8, 8),
        ),
        "none",
        (
            Query(
                "sum without(instance, job) (rate(siaga_journal_records_total[$__rate_interval]))",
                "{{partition}}",
            ),
        ),
        stacked=True,
    ),
    Curve(
        Head(
            Said("Selisih jam broker", "Broker's clock minus ours"),
            Said(
                "Di atas 2 detik: periksa NTP di keduanya. Waktu di layar dan di bukti ikut salah.",
                "Above 2 s look at NTP on both. Times on screens and in evidence are wrong by it.",
            ),
            (8, 8),
            "belum diketahui · not known",
        ),
        "s",
        (
            Query(
                "siaga_broker_clock_offset_seconds",
                "{{instance}}",
            ),
        ),
        limits=((2, RED),),
    ),
)
_GATE: Final = (
    Row(Said("Gerbang", "Gate")),
    Curve(
        Head(
            Said("Permintaan per detik", "Requests a second"),
            Said(
                "Menurut status. 5xx: Kafka tidak menjawab, pengirim akan mengulang. 429: "
                "seseorang terlalu cepat.",
                "By status. 5xx: Kafka does not answer, and senders will repeat. 429: somebody is "
                "too fast.",
            ),
            (6, 8),
        ),
        "none",
        (
            Query(
                "sum without(instance, job, route)"
                " (rate(siaga_gate_requests_total[$__rate_interval]))",
                "{{status}}",
            ),
        ),
        stacked=True,
    ),
    Curve(
        Head(
            Said("Ditolak per menit", "Refused a minute"),
            Said(
                "Menurut sebab. Banyak `signature`: kunci salah atau orang luar.",
                "By why. Much `signature`: a wrong key, or a stranger.",
            ),
            (6, 8),
            NONE,
        ),
        "none",
        (
            Query(
                "60 * sum without(instance, job)"
                " (rate(siaga_gate_refusals_total[$__rate_interval]))",
                "{{refusal}}",
            ),
        ),
        stacked=True,
    ),
    Curve(
        Head(
            Said("Masuk per detik", "Let in a second"),
            Said(
                "Yang sudah diakui Kafka, menurut topik. Bandingkan dengan yang diambil intake.",
                "What Kafka has acknowledged, by topic. Hold it against what intake takes.",
            ),
            (6, 8),
        ),
        "none",
        (
            Query(
                "sum without(instance, job) (rate(siaga_gate_events_total[$__rate_interval]))",
                "{{topic}}",
            ),
        ),
        stacked=True,
    ),
    Curve(
        Head(
            Said("Waktu jawab gerbang", "Gate answers, p99"),
            Said(
                "Di atas 1 detik pengirim mulai mengulang. Periksa broker dan prosesor.",
                "Above 1 s senders begin to repeat. Look at broker and processor.",
            ),
            (6, 8),
        ),
        "s",
        (
            Query(
                "histogram_quantile(0.99, sum without(instance, job)"
                " (rate(siaga_gate_request_seconds_bucket[$__rate_interval])))",
                "{{route}}",
            ),
        ),
    ),
)
_ROOM: Final = (
    Row(Said("Ruang kendali", "Control room")),
    Curve(
        Head(
            Said("Layar", "Screens"),
            Said(
                "Menurut ruang. Semua jatuh serentak: jaringan posko; satu ruang: prosesnya.",
                "By room. All fall at once: the network of the post; one room: its process.",
            ),
            (4, 8),
        ),
        "none",
        (Query("siaga_room_clients", "{{instance}}"),),
        stacked=True,
    ),
    Curve(
        Head(
            Said("Gambar tertinggal", "Picture lags"),
            Said(
                "Berapa lama yang ditunjukkan ruang kendali di belakang jam kini pekerja. Di atas "
                "10 detik layar menunjukkan yang lampau: lihat Kafka dan prosesnya.",
                "How far what a room shows lies behind the workers' now. Above 10 s screens show "
                "what was: look at Kafka and the process.",
            ),
            (5, 8),
        ),
        "s",
        (
            Query(
                "scalar(max(siaga_now_timestamp_seconds))"
                " - (siaga_room_picture_timestamp_seconds > 0)",
                "{{instance}}",
            ),
        ),
        limits=((10, RED),),
    ),
    Curve(
        Head(
            Said("Perintah per menit", "Commands a minute"),
            Said(
                "`unavailable`: klik yang tidak sampai ke Kafka. `forbidden`: di luar peran atau "
                "wilayah.",
                "`unavailable`: clicks that did not reach Kafka. `forbidden`: outside role or "
                "area.",
            ),
            (5, 8),
            NONE,
        ),
        "none",
        (
            Query(
                "60 * sum without(instance, job, command)"
                " (rate(siaga_room_commands_total[$__rate_interval]))",
                "{{sent}}",
            ),
        ),
        stacked=True,
    ),
    Curve(
        Head(
            Said("Membuat kabar", "Making an event, p99"),
            Said(
                "Berapa lama ruang kendali membuat kabar bagi layar. Di atas 0,05 detik layar "
                "mulai terlambat.",
                "How long the room takes for an event to screens. Above 0.05 s screens begin to "
                "lag.",
            ),
            (5, 8),
        ),
        "s",
        (
            Query(
                "histogram_quantile(0.99, sum without(instance, job)"
                " (rate(siaga_room_event_seconds_bucket[$__rate_interval])))",
                "{{event}}",
            ),
        ),
    ),
    Curve(
        Head(
            Said("Jawaban per menit", "Answers a minute"),
            Said(
                "Jawaban menurut kode. Banyak 401 dari satu alamat tampak di log: kata sandi "
                "ditebak.",
                "Answers by code. Many 401: somebody guesses passwords; the log has the address.",
            ),
            (5, 8),
        ),
        "none",
        (
            Query(
                "60 * sum without(instance, job, endpoint)"
                " (rate(siaga_room_requests_total[$__rate_interval]))",
                "{{code}}",
            ),
        ),
        stacked=True,
    ),
)
DOORS: Final[tuple[Spec | Row, ...]] = (*_CLOCKS, *_GATE, *_ROOM)
"""In the order of the dashboard."""
