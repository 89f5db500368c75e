"""The filters of the English templates, by the same names as the Vietnamese ones. Instants are in the office's zone."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any

from intake.rendering.periods import Periodic, period_parts
from intake.rendering.vietnamese import last_day

__all__ = [
    "after", "bare", "by", "category", "clock", "count", "day", "days", "deadline", "evidence", "head_of",
    "headline", "honoured", "instant", "last_day", "listing", "moment", "number", "office_short", "period",
    "remedy", "requirement", "requirements", "roles", "size", "span", "timeliness", "title", "told", "weekday",
    "window",
]  # fmt: skip

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_CATEGORIES = {
    "natural_disaster": "natural disaster",
    "epidemic": "epidemic",
    "social_evil": "social evil",
    "security": "security",
    "public_order": "public order",
    "fire_explosion": "fire or explosion",
    "border_crossing": "illegal border crossing",
    "deforestation": "deforestation",
    "other": "other urgent matter",
}
_REQUIRED = {
    "pdf": "a PDF",
    "signed_pdf": "a digitally signed PDF",
    "docx": "a Word document (.docx)",
    "xlsx": "an Excel workbook (.xlsx)",
    "document": "a document (PDF or Word)",
    "table": "a table of figures (Excel)",
    "body": "the text of the mail",
    "number": "the document's number and symbol",
}
_REMEDIES = {
    "pdf": "send the report as a PDF file, saved from Word or scanned",
    "signed_pdf": "sign the PDF digitally and send it again; a PDF without a digital signature, even a scan with "
    "signature and seal, or one changed after signing, does not do. If the signed one was sent another way, say how",
    "docx": "send the report as a Word file (.docx; save an old .doc as .docx)",
    "xlsx": "send the table as an Excel file (.xlsx; save an old .xls as .xlsx)",
    "document": "send the report as a PDF or a Word file",
    "table": "send the table of figures as an Excel file, not as a picture or a scan",
    "body": "write the report into the text of your answer",
    "number": "send the registered version, which bears its number and symbol",
}
_TIMELINESS = {"on_time": "ON TIME", "early": "ON TIME (early)", "late": "LATE"}
_ROLES = {
    "submitter": "the reporting agency",
    "head": "the agency's head",
    "supervisor": "the supervising officer",
    "duty": "the duty officer",
    "leader": "the office's leaders",
    "records": "the records desk",
    "secrecy": "the secrecy officer",
}
_TOLD = {
    "reminder": "reminded on",
    "overdue": "told overdue on",
    "escalation": "escalated on",
    "directive": "formally requested on",
}


def day(value: date) -> str:
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def days(values: Iterable[date]) -> str:
    return listing([day(one) for one in sorted(set(values))])


def weekday(value: date) -> str:
    return _WEEKDAYS[value.weekday()]


def clock(value: datetime) -> str:
    return f"{value:%H:%M}"


def moment(value: datetime) -> str:
    return f"{clock(value)} on {day(value)}"


def instant(value: datetime) -> str:
    return f"{value:%H:%M:%S} on {weekday(value)}, {day(value)}"


def deadline(due_at: datetime, with_weekday: bool = True) -> str:
    """ "by the end of Monday, 18 November 2019", or "before 17:00 on Tuesday, 17 September 2019"."""
    last = last_day(due_at)
    named = f"{weekday(last)}, {day(last)}" if with_weekday else day(last)
    return f"by the end of {named}" if due_at.time() == time() else f"before {clock(due_at)} on {named}"


def by(due_at: datetime, with_weekday: bool = True) -> str:
    return deadline(due_at, with_weekday)


def after(value: datetime) -> str:
    return f"after {day(last_day(value))}" if value.time() == time() else f"after {moment(value)}"


def period(line: Any) -> str:
    """ "October 2019", "the third quarter of 2019"; "" for what is reported once."""
    parts = period_parts(line)
    if parts is None:
        return "" if line.period == line.report_type else f"request {line.period}"
    if parts.unit == "day":
        return day(date(parts.year, parts.month, parts.number))
    if parts.unit == "week":
        return f"week {parts.number} of {parts.year} ({day(line.period_start)} to {day(line.period_end)})"
    if parts.unit == "month":
        return f"{_MONTHS[parts.number - 1]} {parts.year}"
    if parts.unit == "quarter":
        return f"quarter {parts.number} of {parts.year}"
    if parts.unit == "half":
        return f"{('first', 'second')[parts.number - 1]} half of {parts.year}"
    return f"first nine months of {parts.year}" if parts.unit == "nine_months" else f"year {parts.year}"


def window(line: Any) -> str:
    """ "15 September 2019 to 14 October 2019", where the period does not say it itself."""
    parts = period_parts(line)
    if parts is None or parts.unit in ("day", "week"):
        return ""
    return f"{day(line.period_start)} to {day(line.period_end)}"


def title(line: Periodic) -> str:
    words = period(line)
    return f"{line.report_name}, {words}" if words else line.report_name


def bare(name: str) -> str:
    return name


def headline(lines: Sequence[Periodic]) -> str:
    """What a subject calls one report, or several of one period or of many."""
    if len(lines) == 1:
        return title(lines[0])
    periods = {period(one) for one in lines}
    same = periods.pop() if len(periods) == 1 else ""
    names = dict.fromkeys(one.report_name if same else title(one) for one in lines)
    return f"{len(lines)} reports{f', {same}' if same else ''}: {'; '.join(names)}"


def requirement(word: str) -> str:
    """The registry's word for what a complete report carries, in plain words."""
    kind, _, place = word.partition(":")
    if kind == "xlsx" and place:
        sheet, _, cell = place.rpartition("!")
        return f"a figure in cell {cell} of sheet {sheet}"
    if kind == "docx" and place:
        return f'the section "{place}", filled in'
    return _REQUIRED.get(word, word)


def remedy(word: str) -> str:
    """How an agency supplies what is missing, after "please"."""
    kind, _, place = word.partition(":")
    if kind in ("xlsx", "docx") and place:
        return "fill it in in the report's own file and send that file again"
    return _REMEDIES.get(word, "send it")


def evidence(sentence: str) -> str:
    """A sentence of the rules, which are English."""
    return sentence


def requirements(words: Sequence[str]) -> str:
    return "; ".join(requirement(word) for word in words)


def timeliness(word: str) -> str:
    return _TIMELINESS[word]


def category(word: str) -> str:
    return _CATEGORIES.get(word, _CATEGORIES["other"])


def roles(words: Sequence[str]) -> str:
    return listing([_ROLES[word] for word in words])


def told(lines: Sequence[Any]) -> str:
    by_notice: dict[str, list[date]] = {}
    for line in lines:
        by_notice.setdefault(line.notice, []).append(line.on)
    return "; ".join(f"{_TOLD[notice]} {days(dates)}" for notice, dates in by_notice.items())


def number(value: float) -> str:
    return f"{value:,}"


def size(value: int) -> str:
    return f"{number(value)} bytes"


def count(value: int) -> str:
    return str(value)


def listing(words: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def head_of(agency: str) -> str:
    return f"the head of {agency}"


def honoured(name: str, agency: str) -> str:
    return name or head_of(agency)


def span(first: date, last: date, as_of: datetime) -> str:
    return f"reports due from {day(first)} to {day(last)}, as of {moment(as_of)}"


def office_short(name: str) -> str:
    return "the office"
