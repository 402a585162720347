"""The doors in, over HTTP, for those who do not speak Kafka (`siaga gate`).

    request ─► who is it?  ─► may he, how fast? ─► events ─► syntax ─► Kafka ─► 202
               callers        grants, buckets      splitting  taking    writer

A door judges what a sender can mend at once: who he is, what he may send, and whether it is well
formed. Where it belongs and what it means is for intake and the fold to say, as of every record.
Nothing is answered with 202 that Kafka has not acknowledged, and a request may be repeated with
the same ids as often as a sender likes: it counts once. So a gate has no state that could be lost,
and there can be any number of them.

The modules of doors know no framework: they take an `Incoming` and return an `Answer`.
`streams.web.doors` puts them behind Starlette, `streams.web.serving` behind a socket.
"""
