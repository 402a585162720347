"""Notices by channel: receipts, tries, breakers, limits, mirrors."""

from typing import Final

from tools.dashboards.specs import Column, Curve, Head, Key, Query, Row, Rows, Said, Spec, Timeline
from tools.dashboards.words import AMBER, CALM, NONE, RED

__all__ = ["CHANNELS"]

_RECEIPTS: Final = "siaga_notify_receipts_total"


def _ended(receipt: str) -> str:
    chosen = f'{{receipt="{receipt}"}}'
    return f"round(sum without(instance, job, receipt) (increase({_RECEIPTS}{chosen}[1h])))"


CHANNELS: Final[tuple[Spec | Row, ...]] = (
    Row(Said("Menurut jenis saluran", "By kind of channel")),
    Rows(
        Head(
            Said("Satu jam terakhir", "The last hour"),
            Said(
                "Jenis saluran yang banyak gagal: pindahkan kontaknya ke cadangan di "
                "contacts.toml.",
                "A kind of channel that fails much: move its contacts to a fallback in "
                "contacts.toml.",
            ),
            (12, 8),
        ),
        (Key("type", Said("Jenis", "Kind")),),
        (
            Column(_ended("delivered"), Said("Sampai", "Delivered")),
            Column(_ended("failed"), Said("Gagal", "Failed"), limits=((1, RED),)),
            Column(
                _ended("unaddressed"), Said("Tanpa alamat", "Unaddressed"), limits=((1, AMBER),)
            ),
            Column(_ended("blocked"), Said("Ditahan", "Blocked")),
            Column(
                "sum without(instance, job) (siaga_notify_held)",
                Said("Menunggu", "Waiting"),
                limits=((100, AMBER),),
            ),
            Column(
                "histogram_quantile(0.9, sum without(instance, job)"
                " (rate(siaga_notify_delivery_seconds_bucket[1h])))",
                Said("9 dari 10 dalam", "p90"),
                "s",
            ),
        ),
        worst=1,
    ),
    Timeline(
        Head(
            Said("Pemutus", "Breakers"),
            Said(
                "Terbuka: penyedia di belakang jenis itu tidak dicoba untuk sementara. Panggilan "
                "kritis langsung memakai cadangan.",
                "Open: a server behind that kind is not tried for a while. Critical calls use the "
                "fallback at once.",
            ),
            (12, 8),
        ),
        {"0": ("tertutup · closed", CALM), "1": ("TERBUKA · OPEN", RED)},
        Query(
            "sum without(instance, job, breaker)"
            ' (siaga_notify_breakers{breaker=~"open|half_open"}) > bool 0',
            "{{type}}",
        ),
    ),
    Curve(
        Head(
            Said("Percobaan per menit", "Tries a minute"),
            Said(
                "`again`: akan diulang, `refused`: penyedia tidak mau. Banyak `again` dari satu "
                "jenis saluran: penyedianya terganggu.",
                "`again`: will be repeated, `refused`: the provider will not. Much `again`: a "
                "provider is in trouble.",
            ),
            (8, 8),
        ),
        "none",
        (
            Query(
                "60 * sum without(instance, job)"
                " (rate(siaga_notify_tries_total[$__rate_interval]))",
                "{{type}} {{result}}",
            ),
        ),
    ),
    Curve(
        Head(
            Said("Digabung, melewati batas", "Bundled, over the limit"),
            Said(
                "Digabung: banyak kabar dalam satu pesan. Di atas batas: panggilan kritis yang "
                "tetap dikirim; perbesar batas penyedia.",
                "Bundled: many notices in one message. Over the limit: critical calls that went "
                "anyway; ask the provider for more.",
            ),
            (8, 8),
        ),
        "none",
        (
            Query(
                "60 * sum without(instance, job)"
                " (rate(siaga_notify_bundled_total[$__rate_interval]))",
                "digabung · bundled {{type}}",
            ),
            Query(
                "60 * sum without(instance, job)"
                " (rate(siaga_notify_over_limit_total[$__rate_interval]))",
                "di atas batas · over the limit {{type}}",
            ),
        ),
    ),
    Curve(
        Head(
            Said(
                "Cermin, tak terbaca",
                "Mirrors, unreadable",
            ),
            Said(
                "Cermin yang tidak lagi `equal`: Alertmanager, PagerDuty, atau Grafana menunjukkan "
                "yang lama.",
                "A mirror that is not `equal` any more: Alertmanager, PagerDuty or Grafana shows "
                "what was.",
            ),
            (8, 8),
            NONE,
        ),
        "none",
        (
            Query(
                "60 * sum without(instance, job)"
                " (rate(siaga_notify_mirror_looks_total[$__rate_interval]))",
                "{{mirror}} {{look}}",
            ),
            Query(
                "60 * sum without(instance, job)"
                " (rate(siaga_notify_unreadable_total[$__rate_interval]))",
                "tak terbaca · unreadable {{read}}",
            ),
        ),
    ),
)
"""By kind, never by name or address: how many are reached by SMS is no secret, who is would be."""
