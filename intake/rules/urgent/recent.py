"""Does a sentence tell of what has just happened? By the hour and the day that it names, against the day of receipt.

An invitation names an hour to come, a yearly report days long past: neither is recent.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

from intake.rules.language.phrases import Clause, Clauses, phrases

Moment = Literal["", "recent", "past", "another day"]

_DAYS_BACK = timedelta(days=3)
_LONG_AGO = timedelta(days=60)
_NIGHT = timedelta(days=1)
_YEAR_LENGTH, _WITHIN_A_WEEK = 365.25, 7
_HALF_A_YEAR = timedelta(days=180)
_NOW = phrases(
    "hôm nay", "hôm qua", "sáng nay", "trưa nay", "chiều nay", "tối nay", "đêm nay", "đêm qua", "tối qua", "chiều qua",
    "sáng qua", "đêm rồi", "sớm nay", "từ sáng", "từ trưa", "từ chiều", "từ tối", "từ đêm", "rạng sáng", "hiện đang",
    "vẫn đang", "vẫn còn", "vừa xảy ra", "mới xảy ra", "vừa mới", "bây giờ", "hiện có", "hiện còn", "vừa phát hiện",
    "vừa kiểm tra", "vừa bắt", "vừa nhận tin", "vừa nhận được tin", "mới nhận tin",
    "today", "this morning", "this afternoon", "last night", "yesterday",
)  # fmt: skip
_TODAY = phrases(
    "hôm nay", "sáng nay", "trưa nay", "chiều nay", "sớm nay", "rạng sáng nay", "đêm qua", "tối qua", "vừa xảy ra",
    "mới xảy ra",
)  # fmt: skip
# "Trong hai ngày qua", "mấy hôm nay".
_SPAN = re.compile(r"\b(?:[23]|hai|ba|may|vai) (?:ngay|hom) (?:qua|nay)\b")
_TO_COME = phrases(
    "sẽ", "dự kiến", "mời", "khai mạc", "bắt đầu từ", "thời gian", "dự báo", "sáng mai", "chiều mai", "tối mai",
    "ngày mai", "giờ tới",
)  # fmt: skip
_CLOCK = re.compile(r"\b\d{1,2} ?(?:h|gio)(?: ?\d{1,2})?\b")
_DATE = re.compile(
    r"\b(?:hom|tu|ngay|sang|trua|chieu|toi|dem)(?: som)? "
    r"(?:\d{1,2} (?:va|den) (?:ngay )?)?(\d{1,2}) (?:thang )?(\d{1,2})\b(?: (?:nam )?((?:19|20)\d\d))?"
)
# "Đak Mơ, ngày 11 tháng 12 năm 2026": when a letter was written, not what it tells of.
_DATELINE = re.compile(r"(?:\w+ ){0,20}ngay \d{1,2} thang \d{1,2} nam \d{4}")
_YEAR = re.compile(r"\bnam ((?:19|20)\d\d)\b")
# One of these stands in whatever names a day by its number, or a span of days.
_OF_DAYS = frozenset({"hom", "tu", "ngay", "sang", "trua", "chieu", "toi", "dem"})


def moments(said: Clauses, day: date) -> list[Moment]:
    """When each clause of a text plays."""
    return [moment(clause, day) for clause in said]


def moment(clause: Clause, day: date) -> Moment:
    """When the sentence plays, seen from the day on which the mail was received; "" if it does not say.

    "past" is a year that is over, "vụ sạt lở năm 2024", or a day of such a year that is long over.
    """
    said, names_days = clause.said, not _OF_DAYS.isdisjoint(clause.folded)
    if names_days and _DATELINE.fullmatch(said) and not _CLOCK.search(said):
        return ""
    if names_days and (dates := list(_dates(said, day))):
        if any(timedelta() <= day - one <= _DAYS_BACK for one in dates):
            return "recent"
        return "past" if all(_is_long_over(one, day) for one in dates) else "another day"
    years = [int(year) for year in _YEAR.findall(said)] if "nam" in clause.folded else []
    if years and max(years) < (day - _DAYS_BACK).year:
        return "past"
    if clause.says(_TO_COME):
        return "another day"
    return "recent" if clause.says(_NOW) or _CLOCK.search(said) or (names_days and _SPAN.search(said)) else ""


def is_of_today(said: Clauses, day: date) -> bool:
    """Whether a text tells of the day on which the mail was received or the night before it, and of no day before."""
    if any(one < day - _NIGHT for clause in said for one in _dates(clause.said, day)):
        return False
    if said.says(_TODAY):
        return True
    return any(_CLOCK.search(clause.said) and day in _dates(clause.said, day) for clause in said)


def _is_long_over(one: date, day: date) -> bool:
    """Whether a day lies in a year that is over, and long ago. The same day of another year may be a slip."""
    ago = (day - one).days
    off = ago % _YEAR_LENGTH
    is_slip = min(off, _YEAR_LENGTH - off) <= _WITHIN_A_WEEK
    return one.year < day.year and ago > _LONG_AGO.days and not is_slip


def _dates(said: str, day: date) -> Iterator[date]:
    """The days of a sentence. One without a year lies within half a year."""
    for number, month, year in _DATE.findall(said):
        try:
            found = date(int(year or day.year), int(month), int(number))
            yield found.replace(year=day.year - 1) if not year and found - day > _HALF_A_YEAR else found
        except ValueError:
            continue
