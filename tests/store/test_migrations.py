"""A database with rows in it is brought up to date: an office has some, an empty one proves little."""

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from intake.errors import ConfigError
from intake.model import Base
from intake.store.engine import MIGRATIONS, Database, revisions, upgrade

# A notice, and the step that it told: rows that refer to each other.
ROWS = """
INSERT INTO agency (code, name, aliases, groups) VALUES ('STC', 'Sở', '[]', '[]');
INSERT INTO report_type
(code, name, frequency, closing, due, roll, aliases, required, groups, policy, share_with)
VALUES ('T', 'T', 'monthly', 'decree', '', 'next', '[]', '[]', '[]', 'standard', '[]');
INSERT INTO obligation
(agency_code, report_type_code, period, period_start, period_end, due_at, opened_at, status, missing, extended_why)
VALUES ('STC', 'T', 'p', '2026-11-01', '2026-11-30', '2026-12-01', '2026-11-01', 'open', '[]', '');
INSERT INTO notice
(key, name, recipient, reference, mail_id, fields, queued_at, next_attempt_at, recipient_name, status, in_reply_to,
"references", attempts, error)
VALUES ('k', 'overdue', 'r', 'BC', 'm', '[]', '2026-12-01', '2026-12-01', '', 'sent', '', '[]', 1, '');
INSERT INTO reminder_step (obligation_id, step, recipient, notice_id, at) VALUES (1, '+0h', 'r', 1, '2026-12-01');
"""


def filled_at(database, revision):
    with database.rebuilding() as connection:
        upgrade(connection, revision)
        for statement in filter(None, ROWS.strip().split(";")):
            connection.execute(text(statement))


@pytest.mark.parametrize("revision", ["0001", "0002"])
def test_a_database_with_rows_is_brought_up_to_date(empty_database_url, revision):
    database = Database(empty_database_url)
    filled_at(database, revision)
    database.migrate()
    with database.engine.connect() as connection:
        assert connection.execute(text("SELECT notice FROM reminder_step")).scalar() == "overdue"
        tables = inspect(connection)
        for table in Base.metadata.sorted_tables:
            assert {one["name"] for one in tables.get_columns(table.name)} == set(table.c.keys())
    database.close()


def test_foreign_keys_are_minded_again_afterwards(tmp_path):
    database = Database(f"sqlite:///{tmp_path / 'intake.db'}")
    database.migrate()
    with database.engine.connect() as connection:
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
    database.close()


def test_rows_that_would_refer_to_nothing_are_refused(tmp_path):
    database = Database(f"sqlite:///{tmp_path / 'intake.db'}")
    database.migrate()
    with pytest.raises(ConfigError, match="refers to one of agency"), database.rebuilding() as connection:
        connection.execute(text("INSERT INTO contact (agency_code, email, role, name) VALUES ('X', 'x', 'head', '')"))
    database.close()


def test_the_revisions_are_one_line_and_name_their_files():
    settings = Config()
    settings.set_main_option("script_location", str(MIGRATIONS))
    assert [one.revision for one in ScriptDirectory.from_config(settings).walk_revisions()][::-1] == revisions()
