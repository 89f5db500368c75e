import hashlib
import io
import json
import tarfile
from datetime import date

import pytest
from builders import at
from sqlalchemy import func, inspect, select

from intake.errors import ConfigError
from intake.model import Agency, Base, Cursor, Message, Notice, ReminderStep
from intake.store.backup import read_backup, write_backup
from intake.store.engine import Database, upgrade
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


def test_nobody_but_its_owner_can_read_a_backup(filled, tmp_path):
    write_backup(*filled, tmp_path / "backup.tar")
    assert (tmp_path / "backup.tar").stat().st_mode & 0o777 == 0o600


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


RAW = b"Subject: kept\r\n\r\n"
SHA256 = hashlib.sha256(RAW).hexdigest()
MOMENT = {"at": "2026-11-18T01:00:00+00:00"}
DAY = {"on": "2026-11-14"}
OLD_ROWS = {
    "agency": {"code": "STC", "name": "Sở Tài chính", "aliases": [], "groups": []},
    "report_type": {"code": "KTXH-T", "name": "Báo cáo tháng", "frequency": "monthly", "closing": "decree",
                    "roll": "next", "policy": "standard", "aliases": [], "required": [], "groups": [],
                    "share_with": []},
    "obligation": {"id": 1, "agency_code": "STC", "report_type_code": "KTXH-T", "period": "2026-11",
                   "period_start": DAY, "period_end": DAY, "due_at": MOMENT, "opened_at": MOMENT, "status": "open",
                   "missing": []},
    "message": {"id": 1, "mailbox": "m", "uid_validity": 1, "uid": 7, "source": "m", "sha256": SHA256, "size": len(RAW),
                "received_at": MOMENT, "stored_at": MOMENT, "status": "processed", "evidence": ["lời"],
                "suggestions": [], "request": {}},
    "notice": {"id": 1, "key": "a", "name": "overdue", "recipient": "a@tinh.example", "reference": "BC-A",
               "mail_id": "<a@tinh.example>", "fields": {}, "references": [], "queued_at": MOMENT, "attempts": 1,
               "next_attempt_at": MOMENT, "status": "sent", "mime": {"base64": "AP8="}, "in_doubt": False},
    "reminder_step": {"obligation_id": 1, "step": "+0h", "recipient": "a@tinh.example", "notice_id": 1, "at": MOMENT,
                      "notice": "overdue"},
    "cursor": {"mailbox": "m", "uid_validity": 1, "last_uid": 7},
}  # fmt: skip


def backup_of_schema(revision, folder):
    """A backup as the version with that schema wrote it: each table, each column that it had then."""
    database = Database(f"sqlite:///{folder / 'old.db'}")
    with database.engine.begin() as connection, tarfile.open(folder / "old.tar", "w") as archive:
        upgrade(connection, revision)
        for name in set(inspect(connection).get_table_names()) - {"alembic_version"}:
            columns = inspect(connection).get_columns(name)
            row = {one["name"]: None if one["nullable"] else "" for one in columns} | OLD_ROWS.get(name, {})
            row = {one["name"]: row[one["name"]] for one in columns}
            add(archive, f"tables/{name}.jsonl", json.dumps(row).encode() if name in OLD_ROWS else b"")
        add(archive, f"messages/{SHA256}.eml", RAW)
    database.close()
    return folder / "old.tar"


def add(archive, name, content):
    entry = tarfile.TarInfo(name)
    entry.size = len(content)
    archive.addfile(entry, io.BytesIO(content))


@pytest.mark.parametrize("revision", ["0001", "0002", "0003"])
def test_a_backup_of_an_older_schema_is_restored_under_the_newest(database_url, tmp_path, revision):
    database = Database(database_url)
    database.migrate()
    raw_messages = RawMessages(tmp_path / "messages")
    assert read_backup(database, raw_messages, backup_of_schema(revision, tmp_path)) == 1
    with database.writing() as session:
        [message], [cursor] = session.scalars(select(Message)).all(), session.scalars(select(Cursor)).all()
        assert (message.uid, message.evidence, message.received_at) == (7, ["lời"], at("2026-11-18 08:00"))
        assert (cursor.last_uid, cursor.unknown) == (7, 0)
        [notice] = session.scalars(select(Notice)).all()
        assert (notice.mime, notice.in_doubt) == (b"\x00\xff", False)
        [told] = session.scalars(select(ReminderStep)).all()
        assert told.notice == "overdue"
        session.add(Agency(code="SYT", name="Sở Y tế"))
    assert raw_messages.read(message.sha256) == b"Subject: kept\r\n\r\n"
    database.close()


def test_a_backup_of_a_newer_schema_is_refused_with_its_reason(tmp_path):
    database = Database(f"sqlite:///{tmp_path / 'new.db'}")
    database.migrate()
    with tarfile.open(tmp_path / "newer.tar", "w") as archive:
        add(archive, "tables/cursor.jsonl", b'{"mailbox": "m", "of_the_future": 1}')
    with pytest.raises(ConfigError, match="newer version"):
        read_backup(database, RawMessages(tmp_path / "messages"), tmp_path / "newer.tar")
    database.migrate()
    with database.reading() as session:
        assert session.scalars(select(Message)).all() == []
    database.close()
