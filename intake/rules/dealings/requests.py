"""What a mail asks for instead of reporting: a later deadline, or none; for which reports, and until when.

Recognised so that a person can decide with one word; nothing follows from it by itself.
"""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from intake.rules.deadlines.calendar import WorkingDays
from intake.rules.deadlines.due import midnight
from intake.rules.deadlines.standing import last_day_in_time
from intake.rules.language.phrases import Phrase, Phrases, clauses, phrases
from intake.rules.language.text import fold_letters
from intake.rules.matching.claims import unwrapped
from intake.rules.matching.intent import ASKS_LATER, is_reply, opening_of
from intake.rules.names.directory import Directory
from intake.rules.names.naming import Named, Obligation, name_in
from intake.rules.reading import MailReading

RequestKind = Literal["extension", "waiver"]

_DAY = timedelta(days=1)
_LETTER_OPENING = 2_000
_NO_PAPERS = ("archive", "message", "image")
_WAIVER = phrases(
    "xin miễn", "xin được miễn", "đề nghị miễn", "đề nghị được miễn", "miễn báo cáo", "miễn gửi báo cáo",
    "miễn nộp báo cáo", "xin không gửi báo cáo", "xin phép không gửi", "xin không phải báo cáo",
)  # fmt: skip
_ANNOUNCED = phrases("xin phép gửi", "xin được gửi", "xin gửi báo cáo vào", "xin phép nộp", "xin được nộp")
# A letter that comes along may be a report on other extensions: only one about sending asks for this one.
_IN_A_LETTER = phrases(
    "xin gia hạn", "đề nghị gia hạn", "gia hạn thời gian gửi", "gia hạn thời hạn gửi", "gia hạn gửi", "gia hạn nộp",
    "gia hạn thời gian nộp", "gia hạn thời hạn nộp", "lùi thời gian gửi", "lùi thời hạn gửi",
)  # fmt: skip

_NUMBERS = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10}
_ASKING = re.compile(r"\b(?:gia han|xin|lui|hoan|keo dai|de nghi)\b")
_SENTENCE_END = re.compile(r"[.;!?]\s+|\n\s*\n")
_UNTIL = re.compile(
    r"\b(?P<how>(?:den|toi|sang|vao|truoc|het|cham nhat|muon nhat)\b[^\d.;\n]{0,40}?)"
    r"(?:(?P<hour>[01]?\d|2[0-3])\s*(?:gio|h|g|:)\s*(?P<minute>[0-5]\d)?\s*(?:phut)?[\s,]*(?:ngay\s*)?)?"
    r"(?<!\d)(?P<day>[0-3]?\d)(?:\s?[/.-]\s?|\s*thang\s*)(?P<month>[01]?\d)(?:(?:\s?[/.-]\s?|\s*nam\s*)(?P<year>20\d\d))?"
    r"(?!\d|[/.-]\d)"
)
_MONTH_END = re.compile(r"\b(?:het|cuoi)\s+thang\s+(?P<month>1[0-2]|0?[1-9])(?!\d)(?:\s*(?:/|nam)\s*(?P<year>20\d\d))?")
_MORE = re.compile(
    r"\b(?:them|gia han|lui|cham)\s+(?:lai\s+|them\s+|khoang\s+|trong\s+)*"
    r"(?P<count>\d{1,2}|" + "|".join(_NUMBERS) + r")\s*(?:\([^)]{0,12}\)\s*)?(?P<unit>ngay lam viec|ngay|tuan)\b"
)


