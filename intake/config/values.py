"""Kinds of values that the config writes as text: durations, hours, zones; and what every table has in common."""

import re
from datetime import time, timedelta
from typing import Annotated
from zoneinfo import available_timezones

from pydantic import BaseModel, BeforeValidator, ConfigDict

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def _duration(value: object) -> object:
    found = re.fullmatch(r"(\d+)\s*([smhd])", value) if isinstance(value, str) else None
    if not found:
        if isinstance(value, timedelta):
            return value
        raise ValueError('a duration such as "30s", "5m", "24h" or "2d"')
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


Duration = Annotated[timedelta, BeforeValidator(_duration)]


def _mail_address(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"[^@\s]+@[^@\s]+", value):
        raise ValueError("a mail address, such as baocao@example.gov.vn")
    return value


MailAddress = Annotated[str, BeforeValidator(_mail_address)]


def _zone(value: object) -> str:
    if isinstance(value, str) and value in available_timezones():
        return value
    raise ValueError('the name of a time zone, such as "Asia/Ho_Chi_Minh"')


def _office_hours(value: object) -> object:
    found = re.fullmatch(r"(\d\d:\d\d)\s*-\s*(\d\d:\d\d)", value) if isinstance(value, str) else None
    if not found:
        raise ValueError('hours such as "07:00-17:30"')
    opening, closing = time.fromisoformat(found[1]), time.fromisoformat(found[2])
    if opening >= closing:
        raise ValueError("an opening hour before the closing hour")
    return opening, closing


def _time_of_day(value: object) -> object:
    found = re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value) if isinstance(value, str) else None
    if not found:
        raise ValueError('a time of the day such as "17:30"')
    return time.fromisoformat(found[0])


def _daily(value: object) -> object:
    if not isinstance(value, str):
        return value
    if not value:
        return ()
    found = re.fullmatch(r"daily((?:[ ,]+(?:[01]\d|2[0-3]):[0-5]\d)+)", value)
    if not found:
        raise ValueError('times of each day such as "daily 17:00" or "daily 07:00, 17:00"')
    return tuple(sorted({time.fromisoformat(one) for one in re.findall(r"\d\d:\d\d", found[1])}))


TimeOfDay = Annotated[time, BeforeValidator(_time_of_day)]
Daily = Annotated[tuple[time, ...], BeforeValidator(_daily)]
Zone = Annotated[str, BeforeValidator(_zone)]
OfficeHours = Annotated[tuple[time, time], BeforeValidator(_office_hours)]


class Section(BaseModel):
    """A table of the config: every key is known, and nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)
