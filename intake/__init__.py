"""Receives the reports that agencies mail to an office, acknowledges them, reminds and escalates."""
