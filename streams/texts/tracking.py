"""What whoever sent a report is told of it: that it came, waits, counts, or could not be confirmed.

One sentence for each way a report can stand, so that every gateway answers alike. It names no
place, no category, no rule and no alert: a telephone is read by others too, and whoever is told
that a report set off an alert knows what to send next time.
"""

from typing import Final

from streams.domain.alert import Text
from streams.domain.effects import TriageStatus

__all__ = ["RECEIVED", "TRACKING", "tracking_text"]

RECEIVED: Final = Text(
    "Laporan Anda sudah masuk. Terima kasih.", "Your report has come in. Thank you."
)
"""For a gateway to say at once, before anything is known of the report."""
_WAITING: Final = Text(
    "Laporan Anda sudah kami terima dan menunggu pemeriksaan petugas.",
    "We have received your report; it waits to be checked.",
)
_HANDLED: Final = Text("Laporan Anda sedang ditindaklanjuti.", "Your report is being acted on.")
TRACKING: Final = {
    (TriageStatus.OPEN, ""): _WAITING,
    (TriageStatus.OPEN, "place"): Text(
        "Laporan Anda sudah kami terima. Kami belum yakin di mana kejadiannya: sebutkan nomor TPS "
        "dengan nama desa dan kecamatan.",
        "We have received your report. We are not sure where it happened: give the number of the "
        "TPS with the names of desa and kecamatan.",
    ),
    (TriageStatus.OPEN, "category"): Text(
        "Laporan Anda sudah kami terima. Ceritakan sedikit lebih jelas apa yang terjadi.",
        "We have received your report. Tell us a little more clearly what happened.",
    ),
    (TriageStatus.PLACED, ""): Text(
        "Laporan Anda sedang diperiksa petugas.", "Your report is being checked."
    ),
    (TriageStatus.CONFIRMED, ""): _HANDLED,
    (TriageStatus.REJECTED, ""): Text(
        "Laporan Anda sudah diperiksa dan belum dapat dipastikan. Jika Anda melihatnya sendiri, "
        "kirimkan laporan baru dengan foto atau keterangan lain.",
        "Your report was checked and could not be confirmed. If you saw it yourself, send a new "
        "report with a photo or more about it.",
    ),
    (TriageStatus.REJECTED, "taken_back"): Text(
        "Laporan Anda sudah ditarik sesuai permintaan Anda.",
        "Your report was taken back, as you asked.",
    ),
}
"""By status and why; an empty why: any that is not named."""


def tracking_text(status: TriageStatus, why: str) -> Text:
    """Return what whoever sent a report may be told of it."""
    return TRACKING.get((status, why)) or TRACKING[status, ""]
