"""The synthesis of any day, as it would be sent. Sends and stores nothing."""

from dataclasses import fields
from datetime import date
from typing import Any

from intake.desk import Desk
from intake.errors import ConfigError
from intake.notices import DailyDigest, to_fields
from intake.notices.base import Notice
from intake.records.synthesis import synthesis
from intake.rules.deadlines.synthesis import span_of


def digest_of(desk: Desk, day: date) -> DailyDigest:
    """The day's synthesis, up to now where its moment is still to come. Raises `ConfigError` for a day to come."""
    if day > desk.now.astimezone(desk.zone).date():
        raise ConfigError(f"{day} is still to come: there is nothing to put together yet")
    with desk.database.reading() as session:
        return synthesis(desk, session, span_of(day, desk.config.digest.at, desk.zone, desk.now))


def as_json(told: DailyDigest) -> dict[str, Any]:
    """The object of `intake digest --json`: the facts, without what makes a mail of them."""
    letter = {field.name for field in fields(Notice)} | {"paper"}
    return {"until": told.now.isoformat(), **{k: v for k, v in to_fields(told).items() if k not in letter}}
