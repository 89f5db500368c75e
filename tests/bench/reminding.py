"""One pass of `remind` over 1,000,000 obligations with 10,000 due, and one with nothing due, beside the raw SQL.

On SQLite and on PostgreSQL. The raw SQL selects what is due by the index and moves it on (UPDATE … RETURNING); the last
of it also writes the rows that the pass writes. What PostgreSQL does in its own processes is in the wall time only.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path

from builders import OFFICE_ADDRESS, at
from servers import missing_parts, postgresql_database, postgresql_server
from sqlalchemy import Connection, text
from workplace import STEPS

from bench.measuring import PAIRS, Cost, in_turns, measured, median, ratio, show, size_from_arguments
from intake.config import config_from
from intake.desk import Desk, open_desk
from intake.jobs.remind import remind
from intake.model import OFFICE, Agency, Contact, Obligation, ReportType
from intake.office.registry_loading import load_registry
from intake.registry import Registry

SIZE = 1_000_000
PERIODS = 100
TYPES = 10
NOW = at("2026-11-15 09:00")
DUE_AT = NOW + timedelta(days=2)
DUE = "next_step_at <= :now AND status IN ('open', 'incomplete')"


def registry_of(agencies: int) -> Registry:
    codes = [f"A{number:05d}" for number in range(agencies)]
    known = [Agency(code=OFFICE, name="Văn phòng"), *(Agency(code=one, name=one, groups=["xa"]) for one in codes)]
    contacts = [Contact(agency_code=one, email=f"{one}@tinh.example".lower(), role="submitter") for one in codes]
    types = [
        ReportType(
            code=f"T{n}", name=f"Báo cáo {n}", frequency="monthly", due="day 20", required=["document"], groups=["xa"]
        )
        for n in range(TYPES)
    ]
    return Registry(known, contacts, types)


@contextmanager
def filled(folder: Path, url: str, size: int) -> Iterator[Desk]:
    """An office with `size` obligations: of a hundred periods one is due now, one is open, the others are done."""
    settings = {
        "office": {"name": "Văn phòng", "address": OFFICE_ADDRESS},
        "database": {"url": url},
        "policies": {"standard": {"steps": STEPS}},
    }
    with open_desk(config_from(settings, folder), lambda: NOW) as desk:
        load_registry(desk, registry_of(max(1, size // (PERIODS * TYPES))))
        with desk.database.writing() as session:
            session.add_all(_pattern(number) for number in range(PERIODS))
            session.flush()
            session.execute(text(_COPY_FOR_EVERYBODY))
        with desk.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("ANALYZE"))
        yield desk


def _pattern(number: int) -> Obligation:
    """The obligation of the first agency and type in one period; all others are copies of it."""
    due_at = DUE_AT + timedelta(days=30 * (1 - number))
    return Obligation(
        agency_code="A00000",
        report_type_code="T0",
        period=f"P{number:03d}",
        period_start=due_at.date(),
        period_end=due_at.date(),
        due_at=due_at,
        opened_at=NOW - timedelta(days=90),
        status="open" if number < 2 else "on_time",
        next_step_at={0: NOW + timedelta(days=29), 1: NOW - timedelta(hours=1)}.get(number),
    )


_COPIED = "period, period_start, period_end, due_at, opened_at, status, missing, next_step_at, extended_why"
_COPY_FOR_EVERYBODY = f"""
INSERT INTO obligation (agency_code, report_type_code, {_COPIED})
SELECT agency.code, report_type.code, {_COPIED.replace("status", "obligation.status")}
FROM obligation CROSS JOIN agency CROSS JOIN report_type
WHERE agency.code <> '{OFFICE}' AND (agency.code <> 'A00000' OR report_type.code <> 'T0')
"""


def passing(desk: Desk, *, something_due: bool = True) -> Cost:
    """One pass; then all is as before."""
    if not something_due:
        desk.clock = lambda: NOW - timedelta(days=1)
    desk.directory  # noqa: B018 - read from the database before the clock runs, as in a daemon that is at work
    with measured() as going:
        said = remind(desk)
    desk.clock = lambda: NOW
    assert bool(said) is something_due
    with desk.database.engine.begin() as connection:
        for table in ("reminder_step", "notice"):
            connection.execute(text(f"DELETE FROM {table}"))
        connection.execute(
            text("UPDATE obligation SET next_step_at = :past WHERE period = 'P001'"), {"past": _stored(desk, -1)}
        )
    return going.cost


def _stored(desk: Desk, hours: int) -> object:
    """A moment as the database keeps it."""
    kind = Obligation.__table__.c.next_step_at.type.dialect_impl(desk.database.engine.dialect)
    process = kind.bind_processor(desk.database.engine.dialect)
    moment = NOW + timedelta(hours=hours)
    return process(moment) if process else moment


def raw(desk: Desk, work: Callable[[Desk, Connection], None]) -> Cost:
    """In one transaction, which is taken back."""
    with desk.database.engine.connect() as connection, measured() as going:
        work(desk, connection)
        connection.rollback()
    return going.cost


def select_due(desk: Desk, connection: Connection) -> None:
    query = text(f"SELECT * FROM obligation WHERE {DUE}")
    assert connection.execute(query, {"now": _stored(desk, 0)}).all()


def select_nothing(desk: Desk, connection: Connection) -> None:
    query = text(f"SELECT * FROM obligation WHERE {DUE}")
    assert not connection.execute(query, {"now": _stored(desk, -24)}).all()


def move_on(desk: Desk, connection: Connection) -> list[int]:
    change = text(f"UPDATE obligation SET next_step_at = :later WHERE {DUE} RETURNING id")
    return list(connection.execute(change, {"now": _stored(desk, 0), "later": _stored(desk, 48)}).scalars())


def select_and_move_on(desk: Desk, connection: Connection) -> None:
    select_due(desk, connection)
    move_on(desk, connection)


def everything(desk: Desk, connection: Connection) -> None:
    """One notice for each agency as well, and what each was told."""
    select_due(desk, connection)
    ids, now = move_on(desk, connection), _stored(desk, 0)
    notices = [
        {"id": n + 1, "key": f"k{n}", "fields": "{}" + " " * 3000, "now": now} for n in range(len(ids) // TYPES or 1)
    ]
    connection.execute(text(_NOTICE), notices)
    steps = [{"obligation": one, "notice": n // TYPES % len(notices) + 1, "now": now} for n, one in enumerate(ids)]
    connection.execute(text(_STEP), steps)


_NOTICE = """
INSERT INTO notice (id, key, name, recipient, reference, mail_id, fields, queued_at, next_attempt_at, recipient_name,
                    status, in_reply_to, "references", attempts, error)
