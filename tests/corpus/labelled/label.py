"""What a careful clerk would do with one mail: a table's words come in, the label to score by goes out."""

import re
from dataclasses import dataclass
from typing import Any

PART = re.compile(r"(?:^| )-(?=\S)")


@dataclass(frozen=True)
class Report:
    report_type: str
    period: str
    timeliness: str
    missing: frozenset[str] = frozenset()
    version: int | None = None


@dataclass(frozen=True)
class Incident:
    category: str
    opened: bool


@dataclass(frozen=True)
class Label:
    """`dispositions` are those that are right; `may` holds records that are not wrong though not asked for."""

    file: str
    dispositions: frozenset[str]
    agency: str
    reports: tuple[Report, ...]
    may: frozenset[tuple[str, ...]]
    debatable: bool
    why: str
    incident: Incident | None = None
    number: str = ""

    @property
    def keys(self) -> dict[tuple[str, ...], Report]:
        return {(self.agency, one.report_type, one.period): one for one in self.reports}


def label(mail: dict[str, Any], file: str) -> Label:
    reports = tuple(_report(text) for text in mail.get("book", []))
    kind = "report" if reports else "incident" if "incident" in mail else "review" if mail.get("person") else mail["is"]
    may = frozenset(tuple(text.split()) for text in mail.get("may", []))
    return Label(
        file=file,
        dispositions=frozenset({kind, *mail.get("accept", []), *(["report"] if may else [])}),
        agency=mail.get("agency", mail["from"]),
        reports=reports,
        may=may,
        debatable=mail.get("debatable", False),
        why=mail.get("why", ""),
        incident=_incident(mail["incident"]) if "incident" in mail else None,
        number=mail.get("number", ""),
    )


def _report(text: str) -> Report:
    """`TYPE PERIOD on_time|late`, then `vN` and `-part` for each missing part, where they are asked for."""
    report_type, period, timeliness, *rest = text.split(maxsplit=3)
    version, parts = re.fullmatch(r"(?:v(\d+) ?)?(.*)", rest[0] if rest else "").groups()  # type: ignore[union-attr]
    missing = frozenset(part for part in PART.split(parts) if part)
    return Report(report_type, period, timeliness, missing, int(version) if version else None)


def _incident(text: str) -> Incident:
    """`CATEGORY new` opens a matter, `CATEGORY more` goes on with one."""
    category, stage = text.split()
    return Incident(category, stage == "new")
