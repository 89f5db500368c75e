"""The words that a config and a registry may use for notices, roles and urgent matters."""

NOTICES = (
    "acknowledgment", "incomplete", "under_review", "refusal", "reminder", "overdue", "escalation", "directive",
    "incident_alert", "incident_request", "share", "office_receipt", "daily_digest", "compliance_summary",
    "secrecy_refusal", "admin_alert", "correction", "request_answer", "deadline_moved", "directive_order",
)  # fmt: skip
AGENCY_ROLES = ("submitter", "head", "supervisor", "duty")
OFFICE_ROLES = ("duty", "leader", "records", "secrecy")
CATEGORIES = (
    "natural_disaster", "epidemic", "social_evil", "security", "public_order", "fire_explosion", "border_crossing",
    "deforestation", "other",
)  # fmt: skip
