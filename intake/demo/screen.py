"""The month on the screen: what was owed, what came and what became of it, who was told what, and who is late.

Readable at 80 columns and without colours. Vietnamese texts stand as they are; the explanations are in English.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from intake.demo.agencies import ISSUERS, PROVINCE
from intake.demo.decisions import Decided
from intake.demo.legend import KEPT, NOTICES, STANDINGS
from intake.demo.month import Arrived, Month, Told
from intake.demo.story import ZONE
from intake.model import ReportType
from intake.records.outcome import BookedReport, Outcome

PROMPTS = ("reminder", "overdue", "escalation", "directive")
WIDEST = 116

_FULL_LINE = 70


def introduction(console: Console) -> None:
    text = (
        f"A month in the office of an invented province, {PROVINCE}: {len(ISSUERS)} agencies owe it reports and send "
        "them by mail, as people do. The service reads the mailbox, books each report against what is owed, answers, "
        "reminds whoever has not reported yet, and tells the heads of those who are late. What it cannot be sure of "
        "it leaves to a person. It runs here as it would for real, with a mailbox, a database and outgoing mail of "
        "its own; only the clock is turned, from 1 to 31 October 2026."
    )
    console.print(Panel(text, title="intake demo", width=_width(console)))


def what_is_owed(console: Console, report_types: Iterable[ReportType], owing: Counter[str]) -> None:
    _heading(
        console,
        "1. Who owes what",
        "From the registry, three tables that the office keeps: agencies, their contacts, and types of reports. "
        "'closing +2wd' is two working days after the period closes; a 'decree' month runs from the 15th to the 14th.",
    )
    agencies = _table("Agency", "Name", "Writes from")
    for code, issuer in ISSUERS.items():
        agencies.add_row(code, issuer.name, issuer.clerk.address)
    types = _table("Report", "Name", "How often", "Due", "Must carry", "Owed")
    for kind in report_types:
        often = f"{kind.frequency}{', decree' if kind.closing == 'decree' else ''}"
        types.add_row(kind.code, kind.name, often, kind.due, ", ".join(kind.required), str(owing[kind.code]))
    _show(console, agencies, "", types)


def what_came(console: Console, month: Month) -> None:
    _heading(
        console,
        "2. What came, what it was booked as and why, and what was answered",
        "In the order of arrival. Between the mails stand the decisions that were left to a person.",
    )
    for event in month.events:
        if isinstance(event, Arrived):
            _show(console, _arrival(event), "")
        else:
            _show(console, _decision(event), "")


def _arrival(arrived: Arrived) -> RenderableType:
    mail, outcome = arrived.mail, arrived.outcome
    lines = [
        ("from", f"{mail.clerk.name} <{mail.clerk.address}>"),
        ("subject", mail.subject or "(none)"),
        ("files", ", ".join(one.name for one in mail.files)),
        ("booked", "\n".join(_booked(outcome))),
        ("why", "; ".join(dict.fromkeys(filter(None, (outcome.reason, *outcome.evidence))))),
        ("answer", "\n".join(_answers(arrived))),
    ]
    return _entry(mail.at, mail.shows, lines)


def _decision(event: Decided) -> RenderableType:
    return _entry(event.at, "A person decides", [("command", event.command), ("why", event.because)])


def _entry(moment: datetime, title: str, lines: Iterable[tuple[str, str]]) -> RenderableType:
    """A headline with labelled lines below it, the long ones hanging under their own beginning."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=11, justify="right", style="dim")
    grid.add_column(overflow="fold")
    for label, text in lines:
        if text:
            grid.add_row(label, Text(text))
    return Group(Text(f"{moment:%a %d/%m %H:%M:%S}  {title}", style="bold"), grid)


