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


@lru_cache
def _into(noun: type[Base]) -> Insert:
    return insert(cast(Table, noun.__table__))
