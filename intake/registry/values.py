"""The value of an entry under a column, as a cell shows it."""

from datetime import date

from intake.model import Agency, Contact, ReportType

Entry = Agency | Contact | ReportType


def value_of(entry: Entry, column: str) -> str | date | None:
    """The entry's value under a column of its sheet; several values as one text, parted by `;`."""
    value: str | date | list[str] | None = getattr(entry, "agency_code" if column == "agency" else column)
    return ";".join(value) if isinstance(value, list) else value


def text_of(entry: Entry, column: str) -> str:
    value = value_of(entry, column)
    return "" if value is None else str(value)