def _booked(outcome: Outcome) -> list[str]:
    agency = f" from {ISSUERS[outcome.agency].name}" if outcome.agency else ""
    if outcome.reports:
        return [f"report{agency}: {_report(one)}" for one in outcome.reports]
    if outcome.incident:
        opened = "a new one" if outcome.incident.opened else f"goes on with no. {outcome.incident.id}"
        return [f"urgent matter{agency}: {outcome.incident.category}, {opened}"]
    return [f"{outcome.disposition}{agency}"]


def _report(one: BookedReport) -> str:
    number = f", no. {one.number}" if one.number else ""
    version = f", version {one.version}" if one.version > 1 else ""
    missing = f", missing: {', '.join(one.missing)}" if one.missing else ""
    in_time = f"{one.timeliness.replace('_', ' ')} (late from {one.due_at.astimezone(ZONE):%d/%m %H:%M})"
    return f"{one.report_type} {one.period}{number}{version}: {one.status}{missing}, {in_time}"


def _answers(arrived: Arrived) -> list[str]:
    return [f"{one.name} to {one.recipient}: {one.mail.subject}" for one in arrived.answers] or ["none"]


def who_was_told(console: Console, told: Sequence[Told]) -> None:
    _heading(
        console,
        "3. Who was reminded, and of what",
        "Reminders come before the deadline, 'overdue' once it has passed, and an escalation goes to the head of the "
        "agency too; all of them in office hours. Nobody is accused while a mail of theirs waits for a person.",
    )
    table = _table("When", "Notice", "About", "To", "Mails")
    for (moment, name, reports), group in groupby((one for one in told if one.name in PROMPTS), key=_same_prompt):
        mails = list(group)
        agencies = ", ".join(dict.fromkeys(code for one in mails for code in one.agencies))
        table.add_row(f"{moment:%a %d/%m %H:%M}", name, "\n".join(reports), agencies, str(len(mails)))
    _show(console, table)


def _same_prompt(one: Told) -> tuple[datetime, str, tuple[str, ...]]:
    return one.at, one.name, tuple(one.reports)


def in_full(console: Console, mails: Sequence[Told]) -> None:
    _heading(
        console,
        "4. Five of the mails as they left",
        "Their words stand in templates/, where the office can change them.",
    )
    for one in mails:
        to = one.mail.to[0]
        text = f"To: {to.name} <{to.address}>\nSubject: {one.mail.subject}\n\n{_unwrapped(one.mail.text.strip())}"
        title = f"{one.name}, {one.at:%d/%m/%Y %H:%M}"
        console.print(Panel(Text(text), title=title, title_align="left", width=_width(console)))


def _unwrapped(text: str) -> str:
    """The paragraphs of a mail without their line ends, so that a narrow screen can set its own."""
    lines = [""]
    for line in text.split("\n"):
        goes_on = len(lines[-1]) > _FULL_LINE and line[:1].strip()
        lines[-1:] = [f"{lines[-1]} {line}"] if goes_on else [lines[-1], line]
    return "\n".join(lines[1:])


def who_is_late(console: Console, lines: Sequence[dict[str, Any]], report_types: Sequence[str]) -> None:
    _heading(
        console,
        "5. How everything stood on 31 October, and who was late",
        "ok: in time.  late: after the deadline.  part: incomplete.  NONE: nothing came.  '.': not owed. "
        "Several periods stand side by side.",
    )
    matrix = _table("", *report_types)
    for code in ISSUERS:
        matrix.add_row(code, *(_standings(lines, code, kind) for kind in report_types))
    late = _table("Agency", "Report", "Late from", "Came", "Stands")
    for line in lines:
        if line["status"] in ("late", "overdue", "incomplete"):
            report = f"{line['report_type']} {line['period']}"
            came = _moment(line["received_at"]) if line["received_at"] else "-"
            late.add_row(ISSUERS[line["agency"]].name, report, _moment(line["due_at"]), came, line["status"])
    _show(console, matrix, "", late)


