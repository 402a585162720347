"""The courier: notices from Kafka to the channels, and receipts back. It decides little.

What is tried when, how often and by which way is decided by `streams.delivery`.
"""
