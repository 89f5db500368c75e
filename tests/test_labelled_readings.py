"""The rules of matching before the mail of a third invented province, kept as it was read: no file is opened here.

What a mail should become is told beside it in `corpus/labelled/binh-son/readings.jsonl`; all was written by somebody
who did not know the rules. The files themselves weigh megabytes, so only their texts are kept.
"""

import json
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from intake.mail.parsed import Address, Attachment, ParsedMessage
from intake.registry import read_registry
from intake.rules.matching.match import match
from intake.rules.names.directory import Directory
from intake.rules.reading import DocumentReading, MailReading
from intake.rules.verdicts import Match

FOLDER = Path(__file__).parent / "corpus" / "labelled" / "binh-son"
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
# "Tình hình KT-XH vùng đồng bào dân tộc thiểu số" is a report of its own elsewhere; "Gửi báo cáo" does not settle it.
DEBATABLE = {"0121-so-dan-toc-phong-chu-vntime.eml"}

Line = dict[str, Any]
Record = tuple[str, str, str]


@pytest.fixture(scope="module")
def judged() -> list[tuple[Line, Match]]:
    registry = read_registry(FOLDER / "registry")
    directory = Directory(registry.agencies, registry.contacts, registry.report_types)
    lines = [json.loads(line) for line in (FOLDER / "readings.jsonl").read_text(encoding="utf-8").splitlines()]
    return [
        (one, match(_reading(one), directory, datetime.fromisoformat(one["received_at"]), ZONE, ())) for one in lines
    ]


def _reading(line: Line) -> MailReading:
    attachments = tuple(
        Attachment(one["filename"], "application/octet-stream", 9, "0" * 64, inline=one["inline"])
        for one in line["attachments"]
    )
    message = ParsedMessage(
        sender=Address(line["name"], line["from"]),
        subject=line["subject"],
        text=line["own_text"],
        own_text=line["own_text"],
        attachments=attachments,
    )
    return MailReading(
        message, tuple(DocumentReading(size=9, sha256="0" * 64, **document) for document in line["documents"])
    )


def _asked(line: Line) -> dict[Record, str | None]:
    return {(line["agency"], code, period): number for code, period, number in line["reports"]}


def _booked(found: Match) -> dict[Record, str | None]:
    return {(one.agency, one.report_type, one.period): one.number for one in found.bookings}


def _is_answered(record: Record, number: str | None, booked: dict[Record, str | None]) -> bool:
    """Whether it is booked, and under its number where the label says one."""
    return record in booked and number in (None, booked[record])


def test_no_reading_is_booked_for_the_wrong_agency_type_or_period(judged: list[tuple[Line, Match]]) -> None:
    wrong = [
        (line["file"], key)
        for line, found in judged
        for key in _booked(found).keys() - _asked(line).keys()
        if key[1] not in line["may"]
    ]
    assert wrong == []


def test_every_reading_that_needs_no_question_is_booked_with_its_number(judged: list[tuple[Line, Match]]) -> None:
    missed = {
        line["file"]: found.reason or _booked(found)
        for line, found in judged
        if any(not _is_answered(one, number, _booked(found)) for one, number in _asked(line).items())
    }
    assert missed.keys() == DEBATABLE, missed
