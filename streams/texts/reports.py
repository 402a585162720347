"""What the printed reports say, Indonesian and English: the situation and the handover.

A text is found by its key; names in braces are filled in by the report. Words of the police's own
form (laporan situasi) are kept: *dasar*, *situasi umum*, *kejadian menonjol*.
"""

from typing import Final

from streams.domain.alert import Text

__all__ = ["DAYS", "MONTHS", "REPORTS"]

DAYS: Final = (
    Text("Senin", "Monday"),
    Text("Selasa", "Tuesday"),
    Text("Rabu", "Wednesday"),
    Text("Kamis", "Thursday"),
    Text("Jumat", "Friday"),
    Text("Sabtu", "Saturday"),
    Text("Minggu", "Sunday"),
)
"""From Monday."""
MONTHS: Final = (
    Text("Januari", "January"),
    Text("Februari", "February"),
    Text("Maret", "March"),
    Text("April", "April"),
    Text("Mei", "May"),
    Text("Juni", "June"),
    Text("Juli", "July"),
    Text("Agustus", "August"),
    Text("September", "September"),
    Text("Oktober", "October"),
    Text("November", "November"),
    Text("Desember", "December"),
)
REPORTS: Final = {
    # Head.
    "situation": Text("LAPORAN SITUASI", "SITUATION REPORT"),
    "handover": Text("SERAH TERIMA JAGA", "SHIFT HANDOVER"),
    "restricted": Text(
        "RAHASIA – hanya untuk yang berhak", "RESTRICTED – only for those who may see it"
    ),
    "number": Text("Nomor", "Number"),
    "date": Text("Hari, tanggal", "Day, date"),
    "clock": Text("Pukul", "Time"),
    "basis": Text("Dasar", "Basis"),
    "basis_of": Text(
        "Rencana pengamanan {kind} ({election}); pemungutan {date}, pukul {opens}–{closes} "
        "waktu setempat",
        "Security plan of the {kind} ({election}); poll on {date}, {opens}–{closes} local time",
    ),
    "area": Text("Wilayah", "Area"),
    "area_of": Text("{name}: {desa} desa/kelurahan, {tps} TPS", "{name}: {desa} desa, {tps} TPS"),
    "short_situation": Text("LAPSIT", "SITREP"),
    "short_handover": Text("SERTIJAGA", "HANDOVER"),
    "shift": Text("Masa jaga", "Shift"),
    "trusted": Text("Data terbaca sampai", "Data read until"),
    "no_data": Text("belum ada data", "no data yet"),
    "zones": Text(
        "Wilayah ini mencakup zona {zones}; setiap jam ditulis menurut zona tempat kejadiannya.",
        "This area lies in the zones {zones}; each time is that of the zone where it happened.",
    ),
    "and": Text("dan", "and"),
    "none": Text("–", "–"),
    "more": Text("… dan {count} lagi", "… and {count} more"),
    # Sections of the situation.
    "general": Text("Situasi umum", "General situation"),
    "stages": Text("Tahapan", "Stages"),
    "events": Text("Kejadian menonjol", "What stands out"),
    "steps": Text("Langkah yang diambil (satu jam terakhir)", "What was done (last hour)"),
    "strength": Text("Kekuatan", "Strength"),
    "boxes": Text("Kotak suara", "Ballot boxes"),
    "reports": Text("Laporan masyarakat", "Reports"),
    "forecast": Text("Perkiraan dan yang jatuh tempo", "What falls due"),
    "end": Text("Penutup", "End"),
    # General situation.
    "colour_of": Text("Warna situasi {name}: **{colour}**.", "Situation of {name}: **{colour}**."),
    "colours_of": Text("Kecamatan {colour}: {names}.", "Kecamatan {colour}: {names}."),
    "all_hijau": Text("Semua kecamatan hijau.", "All kecamatan are hijau."),
    "no_alerts": Text("Tidak ada alarm terbuka.", "No alert is open."),
    "alerts": Text(
        "Alarm terbuka {total}: {severities}. Menurut keadaan: {states}.",
        "Open alerts {total}: {severities}. By state: {states}.",
    ),
    "levels": Text(
        "Yang belum diambil, menurut jenjang: {levels}.", "Not taken yet, by level: {levels}."
    ),
    "overdue": Text(
        "{count} alarm sudah sampai di jenjang teratas dan belum diambil.",
        "{count} alerts have reached the top of their ladder and nobody has taken them.",
    ),
    "oldest": Text(
        "Yang terlama belum diambil: {title}, sejak {at}.",
        "Waiting longest to be taken: {title}, since {at}.",
    ),
    "blind": Text(
        "Perhatian: {title} (sejak {at}). Yang tidak tampak di sini belum tentu tidak ada.",
        "Mind: {title} (since {at}). What is not shown here may have happened all the same.",
    ),
    # Stages.
    "stage": Text("Tahap", "Stage"),
    "tps": Text("TPS", "TPS"),
    "not_open": Text("belum buka", "not open"),
    "voting": Text("pemungutan", "voting"),
    "suspended": Text("terhenti", "halted"),
    "postponed": Text("ditunda", "put off"),
    "closed": Text("tutup, belum menghitung", "closed, not counting"),
    "counting": Text("penghitungan", "counting"),
    "counted": Text("selesai menghitung", "counted"),
    "box_away": Text("kotak di jalan", "box on the way"),
    "box_in": Text("kotak sudah tiba", "box in"),
    "heard": Text(
        "Kabar terakhir {at}. Diam melewati batas: {silent} TPS. Belum pernah terdengar: "
        "{never} TPS.",
        "Last heard of {at}. Quiet for too long: {silent} TPS. Never heard of: {never} TPS.",
    ),
    "unheard": Text("Belum ada kabar dari TPS mana pun.", "No TPS has been heard of."),
    "counts": Text(
        "Hitungan masuk {tps_in} dari {tps_all} (TPS per pemilihan), {tps_final} di antaranya "
        "final.",
        "Counts in {tps_in} of {tps_all} (TPS by contest), {tps_final} of them final.",
    ),
    "not_final": Text("Belum semua final: {contests}.", "Not all final: {contests}."),
    # Lists of alerts.
    "no_events": Text("Tidak ada kejadian menonjol.", "Nothing stands out."),
    "no_steps": Text("Tidak ada perintah dalam satu jam terakhir.", "No command in the last hour."),
    "taken_by": Text("diambil {actor} {at}", "taken by {actor} at {at}"),
    "alike": Text("dan {count} lagi yang sejenis", "and {count} more of its kind"),
    "told_to": Text("belum diambil, jenjang {level}", "not taken, level {level}"),
    "ended": Text("selesai {at}", "resolved {at}"),
    "progress": Text("{done} dari {all} langkah selesai", "{done} of {all} steps done"),
    "done_at": Text("{at} oleh {actor}", "{at} by {actor}"),
    "to_do": Text("belum", "to do"),
    # Strength.
    "no_strength": Text("Tidak ada Polsek dalam wilayah ini.", "There is no Polsek in this area."),
    "polsek": Text("Polsek", "Polsek"),
    "together": Text("Jumlah", "Together"),
    "free": Text("siap", "free"),
    "bound": Text("menangani", "bound"),
    "escorting": Text("mengawal", "escorting"),
    "off_duty": Text("lepas tugas", "off duty"),
    "missing": Text("tak terdengar", "missing"),
    "shortfall": Text("kurang", "short"),
    "bko": Text("BKO", "BKO"),
    # Boxes.
    "no_boxes": Text(
        "Belum ada kotak yang berangkat ({waiting} TPS).", "No box has left yet ({waiting} TPS)."
    ),
    "boxes_are": Text(
        "TPS yang kotaknya belum berangkat {waiting}; kotak di jalan {away}, melewati batas "
        "{overdue}, sudah tiba {arrived}, segel atau nomornya perlu dicek {disputed}.",
        "TPS whose box has not left {waiting}; boxes on the way {away}, overdue {overdue}, "
        "arrived {arrived}, with a seal or number to be checked {disputed}.",
    ),
    "box": Text("Kotak", "Box"),
    "left_at": Text("Berangkat", "Left"),
    "due_at": Text("Batas", "Due"),
    "escort": Text("Pengawal", "Escort"),
    "stations": Text("Tempat tiba", "Arrived at"),
    "seal": Text("Segel", "Seal"),
    "seal_agrees": Text("cocok", "agrees"),
    "seal_differs": Text("perlu dicek", "to be checked"),
    "seal_unknown": Text("–", "–"),
    # Reports of people.
    "received": Text(
        "Diterima {received}, dalam satu jam terakhir {lately}. Menunggu pemeriksaan petugas "
        "{waiting}{since}; yang pernah menunggu dan selesai {handled}.",
        "Received {received}, {lately} in the last hour. Waiting for a person {waiting}{since}; "
        "waited once and dealt with {handled}.",
    ),
    "since": Text(" (yang terlama sejak {at})", " (the oldest since {at})"),
    # What falls due.
    "nothing_due": Text(
        "Tidak ada yang jatuh tempo dalam satu jam ke depan.", "Nothing falls due within the hour."
    ),
    "climbs": Text("{at}: naik jenjang bila belum diambil – {title}", "{at}: climbs – {title}"),
    "lapses": Text(
        "{at}: harus sudah ditindak {actor} – {title}", "{at}: to be acted on by {actor} – {title}"
    ),
    "unshelves": Text("{at}: kembali dari penyisihan – {title}", "{at}: is unshelved – {title}"),
    "dossiers": Text("Bahan kajian pemungutan ulang", "Files for voting again"),
    "dossier": Text(
        "{tps}: {ground}. Fakta {facts}, sumber {sources}; paling lambat {latest}. "
        "Belum ada: {missing}.",
        "{tps}: {ground}. Facts {facts}, sources {sources}; at the latest {latest}. "
        "Missing: {missing}.",
    ),
    "no_latest": Text("belum dipastikan", "not made sure"),
    "ties": Text("Suara terbanyak sama", "Ties"),
    "tie": Text(
        "{area}: {tied} pilihan sama banyak. Pemilih menurut TPS: {worksheet}. TPS dengan pemilih "
        "terbanyak menentukan: {clear}.",
        "{area}: {tied} choices have as many. Voters by TPS: {worksheet}. The TPS with the most "
        "voters decides: {clear}.",
    ),
    "yes": Text("ya", "yes"),
    "no": Text("tidak", "no"),
    "closing": Text(
        "Demikian laporan ini dibuat untuk dipergunakan sebagaimana mestinya. Perkembangan "
        "dilaporkan pada kesempatan pertama. Angka perolehan suara bukan wewenang kepolisian dan "
        "tidak ada dalam laporan ini.",
        "This report is made to be used as is proper. What develops is reported at the first "
        "occasion. How many votes anybody has is not for the police to say, and is not in here.",
    ),
    "reporter": Text("Yang melaporkan,", "Reported by,"),
    "giver": Text("Yang menyerahkan,", "Handed over by,"),
    "taker": Text("Yang menerima,", "Taken over by,"),
    "line": Text("(……………………………………)", "(……………………………………)"),
    # Sections of the handover.
    "due_soon": Text("Jatuh tempo dalam satu jam", "Due within the hour"),
    "open": Text("Belum diambil, selebihnya", "Not taken, the rest"),
    "acknowledged": Text("Sudah diambil", "Taken"),
    "shelved": Text("Disisihkan", "Shelved"),
    "inhibited": Text("Diredam oleh alarm lain", "Inhibited by other alerts"),
    "returned": Text("Pulih sendiri, belum dilihat siapa pun", "Over, and nobody has looked"),
    "checklists": Text("Daftar langkah yang belum selesai", "Checklists that are not done"),
    "notes": Text("Catatan jaga", "Notes of the shift"),
    "refused": Text("Perintah yang ditolak", "Commands refused"),
    "resolved": Text("Selesai dalam masa jaga", "Resolved in the shift"),
    "people": Text("Laporan yang menunggu", "Reports that wait"),
    "officers": Text("Petugas yang perlu perhatian", "Officers to look after"),
    "nothing": Text("Tidak ada.", "None."),
    "no_reports": Text("Tidak ada laporan yang menunggu.", "No report waits."),
    "waiting": Text(
        "{waiting} laporan menunggu, yang terlama sejak {at}.",
        "{waiting} reports wait, the oldest since {at}.",
    ),
    "until": Text("sampai {at}", "until {at}"),
    "by": Text("oleh {actor}", "by {actor}"),
    "act_by": Text("harus ditindak sebelum {at}", "to be acted on by {at}"),
    "climbs_at": Text("naik {at}", "climbs at {at}"),
    "no_boxes_out": Text(
        "Tidak ada kotak di jalan atau yang perlu dicek; {waiting} TPS belum mengirim.",
        "No box is on the way or to be checked; {waiting} TPS have not sent theirs.",
    ),
    # What a command does.
    "do_ack": Text("mengambil", "took"),
    "do_unack": Text("melepas kembali", "gave back"),
    "do_escalate": Text("menaikkan", "sent up"),
    "do_shelve": Text("menyisihkan", "shelved"),
    "do_unshelve": Text("mengembalikan dari penyisihan", "unshelved"),
    "do_resolve": Text("menyelesaikan", "resolved"),
    "do_reopen": Text("membuka kembali", "reopened"),
    "do_note": Text("mencatat", "noted"),
    "do_confirm_report": Text("membenarkan laporan", "confirmed a report"),
    "do_reject_report": Text("menolak laporan", "rejected a report"),
    "do_place_report": Text("menempatkan laporan", "placed a report"),
    "do_set_class": Text("mengubah kelas kerawanan", "changed a class"),
    "do_set_situation": Text("menetapkan warna situasi", "ordered a colour"),
    "do_dispatch": Text("mengirim pasukan", "dispatched"),
    "do_release": Text("menarik pasukan", "released"),
    "do_confirm_seal": Text("memastikan segel", "confirmed a seal"),
    "do_confirm_identity": Text("memastikan identitas", "confirmed an identity"),
    "do_close_case": Text("menutup perkara", "closed a case"),
    "do_use_pack": Text("memberlakukan paket aturan", "put a pack into force"),
    "do_resume_rule": Text("menghidupkan kembali aturan", "resumed a rule"),
    "do_drill_start": Text("memulai latihan", "started a drill"),
    "do_drill_stop": Text("mengakhiri latihan", "ended a drill"),
    # Words.
    "critical": Text("kritis", "critical"),
    "high": Text("tinggi", "high"),
    "medium": Text("sedang", "medium"),
    "low": Text("rendah", "low"),
    "pilkada": Text("pilkada", "pilkada"),
    "pilkades": Text("pilkades", "pilkades"),
    "pemilu": Text("pemilu", "pemilu"),
    "viewer": Text("pengamat", "viewer"),
    "operator": Text("operator", "operator"),
    "commander": Text("komandan", "commander"),
    "liaison": Text("penghubung", "liaison"),
    "propam": Text("Propam", "Propam"),
    "system": Text("sistem", "system"),
    "ppk": Text("PPK", "PPK"),
    "pps": Text("PPS", "PPS"),
    "kecamatan": Text("kecamatan", "kecamatan"),
    "kpu": Text("KPU", "KPU"),
    "kabupaten": Text("kabupaten", "kabupaten"),
    "somewhere": Text("tempat tidak disebut", "place not told"),
}
"""By key."""
