"""What persons do to the alerts of a nasty day: right things, wrong things, wrong persons."""

import random

from tests.oracle.book import Line
from tests.oracle.post import Post
from tests.oracle.replay import Judged
from tests.oracle.times import MINUTE, SECOND, write_time

__all__ = ["Acting", "CaseActing", "SealActing"]

_LIKELY = {
    "unacknowledged": ("ack", "ack", "ack", "escalate", "resolve", "shelve", "note"),
    "acknowledged": ("unack", "unack", "unack", "resolve", "escalate", "shelve", "note", "ack"),
    "returned": ("ack", "ack", "reopen", "resolve", "unack"),
    "resolved": ("reopen", "reopen", "ack"),
    "shelved": ("unshelve", "unshelve", "resolve", "ack", "escalate"),
    "inhibited": ("ack", "shelve", "resolve", "escalate", "note"),
}
_ACTORS = (
    ("ops", "operator"),
    ("ops", "operator"),
    ("ops", "operator"),
    ("chief", "commander"),
    ("chief", "commander"),
    ("put", "operator"),
    ("kpu", "liaison"),
    ("look", "commander"),
    ("who", "commander"),
)
_CLOSERS = (
    ("prop", "propam"),
    ("prop", "propam"),
    ("chief", "commander"),
    ("chief", "commander"),
    ("prop_far", "propam"),
    ("kpu", "liaison"),
    ("ops", "operator"),
    ("look", "propam"),
    ("who", "propam"),
)
_CASES = ("W08", "W09", "W12", "W13")
_LEVELS = ("", "", "polres", "polda", "kpu", "polsek", "nowhere")


class Acting:
    """One round of commands: the first acts on alerts, the next on what the first did to them."""

    def __init__(self, rng: random.Random, post: Post, round_: int, *, shelving: bool) -> None:
        """Later rounds act less."""
        self.rng = rng
        self.post = post
        self.share = (0.3, 0.25, 0.2)[round_]
        self.shelving = shelving

    def on(self, judged: Judged) -> None:
        """Act on some of the lines of a judged day, some time after each."""
        for line in judged.lines:
            # Acknowledged alerts are quiet, so they get a second chance of being touched.
            share = self.share * (2 if line.change == "acknowledged" else 1)
            if self.rng.random() < share:
                self._act(line)

    def _act(self, line: Line) -> None:
        verb = self.rng.choice(_LIKELY[line.state])
        if verb in {"shelve", "unshelve"} and not self.shelving:
            return
        at = line.at // SECOND * SECOND + self.rng.choice((1, 30, 300, 1200)) * SECOND
        at += self.rng.randrange(60) * SECOND
        actor, role = self.rng.choice(_ACTORS)
        fields: dict[str, object] = {"command": verb, "alert": self._name(line)}
        if verb == "escalate" and (level := self.rng.choice(_LEVELS)):
            fields["level"] = level
        if verb == "shelve" and self.rng.random() < 0.9:
            until = at + self.rng.choice((5, 10, 14, 25, 59, 90)) * MINUTE
            fields["until"] = write_time(until, 7)
        who = {"id": actor, "role": role, "area": "17.02"}
        self.post.send("operator.commands", who, at, fields)

    def _name(self, line: Line) -> str:
        if self.rng.random() < 0.5:
            return line.alert
        about = line.about
        return f"{about.rule}@{about.scope}" + (f"|{about.key}" if about.key else "")


class SealActing:
    """Persons say that a seal is right: by its alert or its box, rightly or not."""

    def __init__(self, rng: random.Random, post: Post) -> None:
        """Act on what T12 tells."""
        self.rng = rng
        self.post = post

    def on(self, judged: Judged) -> None:
        """Confirm some of the seals, some time after."""
        for line in judged.lines:
            if line.about.rule == "T12" and line.change == "opened" and self.rng.random() < 0.5:
                actor, role = self.rng.choice(_ACTORS)
                at = line.at // SECOND * SECOND + self.rng.randrange(1, 40) * MINUTE
                box, area = line.about.scope.partition("/")[2], line.alert[:2]
                named: dict[str, object] = {"alert": line.alert}
                if self.rng.random() < 0.5:
                    named = {"box": box, "area": f"{area}.{line.alert[2:4]}"}
                who = {"id": actor, "role": role, "area": area}
                self.post.send("operator.commands", who, at, {"command": "confirm_seal", **named})


class CaseActing:
    """Persons close what nothing else ends: with and without a reason, and not only their own."""

    def __init__(self, rng: random.Random, post: Post) -> None:
        """Act on what these rules tell."""
        self.rng = rng
        self.post = post

    def on(self, judged: Judged) -> None:
        """Act on most of what has begun, at once or hours later, some of them twice."""
        for line in judged.lines:
            if line.about.rule in _CASES and line.change in {"opened", "reopened"}:
                for _ in range(self.rng.choice((1, 1, 1, 2))):
                    self._act(line)

    def _act(self, line: Line) -> None:
        actor, role = self.rng.choice(_CLOSERS)
        if self.rng.random() < 0.5:
            actor, role = ("prop", "propam") if line.about.rule == "W08" else ("chief", "commander")
        verb = self.rng.choice(("close_case", "close_case", "close_case", "resolve", "ack"))
        fields: dict[str, object] = {"command": verb, "alert": line.alert}
        if self.rng.random() < 0.8:
            fields["reason"] = "R/LI-07"
        at = line.at // SECOND * SECOND + self.rng.randrange(1, 130) * MINUTE
        who = {"id": actor, "role": role, "area": line.alert[:2]}
        self.post.send("operator.commands", who, at, fields)
