"""What the short words on the screen mean: each kind of notice, how a report stands, what lies in the demo's folder."""

NOTICES = {
    "acknowledgment": "your mail came: receipt, deadline, every file with its checksum",
    "incomplete": "your report came, and this is missing",
    "under_review": "your mail came, and a person looks at it",
    "refusal": "your mail could not be taken, and why",
    "secrecy_refusal": "marked papers do not go by ordinary mail (repeats nothing of them)",
    "reminder": "a deadline draws near; one mail for all that is due",
    "overdue": "the deadline has passed",
    "escalation": "the same to the head of the agency",
    "directive": "the agency is ordered to report",
    "share": "a copy for the agency that collects this kind of report",
    "daily_digest": "to the leaders: the day put together, with a document to sign",
    "office_receipt": "to the office's records: what was received",
    "incident_alert": "to the office's duty staff: an urgent matter, at once",
    "incident_request": "to the agency: more is asked about an urgent matter",
    "correction": "a person decided otherwise than what you were told before",
    "request_answer": "the later deadline that you asked for is granted, or refused, and why",
    "deadline_moved": "the deadline that you were reminded of has moved",
    "compliance_summary": "how the deadlines of the month before were kept",
    "admin_alert": "to the administrator: the service itself needs a person",
}
STANDINGS = {
    "on_time": "ok", "late": "late", "incomplete": "part", "overdue": "NONE", "open": "due", "upcoming": "due",
    "waived": "-",
}  # fmt: skip
KEPT = {
    "inbox/": "the mails that came (a Maildir)",
    "outgoing/": "the mails that were sent (a Maildir)",
    "intake.db": "what was made of them (SQLite)",
    "messages/": "every mail as it came, kept for good",
    "log.txt": "what the service logged",
}