VALUES (:id, :key, 'reminder', 'a@tinh.example', 'BC-1', :key, :fields, :now, :now, '', 'queued', '', '[]', 0, '')
"""
_STEP = """
INSERT INTO reminder_step (obligation_id, step, recipient, notice_id, at)
VALUES (:obligation, '-3d 2026-11-17', 'a@tinh.example', :notice, :now)
"""


def compare(engine: str, desk: Desk, pairs: int) -> Iterator[tuple[object, ...]]:
    ways = {
        "a pass, nothing due": partial(passing, desk, something_due=False),
        "SQL: select by the index, nothing due": partial(raw, desk, select_nothing),
        "a pass": partial(passing, desk),
        "SQL: select by the index": partial(raw, desk, select_due),
        "SQL: select, UPDATE … RETURNING": partial(raw, desk, select_and_move_on),
        "SQL: and a notice an agency, a step an obligation": partial(raw, desk, everything),
    }
    costs = in_turns(ways, pairs)
    for way, one in costs.items():
        middle, beside = median(one), costs["SQL: select, UPDATE … RETURNING"]
        yield engine, way, f"{1000 * middle.wall:,.1f}", f"{1000 * middle.cpu:,.1f}", f"{ratio(one, beside):.2f}"


def main(size: int | None = None, pairs: int = PAIRS) -> None:
    size = size or size_from_arguments(__doc__, SIZE, "how many obligations")
    rows: list[tuple[object, ...]] = []
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="intake-bench-"))
        stack.callback(shutil.rmtree, folder)
        urls = {"SQLite": f"sqlite:///{folder / 'bench.db'}"}
        if "postgresql" not in missing_parts():
            urls["PostgreSQL"] = stack.enter_context(postgresql_database(stack.enter_context(postgresql_server())))
        for engine, url in urls.items():
            with filled(folder, url, size) as desk:
                rows += compare(engine, desk, pairs)
    show(
        f"{size:,} obligations, {size // PERIODS:,} due",
        ("engine", "what", "wall ms", "CPU ms", "CPU beside select and UPDATE"),
        rows,
    )


if __name__ == "__main__":
    main()
