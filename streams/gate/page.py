"""The page behind a signed link: what it is about, how it stands, and up to two buttons.

| the alert is            | shown                                | buttons                        |
|-------------------------|--------------------------------------|--------------------------------|
| restricted to some      | that something needs to be checked   | as it stands                   |
| over for long, unknown  | that it is over or not known         | none                           |
| any other               | title, place, since when, how it is  | as it stands                   |

Nobody has it: both buttons. Somebody has it: it can be told to the level above. Else: none, for
nothing would come of them. What came of an answer the page says when it is opened again; the fold
decides, and has not yet when the button is pressed.

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
from streams.web.message import Answer
from streams.wire.documents import AlertDocument

__all__ = ["FAULTS", "MAY_NOT", "SENT", "alert_page", "text_page"]

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
_RESTRICTED: Final = Text(
    "Rinciannya hanya untuk petugas yang ditunjuk.", "Its details are for named officers only."
)
_OVER: Final = Text("Sudah selesai atau tidak dikenal.", "It is over, or not known.")
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
_LETS: Final = {
    AlertState.UNACKNOWLEDGED: (Verb.ACK, Verb.ESCALATE),
    AlertState.ACKNOWLEDGED: (Verb.ESCALATE,),
}
"""What can be done with an alert (`streams.alerts.lifecycle`) and makes sense to who was told."""
SENT: Final = Text(
    "Jawaban terkirim; buka lagi halaman ini untuk melihat hasilnya.",
    "Your answer is sent; open this page again to see what came of it.",
)
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
    """Return the page of an alert; None: nobody knows it, or it has been over for long."""
    verbs = () if alert is None else _LETS.get(alert.state, ())
    parts = [f"<h1>{_both(_DRILL)}</h1>"] if is_drill else []
    parts += _about(alert)
    if not may_answer:
        parts.append(f"<p>{_both(MAY_NOT)}</p>")
    elif verbs:
        buttons = (
            f'<button name="verb" value="{verb}">{_both(_BUTTONS[verb])}</button>' for verb in verbs
        )
        parts.append(f'<form method="post">{"".join(buttons)}</form>')
    return _page(200, "".join(parts))


def _about(alert: AlertDocument | None) -> list[str]:
    if alert is None or (alert.restricted_to and alert.state is AlertState.RESOLVED):
        return [f"<h1>{_both(_OVER)}</h1>"]
    if alert.restricted_to:
        return [f"<h1>{_both(_CHECK)}</h1>", f"<p>{_both(_RESTRICTED)}</p>"]
    return _shown(alert)


def _shown(alert: AlertDocument) -> list[str]:
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
