"""What was told about obligations, kept and asked for, however many fall due at once."""

import pytest
from builders import at, registry

from intake.model import Notice, Obligation
from intake.store.engine import Database
from intake.store.obligations import ToldStep, due_for_a_step, note_told, told_steps
from intake.store.registry_rows import replace_registry

NOW = at("2026-11-15 09:00")


@pytest.fixture
def database(database_url):
    database = Database(database_url)
    database.migrate()
    known = registry()
    with database.writing() as session:
        replace_registry(session, known.agencies, known.contacts, known.report_types, NOW)
    yield database
    database.close()


def obligation(period: str, due_at: str) -> Obligation:
    day = at(due_at).date()
    return Obligation(
        agency_code="STC", report_type_code="KTXH-T", period=period, period_start=day, period_end=day,
        due_at=at(due_at), opened_at=NOW, next_step_at=NOW,
    )  # fmt: skip


def notice(session, key: str) -> Notice:
    row = Notice(
        key=key, name="reminder", recipient="a@tinh.example", reference="BC-1", mail_id=f"<{key}@tinh.example>",
        fields={}, queued_at=NOW, next_attempt_at=NOW,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def told(owed: Obligation, row: Notice) -> ToldStep:
    return ToldStep(owed.id, "-3d", row.recipient, row.id, NOW, row.name)


def test_what_is_due_comes_with_the_earliest_deadline_first(database):
    with database.writing() as session:
        session.add_all([obligation("2026-11", "2026-11-18 00:00"), obligation("2026-10", "2026-10-18 00:00")])
    with database.reading() as session:
        assert [one.period for one in due_for_a_step(session, NOW)] == ["2026-10", "2026-11"]


def test_what_was_told_is_asked_for_more_obligations_than_a_statement_has_parameters(database):
    with database.reading() as session:
        assert told_steps(session, range(1, 70_000)) == {}


def test_a_step_whose_notice_was_withdrawn_belongs_to_the_next_one(database):
    with database.writing() as session:
        owed = obligation("2026-11", "2026-11-18 00:00")
        session.add(owed)
        first, second = notice(session, "first"), notice(session, "second")
        for row in (first, second):
            note_told(session, [told(owed, row)])
            session.flush()
        [kept] = told_steps(session, [owed.id])[owed.id]
        assert kept.step.notice_id == second.id
