"""The control room (`siaga room`): what topics say, on a page that people run a day from.

    topics ─► following ─► model ─► feed ─► a stream for each browser (SSE)
                             │        └── sight: what this person may see, and nothing else
                             └──► documents, for whoever asks by HTTP
    browser ─► doors ─► rights: what this person may do ─► writer ─► Kafka ─► the fold decides

The room decides nothing. It reads compacted topics into memory, so any number of them may run
beside each other, and none has anything to lose. What a person does here is a command on Kafka like
any other; the page shows it as pending until the fold has answered.

`model`, `rows`, `sight`, `rights` and `feed` are pure: records in, documents out.
"""
