"""Compares what the intake printed with the labels: wrong records, missed ones, and what else differs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from corpus.labelled.label import Label, Report

IN_TIME = {"early": "on_time"}


@dataclass
class Score:
    """Each list holds sentences for a person; `clear` and `booked` count the reports that need no question."""

    clear: int = 0
    booked: int = 0
    wrong: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    disposition: list[str] = field(default_factory=list)
    timeliness: list[str] = field(default_factory=list)
    completeness: list[str] = field(default_factory=list)
    version: list[str] = field(default_factory=list)
    number: list[str] = field(default_factory=list)
    incident: list[str] = field(default_factory=list)


def score(labels: Sequence[Label], lines: Mapping[str, dict[str, Any]]) -> Score:
    """`lines` are the printed lines by the name of their file."""
    found = Score()
    for label in labels:
        if label.file in lines:
            _compare(label, lines[label.file], found)
        else:
            found.lost.append(label.file)
    return found


def _compare(label: Label, line: dict[str, Any], found: Score) -> None:
    told = f"{label.file}: %s ({label.why or 'as the label says'}; reason: {line.get('reason')})"
    recorded = {(line["agency"], one["report_type"], one["period"]): one for one in line["reports"]}
    for key in recorded.keys() - label.keys.keys() - label.may:
        found.wrong.append(told % f"recorded {key}, expected {list(label.keys) or 'none'}")
    if label.debatable:
        return
    found.clear += len(label.reports)
    for key, want in label.keys.items():
        if key in recorded:
            found.booked += 1
            _compare_record(told, want, recorded[key], found)
        else:
            found.missed.append(told % f"{key} not recorded")
    if line["disposition"] not in label.dispositions:
        found.disposition.append(told % f"{line['disposition']}, not {'/'.join(sorted(label.dispositions))}")
    _compare_number(told, label, recorded, found)
    _compare_incident(told, label, line, found)


def _compare_record(told: str, want: Report, have: dict[str, Any], found: Score) -> None:
    timeliness = IN_TIME.get(have["timeliness"], have["timeliness"])
    if timeliness != want.timeliness:
        found.timeliness.append(told % f"{timeliness}, not {want.timeliness}")
    if set(have["missing"]) != want.missing:
        found.completeness.append(told % f"misses {have['missing']}, not {sorted(want.missing)}")
    if want.version not in (None, have["version"]):
        found.version.append(told % f"version {have['version']}, not {want.version}")


def _compare_number(told: str, label: Label, recorded: Mapping[tuple[str, ...], Any], found: Score) -> None:
    numbers = [recorded[key].get("number") for key in label.keys if key in recorded]
    if label.number and numbers and label.number not in numbers:
        found.number.append(told % f"number {numbers}, not {label.number}")


def _compare_incident(told: str, label: Label, line: dict[str, Any], found: Score) -> None:
    want, have = label.incident, line.get("incident")
    if want is None:
        if have and "incident" not in label.dispositions:
            found.incident.append(told % f"a matter of {have['category']} where there is none")
    elif not have:
        found.incident.append(told % f"no matter of {want.category} seen")
    elif (have["category"], have["opened"]) != (want.category, want.opened):
        found.incident.append(told % f"{have['category']}, opened {have['opened']}, not {want}")
    elif line["agency"] != label.agency:
        found.incident.append(told % f"the matter of {line['agency']}, not {label.agency}")
