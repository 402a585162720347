"""The doors in, over HTTP: for those who do not speak Kafka."""
