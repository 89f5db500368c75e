"""Delivery status notifications: which mail is one, for whom a mail of ours failed, how, and which of ours it was.

RFC 3464 reports are read by their fields, all others by their prose (`recognition`, `prose`, `reasons`, `returned`).
"""
