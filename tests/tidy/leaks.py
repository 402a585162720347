"""What must never be committed: secrets, places of one machine, addresses of registries, leftovers.

No pattern matches its own spelling, so that this page does not refuse itself.
"""

import re

from tests.tidy.tree import line_of

LEFTOVERS = {"a leftover; do it, or write it down as an issue": r"\b(?:T[O]DO|F[I]XME|X[X]X)\b"}
"""Notes to oneself."""

PLACES = {
    "a path of one machine": r"(?<![\w.}~-])/(?:work|root|home)/\w",
    "the address of a package registry": (
        r"(?i)\b(?:pypi|pythonhosted|npmjs|crates|rubygems)\.(?:org|io)\b"
        r"|\bproxy\.golang\.org\b|\brepo1?\.maven\b|\bdeb\.debian\b"
    ),
}
"""Where something is on one machine or in one company."""

SECRETS = {
    "a private key": r"-----BEGIN [A-Z ]*PRIVATE KEY",
    "a cloud key": r"\bAKIA[0-9A-Z]{16}\b",
    "a forge's token": r"\bgh[pousr]_\w{36}\b|\bgithub_pat_\w{22}",
    "a chat token": r"\bxox[abprs]-[\w-]{10}|\b\d{8,10}:[\w-]{35}\b",
    "a signed token": r"\beyJ[\w-]{10,}\.eyJ[\w-]{10,}",
    "credentials in an address": r"(?i)\b[a-z]+://[^\s/:@{}$<>\"']+:[^\s/@{}$<>\"']{6,}@",
}
"""What opens something."""


def leaks(text: str, patterns: dict[str, str]) -> list[str]:
    """Complain of each place where one of `patterns` occurs."""
    return [
        f"{line_of(text, hit.start())}: {what}: {hit[0]}"
        for what, pattern in patterns.items()
        for hit in re.finditer(pattern, text)
    ]
