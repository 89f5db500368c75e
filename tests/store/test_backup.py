import tarfile
from datetime import date

import pytest
from builders import at
from sqlalchemy import func, select

from intake.errors import ConfigError
from intake.model import Agency, Base, Message, Notice
from intake.store.backup import read_backup, write_backup
from intake.store.engine import Database
from intake.store.files import RawMessages


@pytest.fixture
def filled(database_url, tmp_path):
    database = Database(database_url)
    database.migrate()
    raw_messages = RawMessages(tmp_path / "messages")
    [sha256] = raw_messages.put([b"Subject: kept\r\n\r\n"])
    with database.writing() as session:
        session.add(Agency(code="STC", name="Sở Tài chính", active_to=date(2027, 1, 1)))
        session.add(
            Message(
                mailbox="m",
                uid_validity=1,
                uid=1,
                source="m",
                sha256=sha256,
                size=17,
                received_at=at("2026-11-18 08:00"),
                stored_at=at("2026-11-18 08:00"),
                evidence=["lời"],
            )
        )
        session.add(
            Notice(
                key="a",
                name="reminder",
                recipient="a@tinh.example",
                reference="BC-A",
                mail_id="<a@tinh.example>",
                fields={"agency": "Sở Tài chính"},
                queued_at=at("2026-11-18 08:00"),
                next_attempt_at=at("2026-11-18 08:00"),
                mime=b"\x00\xff",
            )
        )
    yield database, raw_messages
    database.close()


def contents(database):
    with database.engine.connect() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
            for table in Base.metadata.sorted_tables
        }


def test_what_was_backed_up_is_restored_in_another_place_and_engine(filled, tmp_path):
    write_backup(*filled, tmp_path / "backup.tar")
    restored = Database(f"sqlite:///{tmp_path / 'elsewhere.db'}")
    restored.migrate()
    raw_messages = RawMessages(tmp_path / "elsewhere")
    assert read_backup(restored, raw_messages, tmp_path / "backup.tar") == 1
    assert contents(restored) == contents(filled[0])
    with restored.reading() as session:
        [message] = session.scalars(select(Message)).all()
    assert raw_messages.read(message.sha256) == b"Subject: kept\r\n\r\n"
    restored.close()


def test_new_rows_are_numbered_on_from_where_the_backup_stopped(filled, tmp_path, database_url):
    write_backup(*filled, tmp_path / "backup.tar")
    database, raw_messages = filled
    with database.engine.begin() as connection:
        for table in reversed(Base.metadata.sorted_tables):
            connection.execute(table.delete())
    read_backup(database, raw_messages, tmp_path / "backup.tar")
    with database.writing() as session:
        message = Message(
            mailbox="m", uid_validity=1, uid=2, source="m", sha256="0", size=0,
            received_at=at("2026-11-18 09:00"), stored_at=at("2026-11-18 09:00"),
        )  # fmt: skip
        session.add(message)
        session.flush()
        assert message.id > session.scalar(select(func.min(Message.id)))


def test_a_backup_overwrites_nothing(filled, tmp_path):
    (tmp_path / "backup.tar").write_bytes(b"mine")
    with pytest.raises(ConfigError, match="there already"):
        write_backup(*filled, tmp_path / "backup.tar")


def test_a_database_that_holds_something_is_not_restored_into(filled, tmp_path):
    write_backup(*filled, tmp_path / "backup.tar")
    with pytest.raises(ConfigError, match="not empty"):
        read_backup(*filled, tmp_path / "backup.tar")


def test_a_file_that_is_no_backup_says_so(tmp_path):
    (tmp_path / "backup.tar").write_bytes(b"no tar")
    database = Database(f"sqlite:///{tmp_path / 'new.db'}")
    database.migrate()
    with pytest.raises(ConfigError, match="cannot be restored"):
        read_backup(database, RawMessages(tmp_path / "messages"), tmp_path / "backup.tar")
    database.close()


def test_a_backup_has_no_draft_beside_it(filled, tmp_path):
    write_backup(*filled, tmp_path / "backup.tar")
    assert not (tmp_path / "backup.tar.part").exists()
    assert tarfile.is_tarfile(tmp_path / "backup.tar")
