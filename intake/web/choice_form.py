"""What a form says that a mail is: the agency, up to three reports, and which document belongs to which."""

from datetime import datetime

from intake.errors import ConfigError
from intake.office.choosing import Choice, Report
from intake.office.typed import if_given, late_moment
from intake.web.visit import Visit

LINES = 3


def choice_of(visit: Visit) -> Choice:
    """The choice that a form makes. Raises `ConfigError` where it is none."""
    reports = [(visit.told(f"type{line}"), visit.told(f"period{line}")) for line in range(1, LINES + 1)]
    for report_type, period in reports:
        if bool(report_type) != bool(period):
            raise ConfigError("each report needs its type and its period")
    whole = tuple(dict.fromkeys(one for one in reports if all(one)))
    shares = {
        int(name.removeprefix("document")): _owner(reports, str(value))
        for name, value in visit.form.multi_items()
        if name.startswith("document") and name.removeprefix("document").isdecimal() and value
    }
    return Choice(visit.told("agency"), whole, shares, _due_at(visit))


def _owner(reports: list[Report], line: str) -> Report | None:
    """The report on that line of the form; None for "-", which is for no report."""
    if line == "-":
        return None
    if line.isdecimal() and 1 <= int(line) <= LINES:
        return reports[int(line) - 1]
    raise ConfigError("a document belongs to one of the reports, or to none")


def _due_at(visit: Visit) -> datetime | None:
    return if_given(late_moment, visit.told("due"), visit.desk.zone)
