"""The unit of work of every transaction: objects as SQLAlchemy's own, and plain rows that nobody holds in hand."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeVar, cast

from sqlalchemy import Insert, Table, insert, orm

from intake.model.base import Base

Noun = TypeVar("Noun", bound=Base)


class Session(orm.Session):
    """A session whose flush also writes plain rows, all of a kind in one statement.

    It flushes before a query and before the commit. A query that does not let it (`AS_WRITTEN`, or one of a table) has
    to ask `write_changed` first for whatever may not be written yet.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._rows: dict[type[Base], list[Mapping[str, Any]]] = defaultdict(list)

    def add_rows(self, noun: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
        """Adds rows with a value for each column, to be written by the next flush, after the objects."""
        if rows:
            self._rows[noun] += rows

    def add_row_now(self, noun: type[Base], row: Mapping[str, Any]) -> int:
        """Writes a single row, and all that was added before it; gives the number that it got."""
        self.flush()
        number = self.connection().execute(_into(noun), row).inserted_primary_key
        assert number
        return int(number[0])

    def flush(self, objects: Sequence[Any] | None = None) -> None:
        super().flush(objects)
        while self._rows:
            noun, rows = self._rows.popitem()
            self.connection().execute(_into(noun), rows)

    def write_changed(self, noun: type[Noun], concerns: Callable[[Noun], bool]) -> None:
        """Flushes if an object of this kind that is new or changed `concerns` the query that comes next."""
        if any(isinstance(one, noun) and concerns(one) for one in (*self.new, *self.dirty)):
            self.flush()


# For a query that is asked for each mail: it lets what is not written yet be, so that it is written together.
AS_WRITTEN: Mapping[str, Any] = {"autoflush": False}


@lru_cache
def _into(noun: type[Base]) -> Insert:
    return insert(cast(Table, noun.__table__))
