"""A pass costs what is due, whatever is stored: no statement of it reads through all mails, notices or documents."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from builders import at, mail, monthly_report
from sqlalchemy import event
from workplace import workplace

BEGAN, LATER = "2026-11-16 09:00", "2026-11-18 09:00"
GROWING = ("message", "notice", "document", "submission", "obligation", "audit_event", "mail_words", "reminder_step")


@pytest.fixture
def office(tmp_path):
    with workplace(tmp_path, f"sqlite:///{tmp_path / 'intake.db'}", BEGAN) as office:
        office.work(BEGAN)
        yield office


@contextmanager
def plans_of(office) -> Iterator[list[tuple[str, str]]]:
    """Each statement with the way that SQLite takes for it."""
    plans: list[tuple[str, str]] = []

    def explain(connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:
        if statement.startswith(("SELECT", "UPDATE", "DELETE")):
            driver = connection.connection.driver_connection
            rows = driver.execute(f"EXPLAIN QUERY PLAN {statement}", parameters[0] if many else parameters)
            plans.extend((f"{statement} {parameters}", row[3]) for row in rows.fetchall())

    event.listen(office.desk.database.engine, "before_cursor_execute", explain)
    try:
        yield plans
    finally:
        event.remove(office.desk.database.engine, "before_cursor_execute", explain)


def reads_all(statement: str, plan: str) -> bool:
    through_all = any(plan == f"SCAN {table}" or plan.startswith(f"SCAN {table} ") for table in GROWING)
    # Nearly every message is processed and nearly every notice sent, so an index of the status finds nothing.
    through_most = ("message_in_line" in plan and "'processed'" in statement) or (
        "notice_waiting (status=?)" in plan and "'sent'" in statement.partition("WHERE")[2]
    )
    return through_all or through_most


def mails() -> list[bytes]:
    files = {"BC.docx": monthly_report("Sở Tài chính", "1/BC-STC", 11)}
    text = "Gửi báo cáo."
    return [
        mail("stc@tinh.example", "Báo cáo KT-XH tháng 11/2026", text, at(BEGAN), files=files),
        mail("stc@tinh.example", "Lịch công tác", "Gửi lịch công tác.", at(BEGAN)),
        mail(
            "stc@tinh.example",
            "Re: [BC-ABCDEF] nhắc việc",
            text,
            at(BEGAN),
            headers={"In-Reply-To": "<x@tinh.example>"},
        ),
    ]


def test_a_pass_with_mail_reminders_and_answers_reads_through_nothing_that_grows(office):
    office.receive(*mails())
    with plans_of(office) as plans:
        office.work(LATER)
        office.work(LATER)
    assert len({statement for statement, _ in plans}) > 30
    assert [one for one in plans if reads_all(*one)] == []
