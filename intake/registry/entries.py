"""Rows to agencies, contacts and report types. Judges each cell on its own; every mistake is noted, none stops it."""

import re
from datetime import date
from typing import cast

from intake.config import AGENCY_ROLES, OFFICE_ROLES
from intake.errors import ConfigError
from intake.model import OFFICE, Agency, Contact, ReportType, Role
from intake.registry.columns import CLOSINGS, FREQUENCIES, ROLLS
from intake.registry.tables import Row
from intake.rules.deadlines.due import parse_due

REQUIREMENTS = ("pdf", "signed_pdf", "docx", "xlsx", "document", "table", "body", "number")

_EMAIL = re.compile(
    r"(?P<local>\*|[\w!#$%&'+/=?^`{|}~-]+(?:\.[\w!#$%&'+/=?^`{|}~-]+)*)"
    r"@(?P<domain>localhost|(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9])",
    re.IGNORECASE | re.ASCII,
)
# Where anybody can have an address: the whole of such a domain would make every sender there one agency.
_OPEN_TO_ALL = frozenset(
    {
        "gmail.com", "googlemail.com", "yahoo.com", "yahoo.com.vn", "ymail.com", "outlook.com", "outlook.com.vn",
        "hotmail.com", "live.com", "msn.com", "icloud.com", "me.com", "aol.com", "gmx.com", "mail.com", "proton.me",
        "protonmail.com", "zoho.com", "yandex.com", "mail.ru",
    }
)  # fmt: skip
_ISO_DATE = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)")
_WRITTEN_DATE = re.compile(r"(?P<day>\d\d?)([/.-])(?P<month>\d\d?)\2(?P<year>\d{4})")
_SHEET_CELL = re.compile(r"xlsx:(?P<sheet>[^!]+)!(?P<cell>\$?[a-z]{1,3}\$?[1-9]\d{0,6})", re.IGNORECASE)
_SECTION = re.compile(r"docx:\s*\S.*", re.IGNORECASE)


def is_mail_address(text: str) -> bool:
    """Whether the registry could hold this as one person's address."""
    found = _EMAIL.fullmatch(text)
    return found is not None and found["local"] != "*"


def agency_from(row: Row) -> Agency:
    active_from, active_to = _active(row)
    return Agency(
        code=_code(row, "code"),
        name=_needed(row, "name"),
        aliases=row.values("aliases"),
        groups=row.values("groups"),
        parent=row.text("parent") or None,
        active_from=active_from,
        active_to=active_to,
    )


def contact_from(row: Row) -> Contact:
    agency = _code(row, "agency")
    roles = OFFICE_ROLES if agency == OFFICE else AGENCY_ROLES
    return Contact(
        agency_code=agency,
        email=_email(row),
        role=cast(Role, _choice(row, "role", roles, default="")),
        name=row.text("name"),
    )


def report_type_from(row: Row) -> ReportType:
    active_from, active_to = _active(row)
    frequency = _choice(row, "frequency", FREQUENCIES, default="")
    return ReportType(
        code=_code(row, "code"),
        name=_needed(row, "name"),
        frequency=frequency,
        closing=_choice(row, "closing", CLOSINGS, default="calendar"),
        due=_due(row, frequency),
        roll=_choice(row, "roll", ROLLS, default="next"),
        aliases=row.values("aliases"),
        required=[_requirement(row, text) for text in row.values("required")],
        groups=row.values("groups"),
        policy=row.text("policy") or "standard",
        share_with=row.values("share_with"),
        active_from=active_from,
        active_to=active_to,
    )


def _needed(row: Row, column: str) -> str:
    text = row.text(column)
    # Where the whole column is missing, that was said once, in the row of the titles.
    if not text and column in row.cells:
        row.wrong(column, "the cell is empty")
    return text


def _code(row: Row, column: str) -> str:
    code = _needed(row, column)
    if len(code) > 64 or ";" in code:
        row.wrong(column, "a code of at most 64 characters without ;")
    return OFFICE if code.casefold() == OFFICE else code


def _choice(row: Row, column: str, choices: tuple[str, ...], default: str) -> str:
    text = row.text(column) if default else _needed(row, column)
    word = text.lower().replace("-", "_").replace(" ", "_")
    if text and word not in choices:
        row.wrong(column, f"{text!r} is none of {', '.join(choices)}")
    return word or default


def _email(row: Row) -> str:
    text = _needed(row, "email")
    found = _EMAIL.fullmatch(text)
    if text and not found:
        row.wrong("email", f"{text!r} is no mail address; one such as vanthu@so.example.vn, or *@so.example.vn")
    if found and found["local"] == "*" and found["domain"].lower() in _OPEN_TO_ALL:
        row.wrong("email", f"anybody can have an address at {found['domain']}; give the agency's own, one a row")
    return f"{found['local']}@{found['domain'].lower()}" if found else text


def _due(row: Row, frequency: str) -> str:
    text = row.text("due")
    if frequency in FREQUENCIES and (text or frequency != "ad_hoc"):
        try:
            parse_due(text, frequency)
        except ConfigError as mistake:
            row.wrong("due", mistake.sentence)
    return text


def _requirement(row: Row, text: str) -> str:
    kind, colon, probe = text.partition(":")
    if text.lower() in REQUIREMENTS:
        return text.lower()
    if colon and (_SHEET_CELL.fullmatch(text) or _SECTION.fullmatch(text)):
        return f"{kind.lower()}:{probe}"
    row.wrong("required", f"{text!r} is none of {', '.join(REQUIREMENTS)}, xlsx:SHEET!CELL, docx:HEADING")
    return text


def _active(row: Row) -> tuple[date | None, date | None]:
    first, last = _day(row, "active_from"), _day(row, "active_to")
    if first and last and first > last:
        row.wrong("active_to", f"{last} is before active_from, {first}")
    return first, last


def _day(row: Row, column: str) -> date | None:
    text = row.text(column)
    if not text:
        return None
    try:
        found = _ISO_DATE.fullmatch(text) or _WRITTEN_DATE.fullmatch(text)
        if found:
            return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        pass
    row.wrong(column, f"{text!r} is no date; one such as 2025-03-01 or 01/03/2025")
    return None
