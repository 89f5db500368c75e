import subprocess
import sys
import threading
import time
from datetime import UTC, datetime

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config as AlembicConfig
from alembic.migration import MigrationContext
from sqlalchemy import text

from intake.errors import ConfigError, TemporaryError
from intake.model import Base, IncidentReport, MailWords, Milestone
from intake.store.engine import MIGRATIONS, Database


@pytest.fixture
def database(database_url):
    database = Database(database_url)
    database.migrate()
    yield database
    database.close()


def test_the_migrations_make_just_the_schema_that_the_model_declares(database):
    with database.engine.connect() as connection:
        options = {"compare_type": False, "include_name": lambda name, *_: "mail_words_index" not in (name or "")}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Base.metadata) == []


def test_migrating_twice_changes_nothing(database):
    database.migrate()


def test_a_database_that_is_in_use_is_brought_to_what_this_version_needs(empty_database_url):
    database = Database(empty_database_url)
    settings = AlembicConfig()
    settings.set_main_option("script_location", str(MIGRATIONS))
    moment = "2026-11-18 08:00:00+00:00"
    with database.engine.begin() as connection:
        settings.attributes["connection"] = connection
        command.upgrade(settings, "0003")
        for statement in (
            "INSERT INTO agency (code, name, aliases, groups) VALUES ('STC', 'Sở Tài chính', '[]', '[]')",
            "INSERT INTO message (id, mailbox, uid_validity, uid, source, sha256, size, received_at, stored_at, "
            "status, message_id, content_key, sender, subject, reason, evidence, suggestions, request, error) VALUES "
            f"(1, 'a', 1, 1, 'a', 'x', 1, '{moment}', '{moment}', 'processed', '', '', 's@x', 'Cháy chợ', '', '[]', "
            "'[]', '{}', '')",
            "INSERT INTO incident (id, category, agency_code, title, opened_at, updated_at, place) VALUES "
            f"(1, 'fire_explosion', 'STC', 'Cháy chợ', '{moment}', '{moment}', '')",
            "INSERT INTO incident_report (message_id, incident_id, opened, text) VALUES (1, 1, true, '')",
        ):
            connection.exec_driver_sql(statement)
    database.migrate()
    with database.reading() as session:
        assert session.get(IncidentReport, 1).incident_id == 1
        assert session.get(MailWords, 1).words == "s x chay cho"
        assert database.is_sqlite is False or session.connection().exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    database.close()


def test_sqlite_keeps_every_commit_through_a_power_cut(tmp_path):
    database = Database(f"sqlite:///{tmp_path / 'intake.db'}")
    with database.engine.connect() as connection:
        pragmas = {
            name: connection.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    database.close()


def test_an_instant_comes_back_aware_and_in_utc(database):
    moment = datetime(2026, 11, 19, 0, 0, tzinfo=UTC)
    with database.writing() as session:
        session.add(Milestone(name="first run", at=moment))
    with database.reading() as session:
        assert session.get(Milestone, "first run").at == moment


def test_a_naive_instant_is_refused(database):
    with pytest.raises(Exception, match="naive"), database.writing() as session:
        session.add(Milestone(name="first run", at=datetime.fromisoformat("2026-11-19T00:00")))


def test_a_failed_transaction_leaves_nothing_behind(database):
    with pytest.raises(RuntimeError), database.writing() as session:
        session.add(Milestone(name="half", at=datetime.now(UTC)))
        session.flush()
        raise RuntimeError
    with database.reading() as session:
        assert session.get(Milestone, "half") is None


def test_two_processes_can_write_to_one_sqlite_database_in_turn(tmp_path):
    url = f"sqlite:///{tmp_path / 'intake.db'}"
    database = Database(url)
    database.migrate()
    program = f"""
from datetime import UTC, datetime
from intake.model import Milestone
from intake.store.engine import Database
database = Database({url!r})
for n in range(30):
    with database.writing() as session:
        session.add(Milestone(name=f"other {{n}}", at=datetime.now(UTC)))
"""
    other = subprocess.Popen([sys.executable, "-c", program])
    for n in range(30):
        with database.writing() as session:
            session.add(Milestone(name=f"own {n}", at=datetime.now(UTC)))
    assert other.wait(60) == 0
    with database.reading() as session:
        assert len(session.query(Milestone).all()) == 60
    database.close()


def test_a_database_that_is_away_is_a_temporary_error():
    database = Database("postgresql+psycopg://nobody@127.0.0.1:9/nothing")
    with pytest.raises(TemporaryError, match="cannot be used now"), database.reading() as session:
        session.execute(text("SELECT 1"))
    database.close()


@pytest.mark.parametrize("url", ["mysql://host/name", "no url at all"])
def test_a_wrong_url_says_what_would_be_right(url):
    with pytest.raises(ConfigError, match="sqlite:///"):
        Database(url)


def test_threads_write_in_turn_and_one_sees_that_another_waits(database):
    wrote: list[str] = []

    def write(name: str) -> None:
        with database.writing() as session:
            session.add(Milestone(name=name, at=datetime.now(UTC)))
            wrote.append(name)

    with database.writing() as session:
        session.add(Milestone(name="first", at=datetime.now(UTC)))
        others = [threading.Thread(target=write, args=(f"other {n}",)) for n in range(3)]
        for other in others:
            other.start()
        deadline = time.monotonic() + 10
        while database.is_sqlite and not database.is_wanted:
            assert time.monotonic() < deadline
        assert wrote == [] or not database.is_sqlite
    for other in others:
        other.join()
    with database.reading() as session:
        assert len(session.query(Milestone).all()) == 4
    assert not database.is_wanted


def test_plain_rows_are_written_with_the_next_flush_and_none_of_a_transaction_that_fails(database):
    with pytest.raises(RuntimeError), database.writing() as session:
        session.add_rows(Milestone, [{"name": "lost", "at": datetime.now(UTC)}])
        raise RuntimeError
    with database.writing() as session:
        session.add_rows(Milestone, [{"name": "first", "at": datetime.now(UTC)}])
        assert [one.name for one in session.query(Milestone)] == ["first"]
        session.add_rows(Milestone, [{"name": "second", "at": datetime.now(UTC)}])
    with database.reading() as session:
        assert {one.name for one in session.query(Milestone)} == {"first", "second"}


def test_what_is_not_written_yet_is_written_before_a_query_that_it_concerns(database):
    with database.writing() as session:
        session.add(Milestone(name="new", at=datetime.now(UTC)))
        session.write_changed(Milestone, lambda one: one.name == "another")
        assert session.new
        session.write_changed(Milestone, lambda one: one.name == "new")
        assert not session.new
