"""The page behind a signed link: what it is about, how it stands, and two buttons.

It works on any telephone: no script, no picture, nothing from elsewhere, one file of a few
kilobytes. Opening it changes nothing, for messengers open links to show a preview; only a button,
which is a POST, does. Indonesian first, English beside it.
"""

import hashlib
from base64 import b64encode
from html import escape
from typing import Final

from streams.answers.asked import Verb
from streams.domain.alert import AlertState, Text
from streams.gate.message import Answer
from streams.wire.documents import AlertDocument

__all__ = ["DONE", "FAULTS", "MAY_NOT", "alert_page", "text_page"]

_STYLE: Final = (
    "body{font:18px/1.5 system-ui,sans-serif;max-width:34em;margin:0 auto;padding:1em;"
    "color:#111;background:#fff}h1{font-size:1.25em;line-height:1.3}small{color:#555}"
    "dt{color:#555;margin-top:.6em}dd{margin:0}button{font:inherit;font-weight:600;width:100%;"
    "padding:.8em;margin:.5em 0;border:2px solid #111;border-radius:.4em;background:#fff}"
    "button[value=ack]{background:#0a5c36;border-color:#0a5c36;color:#fff}"
)
_STYLE_HASH: Final = b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_POLICY: Final = (
    f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS: Final = (("content-security-policy", _POLICY), ("x-robots-tag", "noindex, nofollow"))
_MEDIA_TYPE: Final = "text/html; charset=utf-8"
_TITLE: Final = Text("Siaga", "Siaga")
_DRILL: Final = Text("LATIHAN", "EXERCISE")
_CHECK: Final = Text("Ada kejadian yang perlu dicek.", "Something needs to be checked.")
_STATES: Final = {
    AlertState.UNACKNOWLEDGED: Text("menunggu yang menangani", "waits for somebody"),
    AlertState.ACKNOWLEDGED: Text("sudah ditangani", "is being handled"),
    AlertState.RETURNED: Text("keadaan sudah pulih", "is over by itself"),
    AlertState.RESOLVED: Text("sudah selesai", "is over"),
    AlertState.SHELVED: Text("ditunda", "is put aside"),
    AlertState.INHIBITED: Text("bagian dari kejadian yang lebih besar", "is part of another"),
}
_LABELS: Final = {
    "where": Text("Di mana", "Where"),
    "since": Text("Sejak", "Since"),
    "state": Text("Keadaan", "State"),
    "taken": Text("Ditangani oleh", "Taken on by"),
    "action": Text("Yang perlu dilakukan", "What to do"),
}
_BUTTONS: Final = {
    Verb.ACK: Text("AMBIL: saya tangani", "I take it on"),
    Verb.ESCALATE: Text("NAIK: teruskan ke atasan", "Tell the level above"),
}
DONE: Final = {
    Verb.ACK: Text(
        "Tercatat: Anda yang menangani, kecuali sudah ada yang lebih dulu. Buka lagi tautan ini "
        "untuk melihatnya.",
        "Noted: it is yours, unless somebody was first. Open the link again to see.",
    ),
    Verb.ESCALATE: Text(
        "Tercatat: diteruskan ke tingkat di atas Anda.", "Noted: the level above you is told."
    ),
}
MAY_NOT: Final = Text(
    "Anda hanya diberi tahu dan tidak dapat menjawab lewat tautan ini.",
    "You are told only, and cannot answer by this link.",
)
FAULTS: Final = {
    "forged": Text(
        "Tautan ini tidak benar. Salin lagi seluruhnya dari pesan.",
        "This link is not right. Copy it again, whole, from the message.",
    ),
    "expired": Text("Tautan ini sudah tidak berlaku.", "This link is no longer good."),
}


def text_page(status: int, text: Text, reason: str = "") -> Answer:
    """Return a page that says one thing."""
    return _page(status, f"<p>{_both(text)}</p>", reason)


def alert_page(alert: AlertDocument | None, *, is_drill: bool, may_answer: bool) -> Answer:
    """Return the page of an alert; of None nothing is shown but that it needs to be checked."""
    parts = [f"<h1>{_both(_DRILL)}</h1>"] if is_drill else []
    parts += [f"<h1>{_both(_CHECK)}</h1>"] if alert is None else _about(alert)
    is_over = alert is not None and alert.state is AlertState.RESOLVED
    if not may_answer:
        parts.append(f"<p>{_both(MAY_NOT)}</p>")
    elif not is_over:
        buttons = (
            f'<button name="verb" value="{verb}">{_both(text)}</button>'
            for verb, text in _BUTTONS.items()
        )
        parts.append(f'<form method="post">{"".join(buttons)}</form>')
    return _page(200, "".join(parts))


def _about(alert: AlertDocument) -> list[str]:
    where = ", ".join(reversed(alert.scope.path))
    lines = [
        ("where", f"{escape(alert.scope.name)}<br><small>{escape(where)}</small>"),
        ("since", escape(alert.opened_at.replace("T", " "))),
        ("state", _both(_STATES[alert.state])),
        *([("taken", _both(alert.taken_by))] if alert.taken_by else []),
        ("action", _both(alert.action)),
    ]
    rows = (f"<dt>{_both(_LABELS[name])}</dt><dd>{words}</dd>" for name, words in lines)
    summary = f"<p>{_both(alert.summary)}</p>"
    return [f"<h1>{_both(alert.title)}</h1>", summary, f"<dl>{''.join(rows)}</dl>"]


def _both(text: Text) -> str:
    """Return a text in Indonesian, with the English beside it."""
    return f'{escape(text.id)} <small lang="en">{escape(text.en)}</small>'


def _page(status: int, body: str, reason: str = "") -> Answer:
    page = (
        '<!doctype html><html lang="id"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{_TITLE.id}</title><style>{_STYLE}</style></head><body>{body}</body></html>"
    )
    return Answer(status, page.encode(), _MEDIA_TYPE, _HEADERS, reason)
