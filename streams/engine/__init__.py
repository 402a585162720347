"""The engine: carries bytes between Kafka and the judgment, and knows nothing of either's meaning.

Two roles, each a consumer group of its own in production:

- *intake* takes records of the source topics, has an `Acceptor` judge each, and appends what was
  accepted to the journal;
- *watch* runs one `Fold` for each journal partition it owns, sends what the fold decides, and
  keeps checkpoints of the fold's rows.

Everything that must hold whatever crashes is decided here, in small modules that see Kafka only
through the ports (`ports.py`). `transport*.py` are the ports' real side, on Faust; the tests have
a simulated one. docs/adr/0010 and the following say why it is built so.
"""
