"""What is seen of a running process from outside: metrics and logs.

No metric label and no log line has a TPS, a person or a candidate in it.
"""
