"""The registry's rows: read as a whole, replaced as a whole. What falls out is withdrawn, never deleted."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import func, inspect, select

from intake.model import Agency, Base, Contact, ReportType
from intake.store.session import Session

Row = Agency | Contact | ReportType
Copied = TypeVar("Copied", Agency, Contact, ReportType)


def current_registry(session: Session) -> tuple[list[Agency], list[Contact], list[ReportType]]:
    """What is in force: agencies, contacts and report types, in the order in which they were loaded."""
    return (
        list(session.scalars(select(Agency).where(Agency.withdrawn_at.is_(None)).order_by(Agency.code))),
        list(session.scalars(select(Contact).where(Contact.withdrawn_at.is_(None)).order_by(Contact.id))),
        list(session.scalars(select(ReportType).where(ReportType.withdrawn_at.is_(None)).order_by(ReportType.code))),
    )


def replace_registry(
    session: Session,
    agencies: Iterable[Agency],
    contacts: Iterable[Contact],
    report_types: Iterable[ReportType],
    now: datetime,
) -> set[str]:
    """Makes the stored registry equal to the given one, within the caller's transaction.

    Gives the agencies that have a contact now which they had not before.
    """
    _replace(session, Agency, agencies, lambda row: row.code, now)
    session.flush()
    new = _replace(session, Contact, contacts, lambda row: (row.agency_code, row.email.casefold(), row.role), now)
    _replace(session, ReportType, report_types, lambda row: row.code, now)
    return {one.agency_code for one in new}


def _replace(
    session: Session, kind: type[Any], rows: Iterable[Any], key: Callable[[Any], Any], now: datetime
) -> list[Any]:
    """Gives the rows that have come into force."""
    stored = {key(row): row for row in session.scalars(select(kind))}
    new = []
    for row in rows:
        known = stored.pop(key(row), None)
        if known is None or known.withdrawn_at:
            new.append(row)
        if known is None:
            session.add(row)
        else:
            _copy(row, known)
    for row in stored.values():
        row.withdrawn_at = row.withdrawn_at or now
    return new


def fresh_copy(row: Copied) -> Copied:
    """The same entry for another database; what became of it in this one is left out."""
    names = [one.key for one in inspect(type(row)).column_attrs if one.key not in ("id", "bounced_at")]
    return type(row)(**{name: getattr(row, name) for name in names})


def _copy(source: Base, target: Base) -> None:
    """Takes over every column that comes from the registry's files; a contact's bounces are kept."""
    for column in inspect(type(source)).column_attrs:
        if column.key not in ("id", "bounced_at"):
            setattr(target, column.key, getattr(source, column.key))


def add_contact(session: Session, contact: Contact) -> None:
    """Puts a contact into force, also one that had been withdrawn."""
    known = _contact(session, contact.agency_code, contact.email, contact.role)
    if known is None:
        session.add(contact)
    else:
        known.withdrawn_at = None


def withdraw_contact(session: Session, agency: str, email: str, role: str, now: datetime) -> None:
    known = _contact(session, agency, email, role)
    if known:
        known.withdrawn_at = known.withdrawn_at or now


def _contact(session: Session, agency: str, email: str, role: str) -> Contact | None:
    return session.scalars(
        select(Contact).where(
            Contact.agency_code == agency, func.lower(Contact.email) == email.lower(), Contact.role == role
        )
    ).first()


def aliases_of(session: Session, report_type: str) -> list[str]:
    return list(session.get_one(ReportType, report_type).aliases)


def set_aliases(session: Session, report_type: str, aliases: list[str]) -> None:
    session.get_one(ReportType, report_type).aliases = aliases
