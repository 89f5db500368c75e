"""Urgent matters: what tells of harm, which matter it is, and whether it goes on with one that is open."""
