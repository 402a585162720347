"""The machines under the rules: one module a detector, none knows another."""
