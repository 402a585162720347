"""What persons do about areas on a nasty day, and persons who are not on duty."""

import random

from tests.oracle.folder import Folder
from tests.oracle.post import Post
from tests.oracle.replay import Judged
from tests.oracle.times import MINUTE, SECOND

__all__ = ["Commanding", "OffDuty"]

_COLOURS = ("hijau", "kuning", "merah")
_CHIEFS = (("chief", "commander"), ("chief", "commander"), ("chief", "commander"))
_OTHERS = (("ops", "commander"), ("put", "operator"), ("who", "commander"))


class Commanding:
    """Orders for the colour of an area: in time and too early, by who may and who may not."""

    def __init__(self, rng: random.Random, post: Post, folder: Folder) -> None:
        """Order about every area."""
        self.rng = rng
        self.post = post
        self.folder = folder

    def on(self, judged: Judged) -> None:
        """Follow most changes of a colour, and order some out of the blue."""
        for line in judged.lines:
            if line.about.rule == "X03" and line.change in {"opened", "reopened", "raised"}:
                at = line.at
                for colour in self.rng.choice(
                    (("kuning", "hijau"), ("hijau",), ("merah", "kuning"))
                ):
                    at += self.rng.choice((5, 44, 47, 90, 200)) * MINUTE
                    self._order(line.about.scope, colour, at)
        if judged.lines and self.rng.random() < 0.6:
            at = self.rng.choice(judged.lines).at
            area = self.rng.choice(sorted({tps[:8] for tps in self.folder.tps}))
            self._order(area, self.rng.choice(_COLOURS), at)

    def _order(self, area: str, colour: str, at: int) -> None:
        actor, role = self.rng.choice((*_CHIEFS, self.rng.choice(_OTHERS)))
        who = {"id": actor, "role": role, "area": area[:5]}
        fields = {"command": "set_situation", "area": area, "situation": colour}
        moment = at // SECOND * SECOND + self.rng.randrange(60) * SECOND
        self.post.send("operator.commands", who, moment, fields)


class OffDuty:
    """Officers who act on alerts, on duty or not."""

    def __init__(self, rng: random.Random, post: Post, folder: Folder) -> None:
        """Find those who are officers and may act."""
        self.rng = rng
        self.post = post
        listed = folder.actors or {}
        self.officers = sorted(actor for actor in folder.officer_home if actor in listed)

    def on(self, judged: Judged) -> None:
        """Act on a few alerts."""
        for line in judged.lines:
            if self.officers and line.change == "opened" and self.rng.random() < 0.05:
                who = {"id": self.rng.choice(self.officers), "role": "operator", "area": "16.10"}
                at = line.at // SECOND * SECOND + self.rng.randrange(1, 1800) * SECOND
                verb = self.rng.choice(("ack", "ack", "escalate", "note", "resolve"))
                fields = {"command": verb, "alert": line.alert}
                self.post.send("operator.commands", who, at, fields)
