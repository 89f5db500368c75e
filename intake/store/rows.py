"""Rows that nobody holds in hand: written past the unit of work, all of a kind in one statement."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import Insert, Table, insert
from sqlalchemy.orm import Session

from intake.model.base import Base


def add_rows(session: Session, noun: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Adds rows with a value for each column. What they refer to has to be in the database by now."""
    if rows:
        session.connection().execute(_into(noun), rows)


def add_row(session: Session, noun: type[Base], row: Mapping[str, Any]) -> int:
    """The same of a single row; gives the number that it got."""
    number = session.connection().execute(_into(noun), row).inserted_primary_key
    assert number
    return int(number[0])


@lru_cache
def _into(noun: type[Base]) -> Insert:
    return insert(cast(Table, noun.__table__))
