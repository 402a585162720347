"""The inside of workers: saving, taking over, rules, packs, processes."""

from typing import Final

from tools.dashboards.specs import (
    Bars,
    Column,
    Curve,
    Head,
    Heat,
    Key,
    Query,
    Row,
    Rows,
    Said,
    Spec,
)
from tools.dashboards.words import NONE, PERCENTILES, RED

__all__ = ["INSIDE"]

_SAVING: Final = (
    Row(Said("Simpanan dan pengambilalihan", "Checkpoints and takeovers")),
    Curve(
        Head(
            Said("Lama menyimpan", "Time of a checkpoint"),
            Said(
                "Dari potongan keadaan sampai broker mengakuinya. Mendekati 1 detik: broker "
                "lambat.",
                "From the cut to the broker's acknowledgement. Near 1 s the broker is slow.",
            ),
            (6, 8),
        ),
        "s",
        tuple(
            Query(
                f"histogram_quantile(0.{share}, sum without(instance, job)"
                " (rate(siaga_checkpoint_seconds_bucket[$__rate_interval])))",
                f"p{share}",
            )
            for share in (50, 99)
        ),
        PERCENTILES,
    ),
    Curve(
        Head(
            Said("Umur simpanan", "Age of checkpoints"),
            Said(
                "Per partisi. Gigi gergaji itu wajar; garis lurus naik berarti tidak disimpan "
                "lagi.",
                "By partition. A saw is normal; a straight climb is a partition that is not saved "
                "any more.",
            ),
            (6, 8),
        ),
        "s",
        (
            Query(
                "time() - max without(instance, job) (siaga_checkpoint_timestamp_seconds)",
                "{{partition}}",
            ),
        ),
        limits=((60, RED),),
    ),
    Curve(
        Head(
            Said("Baris yang diingat", "Rows remembered"),
            Said(
                "Besarnya keadaan per partisi: menentukan lama pengambilalihan. Tumbuh sepanjang "
                "hari itu wajar.",
                "Size of the state by partition: it decides how long a takeover is. It grows over "
                "the day.",
            ),
            (6, 8),
        ),
        "none",
        (Query("max without(instance, job) (siaga_state_rows)", "{{partition}}"),),
        stacked=True,
    ),
    Curve(
        Head(
            Said("Besar simpanan", "Size of checkpoints"),
            Said(
                "Sebelum dikompresi. Melonjak tanpa pesan lebih banyak: satu aturan mengingat "
                "terlalu banyak.",
                "Before compression. If it leaps without more events one rule remembers too much.",
            ),
            (6, 8),
        ),
        "Bps",
        (
            Query(
                "sum without(instance, job) (rate(siaga_checkpoint_bytes_total[$__rate_interval]))",
                "byte",
            ),
        ),
    ),
    Curve(
        Head(
            Said("Pengambilalihan", "Takeovers"),
            Said(
                "Partisi yang berganti pekerja. `true`: simpanan tidak terpakai dan dibangun lagi "
                "dari jurnal; jarang dan perlu dicek.",
                "Partitions that changed hands. `true`: the saved state could not be used and was "
                "built again from the journal; rare, and to be looked at.",
            ),
            (8, 8),
        ),
        "none",
        (
            Query(
                "sum without(instance, job) (increase(siaga_takeovers_total[1m]))",
                "dibangun lagi · rebuilt: {{rebuilt}}",
            ),
        ),
    ),
    Heat(
        Head(
            Said("Lama pengambilalihan", "Time of takeovers"),
            Said(
                "Dari pembagian partisi sampai dinilai lagi. Selama itu jenjang berhenti di sana; "
                "di atas 10 detik periksa broker.",
                "From assignment to judging. Meanwhile ladders stand still there; above 10 s look "
                "at the broker.",
            ),
            (8, 8),
            NONE,
        ),
        "s",
        "sum without(instance, job) (increase(siaga_takeover_seconds_bucket[$__rate_interval]))",
    ),
    Curve(
        Head(
            Said("Tulisan asing, paket ditolak", "Foreign, refused"),
            Said(
                "Harus nol. Tulisan asing diperbaiki sendiri, tetapi ada dua pemilik. Paket "
                "ditolak: aturan lama tetap berlaku.",
                "Must be zero. Foreign writes are repaired, but somebody else wrote. A refused "
                "pack: the old rules stay in force.",
            ),
            (8, 8),
        ),
        "none",
        (
            Query(
                "sum without(instance, job) (increase(siaga_foreign_writes_total[5m]))",
                "tulisan asing · foreign writes",
            ),
            Query(
                "sum without(instance, job) (increase(siaga_packs_refused_total[5m]))",
                "paket ditolak · refused packs",
            ),
        ),
    ),
)
_RULES: Final = (
    Row(Said("Aturan", "Rules")),
    Bars(
        Head(
            Said("Aturan paling lama", "Rules that take most time"),
            Said(
                "Bagian satu inti, diukur satu dari 64 catatan. Satu aturan di atas 10 %: "
                "sederhanakan syaratnya.",
                "Share of one core, measured at one record in 64. A rule above 10 %: make its "
                "condition simpler.",
            ),
            (8, 8),
        ),
        "percentunit",
        (
            Query(
                "sort_desc(topk(10, sum without(instance, job)"
                " (rate(siaga_rule_seconds_total[5m]))))",
                "{{rule}}",
            ),
        ),
    ),
    Rows(
        Head(
            Said("Aturan yang gagal", "Rules that failed"),
            Said(
                "Aturan yang gagal dikesampingkan di tempat itu (X05). Perbaiki lalu "
                "`resume_rule`.",
                "A rule that fails is put aside at that place (X05). Mend it, then `resume_rule`.",
            ),
            (8, 8),
            NONE,
        ),
        (Key("rule", Said("Aturan", "Rule")),),
        (
            Column(
                "sum without(instance, job) (siaga_rule_faults_total) > 0",
                Said("Gagal", "Failures"),
                limits=((1, RED),),
            ),
        ),
        worst=0,
    ),
    Rows(
        Head(
            Said("Paket yang menilai", "Packs that judge"),
            Said(
                "Paket aturan yang dipakai tiap pemilihan, dan di berapa partisi. Dua baris untuk "
                "satu pemilihan: lihat SiagaPacksDiffer.",
                "The pack of each election, and on how many partitions. Two rows of one election: "
                "see SiagaPacksDiffer.",
            ),
            (8, 8),
        ),
        (
            Key("election", Said("Pemilihan", "Election")),
            Key("pack", Said("Paket", "Pack")),
        ),
        (
            Column(
                "count without(instance, job, partition) (siaga_pack_info)",
                Said("Partisi", "Partitions"),
            ),
        ),
    ),
)
_PROCESSES: Final = (
    Row(Said("Proses", "Processes")),
    Curve(
        Head(
            Said("Prosesor", "Processor"),
            Said(
                "Bagian satu inti per proses. Mendekati 1 pekerja tidak mengejar lagi: tambah "
                "satu.",
                "Share of one core by process. Near 1 a worker keeps up no more: add another.",
            ),
            (8, 8),
        ),
        "percentunit",
        (
            Query(
                'rate(process_cpu_seconds_total{job=~"siaga-.+"}[$__rate_interval])',
                "{{job}} {{instance}}",
            ),
        ),
    ),
    Curve(
        Head(
            Said("Memori", "Memory"),
            Said(
                "Per proses. Tumbuh tanpa akhir: catat, dan mulai ulang sebelum mesin kehabisan.",
                "By process. If it grows without end note it, and restart before the machine runs "
                "out.",
            ),
            (8, 8),
        ),
        "bytes",
        (Query('process_resident_memory_bytes{job=~"siaga-.+"}', "{{job}} {{instance}}"),),
    ),
    Rows(
        Head(
            Said("Siapa yang dibaca", "Who is read"),
            Said(
                "Semua proses yang dikenal Prometheus, versinya, dan apakah menjawab. Versi "
                "berbeda: pembaruan belum selesai.",
                "All processes that Prometheus knows and whether they answer, and the version of "
                "workers. If versions differ an update is not finished.",
            ),
            (8, 8),
        ),
        (
            Key("job", Said("Jenis", "Kind")),
            Key("instance", Said("Proses", "Process")),
            Key("version", Said("Versi", "Version")),
        ),
        (
            Column(
                'up{job=~"siaga-.+"}',
                Said("Menjawab", "Answers"),
                words={"0": ("TIDAK · NO", RED), "1": ("ya · yes", "#4C566A")},
            ),
            Column("siaga_build_info", Said("Ada", "There"), hidden=True),
        ),
    ),
)
INSIDE: Final[tuple[Spec | Row, ...]] = (*_SAVING, *_RULES, *_PROCESSES)
"""In the order of the dashboard."""
