"""By when something is asked for, as officers write it: "trước 17h", "17h30 ngày 5/11", "trong 2 giờ", "sáng mai".

Nothing is guessed: without an hour or a day, with several, or with a moment that has passed, it is unclear.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from intake.rules.deadlines.due import midnight
from intake.rules.language.text import fold_letters

_DAY = timedelta(days=1)
# A day without its year is one of the next weeks, or it is not known which.
_FAR = timedelta(days=60)
_NUMBERS = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10,
}  # fmt: skip
_PART = r"(?P<{0}>sang|trua|chieu|toi|dem)"
_CLOCK = (
    r"(?P<hour>[01]?\d|2[0-4])\s*(?:gio|h|g|:)\s*(?P<minute>[0-5]\d(?!\s?[/.-]\s?\d))?(?:\s*(?:phut|['’p]))?"
    rf"(?:\s+{_PART.format('part')}\b(?!\s+(?:nay|mai)))?"
)
_DATE = (
    r"(?:ngay\s+)?(?P<day>[0-3]?\d)(?:\s?[/.-]\s?|\s+thang\s+)(?P<month>[01]?\d)"
    r"(?:(?:\s?[/.-]\s?|\s+nam\s+)(?P<year>20\d\d))?(?![\d/]|\s*(?:h|gio|g)\b)"
)
_RELATIVE = rf"(?:{_PART.format('of')}\s+|ngay\s+)?(?:hom\s+)?(?P<word>nay|mai|mot|kia)\b(?:\s+mai)?"
_ON = rf"(?:{_DATE}|{_RELATIVE})"
_HOW = r"(?P<how>truoc|cham nhat(?: la)?|muon nhat|den het|het|trong|den|han(?: chot)?)\s*(?::\s*)?(?:luc\s+|vao\s+)?"
_WITHIN = re.compile(
    r"\b(?:trong(?:\s+vong)?|sau)\s+(?P<count>\d{1,3}|" + "|".join(_NUMBERS) + r")\s*"
    r"(?P<unit>phut|gio|tieng|h|ngay)\b(?!\s*\d)(?:\s+dong ho)?(?:\s+(?:nua|toi))?"
)
_AT = re.compile(rf"\b(?:{_HOW})?(?<![\d/])(?:luc\s+)?{_CLOCK}(?:[\s,]*(?:ngay\s+|cua\s+|vao\s+)?{_ON})?(?!\w)")
_AT_ON = re.compile(rf"\b(?:{_HOW})?{_ON}[\s,]+(?:luc\s+)?(?<![\d/]){_CLOCK}(?!\w)")
_BY_DAY = re.compile(rf"\b{_HOW}{_DATE}")
_VAGUE = re.compile(
    rf"\b(?:{_HOW})?(?:{_PART.format('vague')}\s+(?:nay|mai)|(?:ngay|hom)\s+(?:mai|nay|mot)|cuoi\s+(?:gio|ngay|buoi)(?:\s+\w+)?"
    r"|dau\s+gio(?:\s+\w+)?|cang som cang tot|som nhat)\b"
)
_DAY_NEAR = re.compile(rf"\W{{0,3}}(?:\w+\W+)?{_ON}")
_TRAILING = " \t\r\n.,;:!()-–"


@dataclass(frozen=True, slots=True)
class Deadline:
    """What a text says of a deadline. `at` is None with the reason in `problem`.

    `start` and `end` are its place in the NFC form of the text.
    """

    at: datetime | None
    start: int
    end: int
    problem: Literal["", "unclear_time", "past_time"] = ""
    is_introduced: bool = False


def deadline_in(text: str, now: datetime, zone: ZoneInfo) -> Deadline | None:
    """The one deadline that a text gives, the first late instant; None where it gives none.

    Of several moments only those that "trước", "hạn" and the like introduce count. A bare moment is one only where the
    text ends with it: "cháy lúc 14h tại xã X" gives none.
    """
    folded = fold_letters(text)
    found = list(_all(folded, now.astimezone(zone), zone))
    wanted = [one for one in found if one.is_introduced] or [one for one in found if _ends(folded, one)]
    if not wanted:
        return None
    if len({one.at for one in wanted}) > 1 or _goes_on(folded, wanted[0]):
        return Deadline(None, wanted[0].start, wanted[-1].end, "unclear_time")
    return wanted[0]


def _ends(folded: str, one: Deadline) -> bool:
    return not folded[one.end :].strip(_TRAILING)


def _goes_on(folded: str, one: Deadline) -> bool:
    """Whether a day follows that was not read as part of the deadline: it may be meant."""
    return bool(_DAY_NEAR.match(folded[one.end :]))


def _all(folded: str, now: datetime, zone: ZoneInfo) -> Iterator[Deadline]:
    """Everything that may be a deadline, what was found first keeping its place."""
    taken: list[tuple[int, int]] = []
    for pattern in (_WITHIN, _AT_ON, _AT, _BY_DAY, _VAGUE):
        for match in pattern.finditer(folded):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            taken.append(match.span())
            yield _deadline(pattern, match, now, zone)


def _deadline(pattern: re.Pattern[str], match: re.Match[str], now: datetime, zone: ZoneInfo) -> Deadline:
    groups = match.groupdict()
    moment = _moment(pattern, groups, now, zone)
    introduced = pattern is _WITHIN or bool(groups.get("how"))
    start, end = match.span()
    if moment is None:
        return Deadline(None, start, end, "unclear_time", introduced)
    if moment <= now:
        return Deadline(None, start, end, "past_time", introduced)
    return Deadline(moment, start, end, "", introduced)


def _moment(pattern: re.Pattern[str], groups: dict[str, str | None], now: datetime, zone: ZoneInfo) -> datetime | None:
    if pattern is _VAGUE:
        return None
    if pattern is _WITHIN:
        return now + _span(groups["count"] or "", groups["unit"] or "")
    day = _day(groups, now.date())
    if day is None:
        return None
    if pattern is _BY_DAY:
        return midnight(day if groups["how"] == "truoc" else day + _DAY, zone)
    hour = _hour(int(groups["hour"] or 0), groups.get("part") or groups.get("of") or "")
    if hour is None:
        return None
    return midnight(day, zone) + timedelta(hours=hour, minutes=int(groups["minute"] or 0))


def _span(count: str, unit: str) -> timedelta:
    number = int(count) if count.isdigit() else _NUMBERS[count]
    if unit == "phut":
        return timedelta(minutes=number)
    return timedelta(days=number) if unit == "ngay" else timedelta(hours=number)


def _hour(hour: int, part: str) -> int | None:
    """ "5h chiều" is 17, "8h tối" is 20; "17h sáng" is nothing."""
    if part in ("chieu", "toi", "dem") and 1 <= hour <= 11:
        return hour + 12
    return None if part == "sang" and hour > 12 else hour


def _day(groups: dict[str, str | None], today: date) -> date | None:
    if groups.get("word"):
        return {"nay": today, "mai": today + _DAY}.get(groups["word"] or "")
    if not groups.get("day"):
        return today
    for year in [int(groups["year"] or 0)] if groups["year"] else [today.year, today.year + 1]:
        try:
            day = date(year, int(groups["month"] or 0), int(groups["day"] or 0))
        except ValueError:
            continue
        if groups["year"] or today <= day <= today + _FAR:
            return day
    return None
