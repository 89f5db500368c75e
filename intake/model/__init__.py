"""The nouns, as SQLAlchemy 2.0 typed declarations. They carry no behaviour beyond plain questions about themselves.

Relationships are not declared: what belongs together is asked for in `store.queries`, so no attribute hides SQL.
"""

from intake.model.base import Base, UtcDateTime
from intake.model.incidents import Demand, DemandKind, DemandStatus, DemandStep, Directive, Incident, IncidentReport
from intake.model.keeping import AuditEvent, Lease, Milestone
from intake.model.mails import Cursor, Document, MailWords, Message
from intake.model.notices import Notice
from intake.model.obligations import (
    Obligation,
    ObligationStatus,
    ReceiptCounter,
    ReminderStep,
    StepNotice,
    Submission,
    SubmissionStatus,
    Timeliness,
)
from intake.model.people import USER_ROLES, BrowserSession, FailedSignIn, User, UserRole
from intake.model.registry import OFFICE, Agency, Contact, ReportType, Role

__all__ = [
    "OFFICE",
    "USER_ROLES",
    "Agency",
    "AuditEvent",
    "Base",
    "BrowserSession",
    "Contact",
    "Cursor",
    "Demand",
    "DemandKind",
    "DemandStatus",
    "DemandStep",
    "Directive",
    "Document",
    "FailedSignIn",
    "Incident",
    "IncidentReport",
    "Lease",
    "MailWords",
    "Message",
    "Milestone",
    "Notice",
    "Obligation",
    "ObligationStatus",
    "ReceiptCounter",
    "ReminderStep",
    "ReportType",
    "Role",
    "StepNotice",
    "Submission",
    "SubmissionStatus",
    "Timeliness",
    "User",
    "UserRole",
    "UtcDateTime",
]
