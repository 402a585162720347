"""Receivers of notices and mirrors of alerts: one module each, one conformance suite over all."""
