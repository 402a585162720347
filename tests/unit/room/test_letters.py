"""Dead letters as the room holds them: who sees which, until it is sent again."""

import json

import pytest
from msgspec.structs import replace

from streams.engine.topics import Topic
from streams.room.kinds import Kind
from streams.room.letters import CONDUCT as CONDUCT_CODES
from streams.room.model import Model
from streams.room.names import Names
from streams.room.sight import Shade
from streams.setup import load_pack
from tests.support.room_houses import arrived
from tests.unit.room.documents import NOW


def test_a_letter_that_was_sent_again_is_done() -> None:
    """Letters are of no place; those of counts are for few."""
    model = Model()
    headers = ((b"schema", b"tps.status"), (b"schema", b"vote.counts"))
    for offset, (reason, topic) in enumerate(headers):
        words = (("reason", reason), ("topic", topic), ("detail", b"x"))
        one = arrived(Topic.DEADLETTER, "", b"{}", NOW, words)
        model.apply(replace(one, offset=offset))
    assert Shade("") == model.shade(Kind.LETTERS, "0:0")
    assert Shade("", ("commander", "liaison")) == model.shade(Kind.LETTERS, "0:1")
    model.take_touched()
    model.apply(arrived(Topic.DEADLETTER, "", b"", NOW, (("resent", b"0:0"),)))
    assert {(Kind.LETTERS, "0:0"): Shade("")} == model.take_touched()
    assert ["0:1"] == [*model.letters.open]


CONDUCT = b'{"text":"Oknum polisi","category":"NET-01"}'
LETTERS: dict[str, tuple[Topic, bytes | None, tuple[str, ...]]] = {
    "plain": (Topic.TPS_STATUS, b'{"id":"s-1"}', ()),
    "conduct": (Topic.CROWD_REPORTS, CONDUCT, ("propam",)),
    "conduct, cut": (Topic.CROWD_REPORTS, CONDUCT[:-1], ("propam",)),
    "conduct, wrapped twice": (
        Topic.CROWD_REPORTS,
        json.dumps({"data": CONDUCT.decode()}).encode(),
        ("propam",),
    ),
    **{
        f"conduct, mistyped {code}": (
            Topic.CROWD_REPORTS,
            CONDUCT.replace(b"NET-01", code.encode()),
            ("propam",),
        )
        for code in ("net-01", "NET01", "Net 1", "NET\\u002d\\u00301", "NET_001")
    },
    "about no conduct": (Topic.CROWD_REPORTS, b'{"category":"NET-11"}', ()),
    "restricted topic": (Topic.RESTRICTED_RECEIPTS, b"{}", ("propam",)),
    "votes where they are not awaited": (
        Topic.TPS_STATUS,
        b'{"votes":{"01":120}}',
        ("commander", "liaison"),
    ),
    "about a count": (
        Topic.CROWD_REPORTS,
        b'{"category":"HIT-02","text":"01 menang"}',
        ("commander", "liaison"),
    ),
    "about a count, mistyped": (
        Topic.CROWD_REPORTS,
        b'{"category":"hit-2"}',
        ("commander", "liaison"),
    ),
    "command": (Topic.OPERATOR_COMMANDS, b'{"reason":"x"}', ("commander",)),
    "command of Propam": (
        Topic.OPERATOR_COMMANDS,
        b'{"actor":{"id":"p","role":"propam"}}',
        ("propam",),
    ),
    "not JSON": (Topic.TPS_STATUS, b"{", ("commander",)),
    "not UTF-8": (Topic.TPS_STATUS, b'{"id":"\xff"}', ("commander",)),
    "no object": (Topic.TPS_STATUS, b'"text"', ("commander",)),
    "base64": (Topic.TPS_STATUS, b'{"data_base64":"e30="}', ("commander",)),
    "nothing": (Topic.TPS_STATUS, None, ("commander",)),
}


@pytest.mark.parametrize(("topic", "value", "roles"), LETTERS.values(), ids=LETTERS)
def test_a_letter_is_for_few_where_what_it_holds_is(
    topic: Topic, value: bytes | None, roles: tuple[str, ...]
) -> None:
    """Whatever else is wrong with it; what nobody can read is for commanders."""
    model = Model()
    words = (("reason", b"schema"), ("topic", topic.encode()))
    model.apply(arrived(Topic.DEADLETTER, "", value, NOW, words))
    assert Shade("", roles) == model.shade(Kind.LETTERS, "0:0")


def test_which_categories_are_for_few_the_packs_say() -> None:
    """The one that is shipped says what is assumed without any."""
    assert CONDUCT_CODES == Names((), (load_pack("siaga", "pilkada"),)).restricted
    assert CONDUCT_CODES == Names().restricted
    model = Model({"KAM-01": ("commander",)})
    words = (("reason", b"schema"), ("topic", b"crowd.reports"))
    model.apply(arrived(Topic.DEADLETTER, "", b'{"category":"KAM-01"}', NOW, words))
    assert Shade("", ("commander",)) == model.shade(Kind.LETTERS, "0:0")
