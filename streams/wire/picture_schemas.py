"""What the JSON Schemas say of the documents of `siaga.picture`."""

from typing import Final

from streams.wire.picture import AreaPicture, TpsPicture
from streams.wire.schema_spec import Schema

__all__ = ["PICTURE_SCHEMAS"]

_OF_BOTH: Final = {
    "drill": "whether the election is a drill's",
    "at": "`now` of the partition when this was made; nothing else may differ from the one before",
    "alerts": "open ones that everybody may see, by severity",
}

PICTURE_SCHEMAS: Final = {
    "tps-picture": Schema(
        TpsPicture,
        "How a TPS stands",
        "",
        {},
        _OF_BOTH
        | {
            "stage": "where its day stands; `suspended` while it is",
            "stage_at": "since when; null: it has not opened",
            "stages_at": "the stages that it has come to, the newest 16, in the order of its day; "
            "one that it has come to again stands there again",
            "suspended_stage": "of a suspended one: the stage that it goes back to",
            "heard_at": "when its newest message was sent; null: none came",
            "silent": "an open alert says that it has been quiet for too long",
            "raised": "it is judged one class tighter at present",
            "box": "left: at least one of its boxes is on its way; arrived: all that left are in; "
            "null: none has left",
            "place": "null: the folder does not say",
        },
    ),
    "area-picture": Schema(
        AreaPicture,
        "How an area stands",
        "",
        {},
        _OF_BOTH
        | {
            "now": "stream time",
            "heard": "of a kabupaten: everything that was sent before this has been judged",
            "colour": "of a kabupaten and kecamatan; a desa has none",
            "colour_since": "since when it is not `hijau`",
            "tps": "of the plan",
            "stages": "TPS by stage, every stage",
            "classes": "TPS by class, every class",
            "never_heard": "TPS that have sent nothing",
            "silent": "TPS of which an open alert says so",
            "raised": "TPS that are judged one class tighter at present",
            "unacknowledged": "of the open alerts: nobody has taken them",
            "triage": "reports on the desk, `open` or `placed`, that everybody may see",
            "counts": "by contest that has TPS here",
            "expected": "of a kabupaten: TPS that should have reached a stage by `now`, by the "
            "hours of the plan and the limits of the rules; only stages that a rule awaits",
            "expected_by": "of a kabupaten: how `expected` rises through the whole day, by the "
            "minute; null from workers of before",
            "strength": "of a kabupaten: its Polsek, by name",
            "boxes": "of a kabupaten: those on their way, first due first, at most 50",
            "boxes_away": "how many are on their way",
        },
    ),
}
"""By name; the file is `NAME.schema.json`."""
