"""Old mails are packed into dated archives: nothing is lost at any crash, and all can be read as before."""

import json
import zipfile
from datetime import timedelta

import pytest
from builders import at, mail
from sqlalchemy import select
from workplace import workplace

from intake.errors import ConfigError, PermanentError, TemporaryError
from intake.jobs.pack import pack, pack_daily
from intake.model import Message
from intake.store.backup import read_backup, write_backup
from intake.store.engine import Database
from intake.store.files import RawMessages
from intake.store.packed import PackedMessages

NOW = "2026-12-20 09:00"
AFTER = timedelta(days=30)


def automatic(number, received_at):
    return mail(
        f"a{number}@tinh.example", "Trả lời tự động: nghỉ", f"Số {number}.", at(received_at),
        headers={"Auto-Submitted": "auto-replied"},
    )  # fmt: skip


@pytest.fixture
def office(tmp_path, database_url):
    with workplace(tmp_path, database_url, "2026-09-10 08:00") as place:
        place.receive(*(automatic(n, f"2026-{month}-05 09:00") for n, month in enumerate(("09", "10", "10", "11"))))
        place.work("2026-11-06 09:00")
        place.move_to(NOW)
        yield place


def rows(office):
    with office.desk.database.reading() as session:
        return session.scalars(select(Message).order_by(Message.received_at)).all()


def loose(office):
    return sorted(path.stem for path in office.desk.raw_messages.folder.glob("??/*.eml"))


def archives(office):
    return sorted(path.name for path in office.desk.raw_messages.packed.archives())


def test_whole_months_that_are_old_enough_are_packed_with_a_manifest(office):
    done = pack(office.desk, AFTER)
    assert (done.messages, done.archives, done.tidied) == (3, 2, 3)
    assert archives(office) == ["2026-09.zip", "2026-10.zip"]
    _, second, third, fourth = rows(office)
    assert loose(office) == [fourth.sha256]
    with zipfile.ZipFile(office.desk.raw_messages.packed.folder / "2026-10.zip") as archive:
        lines = [json.loads(line) for line in archive.read("manifest.jsonl").splitlines()]
        assert set(archive.namelist()) == {f"{second.sha256}.eml", f"{third.sha256}.eml", "manifest.jsonl"}
    assert {line["sha256"] for line in lines} == {second.sha256, third.sha256}
    assert (lines[0]["size"], lines[0]["received_at"]) == (second.size, "2026-10-05T09:00:00+07:00")
    assert lines[0]["message_id"] == second.message_id
    assert lines[0]["source"] == second.source


def test_a_packed_mail_is_read_as_before_and_packed_again_next_time(office):
    raws = {row.sha256: office.desk.raw_messages.read(row.sha256) for row in rows(office)}
    pack(office.desk, AFTER)
    first = rows(office)[0]
    read = office.desk.readers.read(office.desk.raw_messages.path_of(first.sha256))
    assert read.message.subject == "Trả lời tự động: nghỉ"
    assert {sha256: office.desk.raw_messages.read(sha256) for sha256 in raws} == raws
    assert len(loose(office)) == 4
    done = pack(office.desk, AFTER)
    assert (done.messages, done.archives, done.tidied) == (0, 0, 3)
    assert len(loose(office)) == 1


def test_what_comes_late_for_a_month_makes_a_second_archive(office):
    pack(office.desk, AFTER)
    office.receive(automatic(9, "2026-10-06 09:00"))
    office.work(NOW)
    assert pack(office.desk, AFTER).messages == 1
    assert archives(office) == ["2026-09.zip", "2026-10.2.zip", "2026-10.zip"]


def test_what_waits_for_a_person_stays_a_file(office):
    office.receive(mail("ai.do@gmail.example", "Gửi văn phòng", "Xin gửi.", at("2026-09-06 09:00")))
    office.work(NOW)
    waiting = next(row.sha256 for row in rows(office) if row.disposition == "review")
    pack(office.desk, AFTER)
    assert waiting in loose(office)


class CrashError(Exception):
    pass


@pytest.mark.parametrize("step", ["holds_whole", "add"])
def test_a_crash_leaves_each_mail_in_one_place_and_the_next_run_goes_on(office, monkeypatch, step):
    before = {row.sha256: office.desk.raw_messages.read(row.sha256) for row in rows(office)}
    there = getattr(PackedMessages, step)

    def crash(self, *arguments):
        if step == "add":
            there(self, *arguments)
        raise CrashError

    with monkeypatch.context() as dying:
        dying.setattr(PackedMessages, step, crash)
        with pytest.raises(CrashError):
            pack(office.desk, AFTER)
    assert len(loose(office)) == 4
    pack(office.desk, AFTER)
    assert len(loose(office)) == 1
    assert {sha256: office.desk.raw_messages.read(sha256) for sha256 in before} == before


def test_an_archive_that_does_not_give_back_what_went_in_is_not_kept(office, monkeypatch):
    monkeypatch.setattr(PackedMessages, "holds_whole", lambda *_: False)
    with pytest.raises(TemporaryError, match="nothing was packed"):
        pack(office.desk, AFTER)
    assert (archives(office), len(loose(office))) == ([], 4)


def test_a_damaged_archive_is_said_to_be_and_its_loose_files_stay(office):
    pack(office.desk, AFTER)
    first = rows(office)[0]
    archive = office.desk.raw_messages.packed.folder / "2026-09.zip"
    archive.write_bytes(b"PK" + archive.read_bytes()[2:100])
    with pytest.raises(PermanentError, match="damaged"):
        office.desk.raw_messages.path_of(first.sha256)


def test_the_daemon_packs_once_a_day_by_the_rule_of_the_office(tmp_path, database_url):
    storage = {"path": "messages", "pack_after": "30d"}
    with workplace(tmp_path, database_url, "2026-09-10 08:00", storage=storage) as office:
        office.receive(automatic(1, "2026-09-12 09:00"))
        office.work("2026-09-12 09:05")
        office.work("2026-11-05 09:05")
        assert archives(office) == ["2026-09.zip"]
        office.receive(automatic(2, "2026-09-13 09:00"))
        office.work("2026-11-05 10:05")
        assert archives(office) == ["2026-09.zip"]
        office.work("2026-11-06 09:05")
        assert len(archives(office)) == 2


def test_without_a_rule_nothing_is_packed(office):
    assert pack_daily(office.desk).messages == 0
    with pytest.raises(ConfigError, match="pack_after"):
        pack(office.desk)


def test_two_processes_do_not_pack_at_once(office):
    with office.desk.raw_messages.packed.alone(), pytest.raises(TemporaryError, match="another process"):
        pack(office.desk, AFTER)


def test_a_backup_takes_the_archives_along(office, tmp_path):
    raws = {row.sha256: office.desk.raw_messages.read(row.sha256) for row in rows(office)}
    pack(office.desk, AFTER)
    write_backup(office.desk.database, office.desk.raw_messages, tmp_path / "backup.tar")
    elsewhere, restored = Database(f"sqlite:///{tmp_path / 'elsewhere.db'}"), RawMessages(tmp_path / "elsewhere")
    elsewhere.migrate()
    assert read_backup(elsewhere, restored, tmp_path / "backup.tar") == 4
    assert {sha256: restored.read(sha256) for sha256 in raws} == raws
    elsewhere.close()
