"""What an officer orders by mail: a report asked for, a directive, or a word in answer to an alert.

"YÊU CẦU BÁO CÁO: UBND huyện Chư Prông: cháy rừng, trước 17h" and "CHỈ ĐẠO: …" stand in the subject; "ĐÓNG", "KẾT THÚC"
and "GIAO Sở Y tế trước 17h" in the first line of a reply, or in the subject with the code of the matter. An order is
either understood wholly or not at all.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from intake.mail.parsed import ParsedMessage
from intake.rules.deadlines.hours import Deadline, deadline_in
from intake.rules.dealings.addressees import addressees
from intake.rules.language.text import fold, fold_letters
from intake.rules.names.directory import Directory
from intake.rules.urgent.openings import is_answer, plain_subject

OrderKind = Literal["request", "directive", "assign", "close", "end", "unknown"]
ProblemKind = Literal[
    "no_unit", "unknown_unit", "ambiguous_unit", "no_subject", "unclear_time", "past_time", "no_incident",
    "several_incidents", "unknown_incident", "closed_incident", "unclear",
]  # fmt: skip

_HEADS: tuple[tuple[re.Pattern[str], OrderKind], ...] = (
    (re.compile(r"^\s*yeu cau bao cao\b\s*(?P<colon>:)?\s*"), "request"),
    (re.compile(r"^\s*chi dao\b\s*(?P<colon>:)\s*"), "directive"),
)
_CODE = re.compile(r"\bvv\s?-?\s?(\d{1,6})\b")
_CLOSE = re.compile(r"^(?:de nghi )?dong(?: (?:vu viec|vu|ho so))?(?: nay)?[\s.!]*$")
_END = re.compile(r"^(?:de nghi )?ket thuc(?: (?:dien bien|vu viec|vu))?(?: nay)?[\s.!]*$")
_ASSIGN = re.compile(r"^(?:de nghi )?giao(?: cho)?\b\s*:?\s*")
_COMMAND = re.compile(r"^(?:de nghi )?(?:dong|ket thuc|giao)\b")
_TASK = re.compile(r"\b(?:kiem tra|xac minh|bao cao|xu ly|chu tri|tham muu|ra soat)\b")
_TIED = re.compile(r"[\s,;]*\b(?:(?:gui|va)\s+)?bao cao$")
_LINES = 5
_UNIT_END = re.compile(r":(?!\d)")
_EDGES = " \t\r\n,;.:-–"


@dataclass(frozen=True, slots=True)
class Problem:
    """Why an order is not carried out; `words` are those of the order that are not understood."""

    kind: ProblemKind
    words: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """One order as it was understood. It is carried out only where there are no `problems`.

    `incident` is the number of a matter that it names. `due_at` is None where no deadline is given.
    """

    kind: OrderKind
    words: str
    units: tuple[str, ...] = ()
    title: str = ""
    incident: int | None = None
    due_at: datetime | None = None
    problems: tuple[Problem, ...] = ()


def order_in(message: ParsedMessage, directory: Directory, now: datetime, zone: ZoneInfo) -> Order | None:
    """What the mail orders, or None. Whether its sender may order anything is not asked here."""
    subject = "" if is_answer(message.subject) else _one_line(message.subject)
    for head, kind in _HEADS:
        if found := head.match(fold_letters(subject)):
            return _addressed(kind, subject, subject[found.end() :], bool(found["colon"]), directory, now, zone)
    return _command(message, subject, directory, now, zone)


def _one_line(text: str) -> str:
    """In NFC, as positions in a folded text are those of that form."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _addressed(
    kind: OrderKind, words: str, rest: str, has_colon: bool, directory: Directory, now: datetime, zone: ZoneInfo
) -> Order:
    """ "UBND huyện Chư Prông: cháy rừng, trước 17h": the agencies up to the second colon, the matter, the deadline."""
    parted = _UNIT_END.search(rest)
    if not has_colon or parted is None:
        return Order(kind, words, problems=(Problem("unclear", rest),))
    about = rest[parted.end() :]
    deadline = deadline_in(about, now, zone)
    title = _without(about, deadline)
    units, problems = _units(rest[: parted.start()], directory, now)
    code = _CODE.search(fold_letters(title))
    if not title:
        problems += (Problem("no_subject", about.strip()),)
    problems += _unclear(about, deadline)
    due_at = deadline.at if deadline else None
    return Order(kind, words, units, title, int(code[1]) if code else None, due_at, problems)


