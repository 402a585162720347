"""The checks of judgments in words, each with what it was and what it was measured by."""

from typing import Final

from streams.domain.alert import Text

__all__ = ["CHECKS"]

CHECKS: Final = {
    # Of every rule.
    "class": Text("kelas kerawanan: {value}", "class: {value}"),
    "posture": Text(
        "dinilai seperti kelas {value}, karena keadaan di sekitarnya sedang tegang",
        "judged as of class {value}, because it is tense around",
    ),
    # Of what should have come.
    "since": Text("dihitung sejak {value}", "counted from {value}"),
    "expected_by": Text(
        "ditunggu sampai {threshold}: belum ada kabar", "awaited until {threshold}: no word"
    ),
    "limit_minutes": Text("batas waktu {value} menit", "limit {value} minutes"),
    "overdue_minutes": Text(
        "sudah {value} menit lewat tenggat", "{value} minutes past the deadline"
    ),
    "limit_multiple": Text("sudah {value} kali batas waktu", "{value} times the limit"),
    "stage": Text("pukul {threshold} dilaporkan: {value}", "reported at {threshold}: {value}"),
    "missing_before": Text("sebelumnya belum ada: {value}", "missing before it: {value}"),
    "waited_minutes": Text("sudah ditunggu {value} menit", "waited for {value} minutes"),
    # Of reports.
    "score": Text(
        "nilai semua bukti {value}, ambang {threshold}",
        "weight of all evidence {value}, threshold {threshold}",
    ),
    "voices": Text(
        "pelapor yang berbeda {value}, sedikitnya {threshold}",
        "different reporters {value}, at least {threshold}",
    ),
    "source_classes": Text(
        "golongan pelapor {value}, sedikitnya {threshold}",
        "classes of reporters {value}, at least {threshold}",
    ),
    "documented": Text("ada bukti terlampir: {value}", "something is attached: {value}"),
    "checked": Text(
        "sudah diperiksa petugas ruang kendali: {value}",
        "checked by a person of the control room: {value}",
    ),
    "window_minutes": Text("dalam {value} menit", "within {value} minutes"),
    "count": Text("jumlahnya {value}, ambang {threshold}", "number {value}, threshold {threshold}"),
    "chance": Text(
        "kemungkinan terjadi pada hari biasa {value}, harus di bawah {threshold}",
        "chance on an ordinary day {value}, must be below {threshold}",
    ),
    "usual": Text("biasanya {value}", "usually {value}"),
    "counted": Text("yang dihitung: {value}", "what is counted: {value}"),
    "officer_says_calm": Text(
        "petugas melaporkan aman pukul {value}", "an officer reported calm at {value}"
    ),
    "senders_alike": Text(
        "pengirim teks serupa {value}, sedikitnya {threshold}",
        "senders of alike texts {value}, at least {threshold}",
    ),
    "desa_alike": Text(
        "dari {value} desa, sedikitnya {threshold}", "from {value} desa, at least {threshold}"
    ),
    # Of areas and officers.
    "quiet_percent": Text(
        "TPS yang diam {value} % dari yang buka, batas {threshold} %",
        "TPS that are quiet {value} % of those open, limit {threshold} %",
    ),
    "tps_quiet": Text(
        "TPS yang diam {value}, sedikitnya {threshold}",
        "TPS that are quiet {value}, at least {threshold}",
    ),
    "desa_burning": Text(
        "desa yang mengalaminya {value}, sedikitnya {threshold}",
        "desa where it happens {value}, at least {threshold}",
    ),
    "children": Text("alarm di dalamnya: {value}", "alerts in it: {value}"),
    "critical_child": Text("ada yang kritis: {value}", "one of them is critical: {value}"),
    "critical_open": Text(
        "alarm kritis yang terbuka {value}, merah mulai {threshold}",
        "critical alerts open {value}, merah from {threshold}",
    ),
    "high_open": Text(
        "alarm tinggi dalam satu jendela {value}, kuning mulai {threshold}",
        "high alerts within one window {value}, kuning from {threshold}",
    ),
    "ordered": Text("atas perintah komandan: {value}", "by order of a commander: {value}"),
    "fact": Text("fakta: alarm {value}", "fact: alert {value}"),
    "latest_day": Text(
        "pemungutan ulang paling lambat H+{value}", "voting again by day {value} after the poll"
    ),
    "on_duty": Text("bertugas menurut roster: {value}", "on duty by the roster: {value}"),
    "shift": Text("jam tugas {value}", "shift {value}"),
    "acted": Text("perintah: {value}", "command: {value}"),
    "officers_asked": Text(
        "petugas yang dibutuhkan {value}, yang bebas {threshold}",
        "officers asked for {value}, free {threshold}",
    ),
    "shortfall": Text("kurang {value} petugas", "short of {value} officers"),
    "asks": Text(
        "alarm {value} masih membutuhkan {threshold}", "alert {value} still asks for {threshold}"
    ),
    "officers_free": Text("bebas: {value}", "free: {value}"),
    "officers_missing": Text(
        "tanpa kabar, dihitung bebas: {value}", "missing, counted as free: {value}"
    ),
    "officers_bound": Text("ditugaskan ke alarm: {value}", "dispatched to an alert: {value}"),
    "officers_escorting": Text("mengawal kotak: {value}", "with a box: {value}"),
    "officers_off_duty": Text("lepas tugas: {value}", "off duty: {value}"),
    "ready": Text("dapat diusulkan: {value}", "can be proposed: {value}"),
    "lends": Text(
        "Polsek {value} dapat meminjamkan {threshold}", "Polsek {value} can lend {threshold}"
    ),
    "away": Text(
        "perjalanan dari Polsek {value} sekitar {threshold} menit",
        "about {threshold} minutes on the way from Polsek {value}",
    ),
    "lendable": Text(
        "yang dapat dipinjam dari Polsek lain: {value}",
        "can be borrowed from other Polsek: {value}",
    ),
    "called": Text("jenjang yang dipanggil: {value}", "level that was called: {value}"),
    "on_duty_there": Text(
        "kontak yang bertugas untuk jenjang itu: {value}", "contacts on duty for it: {value}"
    ),
    "told_instead": Text("yang diberi tahu: {value}", "told instead: {value}"),
    "arrived_at": Text(
        "sampai kepada {value} dari {threshold} kontak",
        "contacts that it arrived at: {value} of {threshold}",
    ),
    "bko": Text("perlu BKO: {value}", "BKO to ask for: {value}"),
    "trusted_until": Text("terbaca sampai {value}", "read until {value}"),
    "lag_seconds": Text(
        "boleh tertinggal paling lama {value} detik", "may lie at most {value} seconds behind"
    ),
    "tps_voting": Text("TPS yang memilih: {value}", "TPS that vote: {value}"),
    "refused": Text(
        "tidak dapat diterima {value}, sedikitnya {threshold}",
        "could not be taken {value}, at least {threshold}",
    ),
    "came_in": Text("semua yang masuk {value}", "all that came in {value}"),
    "put_aside": Text("aturan dan tempatnya: {value}", "rule and scope: {value}"),
    "fault": Text("sebabnya: {value}", "cause: {value}"),
    "unrest_near": Text(
        "ada gangguan kamtibmas di desanya sejak {value}", "unrest in his desa since {value}"
    ),
    # Of statuses.
    "status": Text("kabar yang masuk: {value}", "what was reported: {value}"),
    # Of counts.
    "votes": Text(
        "jumlah suara semua pilihan {value}, suara sah tertulis {threshold}",
        "votes of all choices {value}, valid votes written {threshold}",
    ),
    "used": Text(
        "sah + tidak sah = {value}, surat suara digunakan tertulis {threshold}",
        "valid + invalid = {value}, ballots used written {threshold}",
    ),
    "voters": Text(
        "pengguna hak pilih {value}, surat suara digunakan tertulis {threshold}",
        "those who voted {value}, ballots used written {threshold}",
    ),
    "received": Text(
        "digunakan + rusak + tidak digunakan = {value}, diterima tertulis {threshold}",
        "used + spoiled + unused = {value}, received written {threshold}",
    ),
    "tied": Text("pilihan yang sama banyak: {value}", "choices with as many: {value}"),
    "votes_each": Text("suara masing-masing {value}", "votes of each {value}"),
    "dpt_by_tps": Text("pemilih menurut TPS: {value}", "voters by TPS: {value}"),
    "largest_tps_decides": Text(
        "TPS dengan pemilih terbanyak menentukan: {value}",
        "the TPS with the most voters decides: {value}",
    ),
    "held_and_missing": Text(
        "pemilih di TPS yang ditahan atau belum masuk {value}, selisih {threshold}",
        "voters of TPS held back or missing {value}, margin {threshold}",
    ),
    "tps_missing": Text("TPS yang belum masuk: {value}", "TPS missing: {value}"),
    "pair_percent": Text(
        "suara calon tunggal {value} %, diawasi {threshold} %",
        "votes of the single pair {value} %, watched at {threshold} %",
    ),
    "turnout_percent": Text(
        "yang memilih {value} %, ambang {threshold} %", "turnout {value} %, threshold {threshold} %"
    ),
    "listed": Text(
        "pemilih dalam daftar {value}, sedikitnya {threshold}",
        "voters on the lists {value}, at least {threshold}",
    ),
    "ballots_counted": Text("surat suara yang dihitung {value}", "ballots counted {value}"),
    "in_minutes": Text("dalam {value} menit", "within {value} minutes"),
    "ballots_per_minute": Text(
        "wajarnya paling banyak {value} per menit", "at most {value} a minute are usual"
    ),
    "invalid_percent": Text(
        "suara tidak sah {value} %, batas {threshold} %",
        "invalid ballots {value} %, limit {threshold} %",
    ),
    "robust_z": Text(
        "jarak dari TPS lain sekecamatan {value}, batas {threshold} (z termodifikasi)",
        "distance from the other TPS of the kecamatan {value}, limit {threshold} (modified z)",
    ),
    "siblings_min": Text(
        "dibandingkan dengan sedikitnya {value} TPS", "compared with at least {value} TPS"
    ),
    "tps_with_image": Text(
        "TPS dengan foto yang sama: {value}, semestinya {threshold}",
        "TPS with the same photo: {value}, should be {threshold}",
    ),
    "allowed": Text("selisih yang masih boleh {value}", "difference allowed {value}"),
    "below_zero": Text(
        "angka {value}, tidak mungkin di bawah 0", "number {value}, cannot be below 0"
    ),
    "above_received": Text(
        "suara sah {value}, surat suara yang diterima hanya {threshold}",
        "valid votes {value}, ballots received only {threshold}",
    ),
    "above_dpt": Text(
        "yang memilih {value}, paling banyak menurut daftar pemilih {threshold}",
        "those who voted {value}, at most by the lists {threshold}",
    ),
    "above_max_voters": Text(
        "yang memilih {value}, paling banyak di satu TPS {threshold}",
        "those who voted {value}, at most at any TPS {threshold}",
    ),
    "votes_now": Text(
        "suara satu pilihan sekarang {value}, sebelumnya {threshold}",
        "votes of one choice now {value}, before {threshold}",
    ),
    "sides": Text("yang berbeda: {value}", "who differ: {value}"),
    "choices_differ": Text(
        "pilihan yang angkanya berbeda: {value}", "choices that differ: {value}"
    ),
    "changes_winner": Text("pemenangnya berbeda: {value}", "another winner: {value}"),
    "margin": Text(
        "selisih dua teratas {value} suara, batas {threshold}",
        "margin of the first two {value} votes, limit {threshold}",
    ),
    "valid": Text("suara sah {value}", "valid votes {value}"),
    "dpt_final": Text(
        "pemilih di TPS yang sudah final {value} dari {threshold}",
        "voters of TPS that are final {value} of {threshold}",
    ),
    "tps_held": Text("TPS yang angkanya ditahan: {value}", "TPS held back: {value}"),
}
"""By the name that a judgment gives a check; `{value}` and `{threshold}` are filled in."""
