"""What tests share: brokers, tools, builders. Nothing here is a test but of these things."""
