"""Attachments to text and facts: one file per format. Foreign bytes are opened in a worker process only."""
