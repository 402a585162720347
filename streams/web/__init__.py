"""What everything of ours that answers over HTTP has in common; it knows no door and no page.

    socket ─► serving ─► Starlette ─► doors ─► a handler: `Incoming` to `Answer` ─► writer ─► Kafka
                                                       └── following ◄── topics

`streams.web.refusal` has the words for what is not taken, and `streams.web.message` the request
and the answer that handlers see: they know no framework.
"""