def _command(message: ParsedMessage, subject: str, directory: Directory, now: datetime, zone: ZoneInfo) -> Order | None:
    lines = [_one_line(line) for line in message.own_text.splitlines() if line.strip()][:_LINES]
    bare_subject = plain_subject(subject)
    in_subject = bare_subject if _COMMAND.match(fold(bare_subject)) and _CODE.search(fold(bare_subject)) else ""
    said = in_subject or (lines[0] if lines else "")
    if not _COMMAND.match(fold(said)):
        return None
    code = _CODE.search(fold(said)) or _CODE.search(fold(subject))
    number = int(code[1]) if code else None
    bare = _CODE.sub(" ", fold_letters(said)).strip(_EDGES)
    others = [line for line in (lines if in_subject else lines[1:]) if _COMMAND.match(fold(line)) and line != said]
    if others:
        return Order("unknown", said, incident=number, problems=(Problem("unclear", "; ".join([said, *others])),))
    if _CLOSE.match(" ".join(bare.split())):
        return Order("close", said, incident=number)
    if _END.match(" ".join(bare.split())):
        return Order("end", said, incident=number)
    if assigned := _ASSIGN.match(fold_letters(said)):
        return _assigned(said, said[assigned.end() :], number, directory, now, zone)
    return Order("unknown", said, incident=number, problems=(Problem("unclear", said),))


def _assigned(words: str, rest: str, number: int | None, directory: Directory, now: datetime, zone: ZoneInfo) -> Order:
    """ "GIAO Sở Y tế, UBND xã X trước 17h: nêu rõ số ca": what stands behind a colon is passed on."""
    parted = _UNIT_END.search(rest) or _TASK.search(fold_letters(rest))
    named, title = (rest[: parted.start()], rest[parted.end() :].strip()) if parted else (rest, "")
    if parted and parted.re is _TASK:
        named, title = _task_of(rest, parted.start(), now, zone)
    code = _CODE.search(fold_letters(named))
    if code:
        named = named[: code.start()] + " " + named[code.end() :]
    deadline = deadline_in(named, now, zone)
    units, problems = _units(_without(named, deadline), directory, now.astimezone(zone))
    due_at = deadline.at if deadline else None
    return Order("assign", words, units, title, number, due_at, problems + _unclear(named, deadline))


def _task_of(rest: str, start: int, now: datetime, zone: ZoneInfo) -> tuple[str, str]:
    """ "Sở Y tế kiểm tra, báo cáo trước 17h": the deadline stands behind what is to be done."""
    deadline = deadline_in(rest, now, zone)
    said = f" {rest[deadline.start : deadline.end]}" if deadline and deadline.start >= start else ""
    return rest[:start] + said, _without(rest[start : deadline.start] if said and deadline else rest[start:], None)


def _units(text: str, directory: Directory, now: datetime) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    found = addressees(text, directory, now.date())
    problems = [Problem("unknown_unit", one) for one in found.unknown]
    problems += [Problem("ambiguous_unit", one) for one in found.ambiguous]
    if not found.codes and not problems:
        problems.append(Problem("no_unit"))
    return found.codes, tuple(problems)


def _unclear(text: str, deadline: Deadline | None) -> tuple[Problem, ...]:
    if deadline is None or not deadline.problem:
        return ()
    return (Problem(deadline.problem, text[deadline.start : deadline.end].strip()),)


def _without(text: str, deadline: Deadline | None) -> str:
    """The text without its deadline and what tied that to it."""
    if deadline:
        before = text[: deadline.start].rstrip(_EDGES)
        tail = _TIED.search(fold_letters(before))
        text = f"{before[: tail.start()] if tail else before} {text[deadline.end :].lstrip(_EDGES)}"
    return " ".join(text.split()).strip(_EDGES)
