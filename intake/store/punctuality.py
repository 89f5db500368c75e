"""How deadlines were kept, counted by the database: what was answered as sums, what was not as rounds of agencies."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, and_, case, func, or_, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from intake.model import Obligation
from intake.rules.deadlines.statistics import Tally
from intake.rules.verdicts import Round
from intake.store.obligations import Wanted
from intake.store.session import Session

_ANSWERED = ("on_time", "late", "incomplete")
# Stands in no code of the registry.
_BETWEEN = "\n"


class _Microseconds(FunctionElement[int]):
    """An instant as whole microseconds, so that sums of lateness are exact on every engine."""

    type = BigInteger()
    inherit_cache = True


@compiles(_Microseconds, "sqlite")
def _on_sqlite(element: _Microseconds, compiler: Any, **options: Any) -> str:
    instant = compiler.process(element.clauses, **options)
    return f"(CAST(strftime('%s', {instant}) AS INTEGER) * 1000000 + CAST(substr({instant}, 21) AS INTEGER))"


@compiles(_Microseconds, "postgresql")
def _on_postgresql(element: _Microseconds, compiler: Any, **options: Any) -> str:
    return f"CAST(extract(epoch FROM {compiler.process(element.clauses, **options)}) * 1000000 AS BIGINT)"


def answered_by_agency(session: Session, wanted: Wanted) -> list[tuple[str, Tally]]:
    """What came for the deadlines in that time, by agency."""
    return [(row[0], _tally(row[1:])) for row in _answered(session, wanted, Obligation.agency_code)]


def answered_by_deadline(session: Session, wanted: Wanted) -> list[tuple[str, datetime, Tally]]:
    """What came for the deadlines in that time, by report type and deadline."""
    rows = _answered(session, wanted, Obligation.report_type_code, Obligation.due_at)
    return [(row[0], row[1], _tally(row[2:])) for row in rows]


def _answered(session: Session, wanted: Wanted, *keys: Any) -> Sequence[Sequence[Any]]:
    late_by = _Microseconds(Obligation.received_at) - _Microseconds(Obligation.due_at)
    lateness = case((and_(Obligation.status == "late", Obligation.received_at.is_not(None)), late_by))
    query = (
        select(*keys, Obligation.status, func.count(), func.count(lateness), func.sum(lateness), func.max(lateness))
        .where(*_falling_due(wanted), Obligation.status.in_(_ANSWERED))
        .group_by(*keys, Obligation.status)
    )
    return session.execute(query).all()


def _tally(row: Sequence[Any]) -> Tally:
    status, count, timed, lateness, worst = row
    return Tally(status, count, timed, timedelta(microseconds=int(lateness or 0)), timedelta(microseconds=worst or 0))


def unanswered_rounds(session: Session, wanted: Wanted, at: datetime | None = None) -> list[Round]:
    """The obligations of that time for which nothing has come; nothing until `at`, if that is given."""
    keys = (
        Obligation.report_type_code,
        Obligation.period,
        Obligation.period_start,
        Obligation.period_end,
        Obligation.due_at,
    )
    nothing_came = Obligation.status == "open"
    if at is not None:
        came_later = and_(Obligation.status != "waived", Obligation.received_at > at)
        nothing_came = or_(nothing_came, came_later)
    rows = session.execute(select(*keys, _agencies()).where(*_falling_due(wanted), nothing_came).group_by(*keys))
    return [Round(*row[:5], tuple(row[5].split(_BETWEEN))) for row in rows]


def agencies_known(
    session: Session, report_types: Collection[str], periods: Collection[str]
) -> dict[tuple[str, str], set[str]]:
    """The agencies that have a row for a report type and a period, whatever its deadline is by now."""
    keys = Obligation.report_type_code, Obligation.period
    of_these = Obligation.report_type_code.in_(report_types), Obligation.period.in_(periods)
    rows = session.execute(select(*keys, _agencies()).where(*of_these).group_by(*keys))
    return {(row[0], row[1]): set(row[2].split(_BETWEEN)) for row in rows}


def _agencies() -> ColumnElement[str]:
    return func.aggregate_strings(Obligation.agency_code, _BETWEEN)


def _falling_due(wanted: Wanted) -> tuple[ColumnElement[bool], ...]:
    first = () if wanted.due_from is None else (Obligation.due_at >= wanted.due_from,)
    last = () if wanted.due_to is None else (Obligation.due_at <= wanted.due_to,)
    return *first, *last
