"""Verdicts to rows: what every job that decides something writes down, within the caller's transaction."""
