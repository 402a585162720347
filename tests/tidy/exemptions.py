"""Exemptions in the code: each says what it switches off and why, and some are not for everyone.

A comment that silences a checker is followed by its reason in words:

    import this  # noqa: F401  # The import itself is the effect.
    thing = make()  # type: ignore[no-untyped-call]  # Faust has no types here.
"""

import io
import re
import tokenize

SILENCER = re.compile(r"#\s*(?:noqa|type:\s*ignore|pyright:|pragma:)", re.IGNORECASE)
CODE = re.compile(
    r"#\s*(?:noqa:\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*"
    r"|(?:type|pyright):\s*ignore\[[\w, -]+\]"
    r"|pyright:\s*(?:basic|report\w+=false)(?:,\s*report\w+=false)*"
    r"|pragma:\s*no (?:cover|branch))(?P<reason>.*)"
)
LOOSER_TYPES = ("streams/engine/transport",)
"""Modules that may switch off pyright's rules on Unknown types: Faust's and aiokafka's are not."""


def comments_of(text: str) -> list[tuple[int, str]]:
    """Return the comments of a module by line; a string that looks like one is none.

    None are looked for where nothing looks like a silencer: to take a module apart takes long.
    """
    if not SILENCER.search(text):
        return []
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return [(token.start[0], token.string) for token in tokens if token.type == tokenize.COMMENT]


def unexplained(text: str) -> list[str]:
    """Complain of each silencer that names no code or gives no reason of three words."""
    comments = comments_of(text)
    lines = dict(comments)
    return [
        f"{number}: {comment}: name the code, and say why behind it or on the line above"
        for number, comment in comments
        if SILENCER.match(comment) and not is_explained(comment, lines.get(number - 1, ""))
    ]


def is_explained(comment: str, above: str) -> bool:
    """Tell whether a silencer names its codes and has a reason, beside it or in the line above."""
    silencer = CODE.fullmatch(comment)
    if not silencer:
        return False
    return any(len(re.findall(r"\w+", words)) >= 3 for words in (silencer["reason"], above))


def loosened(path: str, text: str) -> list[str]:
    """Complain where a whole module switches off pyright's rules and is not one that may."""
    if path.startswith(LOOSER_TYPES):
        return []
    return [
        f"{path}:{number}: {comment}: only {' and '.join(LOOSER_TYPES)} may"
        for number, comment in comments_of(text)
        if re.match(r"#\s*pyright:(?!\s*ignore)", comment)
    ]