def _standings(lines: Sequence[dict[str, Any]], agency: str, report_type: str) -> str:
    mine = [one for one in lines if (one["agency"], one["report_type"]) == (agency, report_type)]
    return " ".join(STANDINGS[one["status"]] for one in mine) or "."


def _moment(text: str) -> str:
    return f"{datetime.fromisoformat(text):%d/%m %H:%M:%S}"


def what_waits(console: Console, waiting: Sequence[Outcome]) -> None:
    _heading(console, "6. What still waits for a person", "As `intake review` lists it.")
    table = _table("No.", "Came", "From", "What")
    for one in waiting:
        came = f"{one.received_at.astimezone(ZONE):%d/%m %H:%M:%S}"
        table.add_row(str(one.id), came, one.agency or "?", f"{one.disposition}: {one.reason}")
    _show(console, table)


def what_was_urgent(console: Console, lines: Sequence[dict[str, Any]], told: Sequence[Told]) -> None:
    _heading(
        console,
        "7. Urgent matters, followed to their end",
        "A flood, then a storm in one night. Further reports of an agency join its matter; who is silent is asked, "
        "reminded and reported to those above; an officer closes.",
    )
    matters, asked = _table("Matter", "Agency", "Opened", "Closed", "Mails"), _table("When", "To", "Subject")
    for one in lines:
        name, mails = ISSUERS[one["agency"]].name, str(len(one["messages"]))
        matters.add_row(one["code"], name, _moment(one["opened_at"]), _moment(one["closed_at"]), mails)
    requests = (one for one in told if one.name == "incident_request")
    for (moment, words), group in groupby(requests, key=_same_request):
        asked.add_row(f"{moment:%d/%m %H:%M}", "\n".join(one.recipient for one in group), words)
    _show(console, matters, "", asked)


def _same_request(one: Told) -> tuple[datetime, str]:
    """Each recipient's reference stands before the words that all of them read."""
    return one.at, one.mail.subject.partition("] ")[2]


def summary(console: Console, month: Month, lines: Sequence[dict[str, Any]]) -> None:
    _heading(console, "Summary", "")
    came = Counter(one.outcome.disposition for one in month.arrived)
    stands = Counter(line["status"] for line in lines)
    _show(console, f"{len(month.arrived)} mails came: {_counted(came)}.")
    _show(console, f"{len(lines)} reports were owed: {_counted(stands)}.")
    _show(console, f"{len(month.told)} mails were sent:")
    sent = _table("", "Notice", "What it says")
    for name, count in Counter(one.name for one in month.told).most_common():
        sent.add_row(f"{count:>4}", name, NOTICES.get(name, ""))
    _show(console, sent)
    for problem in month.problems:
        _show(console, f"PROBLEM {problem}")


def where_it_is(console: Console, seconds: float, folder: Path) -> None:
    console.print()
    _show(console, f"The month took {seconds:.0f} seconds. Its files are in {folder}")
    files = _table("", "")
    for name, what in KEPT.items():
        files.add_row(f"  {name}", what)
    _show(console, files)


def where_to_look(console: Console, address: str, user: str, password: str) -> None:
    _heading(console, "The same month in the console", "The clock runs on from 31 October. Ctrl-C ends it.")
    _show(console, f"  open      {address}/board", f"  name      {user}", f"  password  {password}")


def _counted(counts: Counter[str]) -> str:
    return ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in counts.most_common())


def _heading(console: Console, title: str, explanation: str) -> None:
    console.print()
    _show(console, Text(title, style="bold"), "─" * len(title))
    _show(console, *filter(None, [explanation]), "")


def _table(*titles: str) -> Table:
    table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False, show_header=any(titles), header_style="dim")
    for title in titles:
        table.add_column(title, overflow="fold")
    return table


def _show(console: Console, *parts: RenderableType) -> None:
    for part in parts:
        console.print(Text(part) if isinstance(part, str) else part, width=_width(console))


def _width(console: Console) -> int:
    return min(console.width, WIDEST)