@dataclass(frozen=True, slots=True)
class Later:
    """Until when a later deadline is asked for: a last day, a strict time on it, or so many days more."""

    on: date | None = None
    at: time | None = None
    days: int = 0
    only_working: bool = False

    def late_at(self, due_at: datetime, working_days: WorkingDays, zone: ZoneInfo) -> datetime:
        """The first late instant that is asked for, in place of `due_at`."""
        if self.on and self.at:
            return datetime.combine(self.on, self.at, zone)
        last = last_day_in_time(due_at, zone)
        moved = working_days.shift(last, self.days) if self.only_working else last + self.days * _DAY
        return midnight((self.on or moved) + _DAY, zone)


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for. `types` are named without a period; `words` is the phrase that asks. `later` may be unsaid."""

    kind: RequestKind
    words: str
    obligations: tuple[Obligation, ...] = ()
    types: tuple[str, ...] = ()
    later: Later | None = None


def request_in(reading: MailReading, directory: Directory, on: date, told: Sequence[Obligation]) -> Request | None:
    """What the mail asks for, or None. `told` are the obligations of the notices that it answers."""
    message = reading.message
    letters = [one.text[:_LETTER_OPENING] for one in reading.documents if one.text and one.kind not in _NO_PAPERS]
    # The subject of an answer is our own: the deadline that it names is the one that is to be moved.
    subject = "" if is_reply(message.subject) else message.subject
    own = f"{subject}\n\n{opening_of(message.own_text)}"
    sentences = _sentences([own, *letters])
    later = _later(sentences, on)
    asks_later = _says(own, ASKS_LATER if not letters else _IN_A_LETTER) or _says("\n\n".join(letters), _IN_A_LETTER)
    if asks_later is None and later and not letters:
        asks_later = _says(own, _ANNOUNCED)
    waiver = None if asks_later else _says("\n\n".join([own, *letters]), _WAIVER)
    asked = asks_later or waiver
    if message.kind != "mail" or asked is None:
        return None
    named = [name_in(_without_days(one), directory.titles, directory.report_types, on) for one in sentences]
    obligations, types = _about(named, told)
    return Request("waiver" if waiver else "extension", asked.text, obligations, types, None if waiver else later)


def _says(text: str, wanted: Phrases) -> Phrase | None:
    return clauses(text).says(wanted)


def _sentences(texts: Iterable[str]) -> list[str]:
    return [
        one
        for text in texts
        for paragraph in "\n".join(unwrapped(text)).splitlines()
        for one in _SENTENCE_END.split(paragraph)
        if one.strip()
    ]


def _without_days(sentence: str) -> str:
    """ "Tháng 10 đến 20/11" names October and a day, not the days from 10 to 20 November."""
    normal = unicodedata.normalize("NFC", sentence)
    for found in [*_UNTIL.finditer(fold_letters(normal)), *_MONTH_END.finditer(fold_letters(normal))]:
        normal = normal[: found.start()] + "," * (found.end() - found.start()) + normal[found.end() :]
    return normal


def _about(named: Sequence[Named], told: Sequence[Obligation]) -> tuple[tuple[Obligation, ...], tuple[str, ...]]:
    """What the mail names, by the notices that it answers where it gives no period; else all that those spoke of."""
    explicit = [one for text in named for one in text.obligations]
    codes = [code for text in named for code in sorted(text.codes)]
    spoken = [one for one in told if one[0] in codes and one[0] not in dict(explicit)]
    found = tuple(dict.fromkeys([*explicit, *spoken])) or (() if codes else tuple(told))
    return found, tuple(dict.fromkeys(code for code in codes if code not in dict(found)))


def _later(sentences: Sequence[str], on: date) -> Later | None:
    """The one answer that the sentences give: behind the words that ask, else anywhere. None where they give two."""
    folded = [fold_letters(one) for one in sentences]
    asking = [part for one in folded for part in _ASKING.split(one)[1:]]
    for texts, most in ((asking, 1), (folded, None)):
        if found := {later for text in texts for later in _laters(text, on, most)}:
            return found.pop() if len(found) == 1 else None
    more = {_more(found) for one in folded for found in _MORE.finditer(one)}
    return more.pop() if len(more) == 1 else None


def _laters(text: str, on: date, most: int | None) -> list[Later]:
    found = [later for one in _UNTIL.finditer(text) if (later := _day(one, on))]
    found = found or [later for one in _MONTH_END.finditer(text) if (later := _month_end(one, on))]
    return found[:most]


def _day(found: re.Match[str], on: date) -> Later | None:
    clock = time(int(found["hour"]), int(found["minute"] or 0)) if found["hour"] else None
    before = _DAY if "truoc" in found["how"] and clock is None else timedelta()
    days = [day - before for day in _dates(found["year"], found["month"], found["day"], on) if day - before >= on]
    return Later(days[0], clock) if days else None


def _month_end(found: re.Match[str], on: date) -> Later | None:
    years = [int(found["year"])] if found["year"] else [on.year, on.year + 1]
    month = int(found["month"])
    ends = [date(year, month, monthrange(year, month)[1]) for year in years]
    return next((Later(end) for end in ends if end >= on), None)


def _dates(year: str | None, month: str, day: str, on: date) -> Iterator[date]:
    for one in [int(year)] if year else [on.year, on.year + 1]:
        try:
            yield date(one, int(month), int(day))
        except ValueError:
            continue


def _more(found: re.Match[str]) -> Later:
    count = int(found["count"]) if found["count"].isdigit() else _NUMBERS[found["count"]]
    return Later(days=7 * count if found["unit"] == "tuan" else count, only_working=found["unit"] == "ngay lam viec")
