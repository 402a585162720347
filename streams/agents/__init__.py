"""Faust agents: thin, one a role. They decide nothing."""
