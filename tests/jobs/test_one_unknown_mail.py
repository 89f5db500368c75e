"""How many mails the server has that we do not know: counted, told, and fetched where they turn up late."""

import pytest
from builders import at, mail
from servers import PASSWORD
from sqlalchemy import delete, select
from structlog.testing import capture_logs
from workplace import workplace

from intake.errors import TemporaryError
from intake.mail.mailbox import open_mailbox
from intake.model import Cursor, MailWords, Message
from intake.office.server_checks import server_checks

NOW = "2026-11-16 09:05"
LATER = "2026-11-16 09:40"
FOLDER = "Reports"
FULL = TemporaryError("the disk is full")


def letters(count):
    return [mail("ai.do@gmail.example", f"Thư {n}", "Gửi.", at("2026-11-16 09:00")) for n in range(count)]


@pytest.fixture
def office(tmp_path, database_url, dovecot, mailbox_user):
    server = {"host": "127.0.0.1", "port": dovecot.port, "security": "none", "timeout": "10s"}
    box = {"kind": "imap", "name": "box", "folder": FOLDER, "username": mailbox_user, "password": PASSWORD, **server}
    with dovecot.client(mailbox_user) as client:
        client.create_folder(FOLDER)
    with workplace(tmp_path, database_url, "2026-11-10 08:00", mailboxes=[box]) as place:
        place.put = lambda raws: dovecot.put_mails(mailbox_user, raws, FOLDER)
        yield place


def cursor(office):
    with office.desk.database.reading() as session:
        return session.scalars(select(Cursor)).one()


def forget(office, uid):
    """As though it had never been taken."""
    with office.desk.database.writing() as session:
        message = select(Message.id).where(Message.uid == uid).scalar_subquery()
        session.execute(delete(MailWords).where(MailWords.message_id == message))
        session.execute(delete(Message).where(Message.uid == uid))


def uids(office):
    with office.desk.database.reading() as session:
        return sorted(session.scalars(select(Message.uid)))


def test_a_mailbox_that_was_read_to_its_end_holds_nothing_unknown(office):
    office.put(letters(3))
    office.work(NOW)
    assert (cursor(office).unknown, cursor(office).unknown_since, cursor(office).gone) == (0, None, 0)


def test_a_mail_that_turns_up_below_the_cursor_is_found_and_fetched(office):
    office.put(letters(3))
    office.work(NOW)
    forget(office, 2)
    with capture_logs() as logs:
        office.work(LATER)
    assert uids(office) == [1, 2, 3]
    [told] = [one for one in logs if one["event"] == "mails turned up below the cursor"]
    assert (told["count"], told["uids"]) == (1, [2])
    assert cursor(office).last_uid == 3


def test_it_is_found_where_other_mails_were_deleted_before(office, dovecot, mailbox_user):
    office.put(letters(4))
    office.work(NOW)
    with dovecot.client(mailbox_user) as client:
        client.select_folder(FOLDER)
        client.delete_messages([1, 4])
        client.expunge()
    office.work("2026-11-16 09:06")
    assert cursor(office).gone == 2
    forget(office, 3)
    office.work("2026-11-16 09:07")
    assert uids(office) == [1, 2, 3, 4]


def test_nothing_is_listed_while_the_numbers_agree(office, monkeypatch):
    office.put(letters(3))
    office.work(NOW)
    listed = []
    kind = type(open_mailbox(office.desk.config.mailboxes[0]))
    there = kind.uids_between
    monkeypatch.setattr(kind, "uids_between", lambda self, low, high: listed.append(low) or there(self, low, high))
    office.work("2026-11-16 09:06")
    assert listed == []
    office.work("2026-11-17 09:06")
    assert listed == [1]


def test_mails_that_cannot_be_stored_are_counted_told_and_alarmed(office, monkeypatch):
    office.work(NOW)
    office.put(letters(3))
    with monkeypatch.context() as full:
        full.setattr(type(office.desk.raw_messages), "put", lambda _self, _raws: (_ for _ in ()).throw(FULL))
        office.work("2026-11-16 09:06")
        assert (cursor(office).unknown, cursor(office).unknown_since) == (3, at("2026-11-16 09:06"))
        office.work("2026-11-16 09:10")
        assert office.sent("admin_alert") == []
        office.work("2026-11-16 09:11")
    [alarm] = office.sent("admin_alert")
    assert "Có thư chưa được lưu" in alarm["Subject"]
    assert "3 mails" in alarm.get_body(("plain",)).get_content()
    office.work("2026-11-16 09:12")
    assert (cursor(office).unknown, uids(office)) == (0, [1, 2, 3])


def test_check_tells_how_many_and_complains_only_where_there_was_time_to_take_them(office):
    office.put(letters(2))
    office.move_to(NOW)
    assert [(one.ok, one.unknown) for one in server_checks(office.desk)] == [(True, 2), (True, None)]
    office.work(NOW)
    office.put(letters(3)[2:])
    assert [(one.ok, one.unknown) for one in server_checks(office.desk)] == [(True, 1), (True, None)]
    office.move_to(LATER)
    box, _ = server_checks(office.desk)
    assert (box.ok, box.unknown) == (False, 1)
    assert "is the daemon running" in box.detail


def test_check_finds_what_is_missing_below_the_cursor(office):
    office.put(letters(3))
    office.work(NOW)
    forget(office, 1)
    box, _ = server_checks(office.desk)
    assert box.unknown == 1


def test_a_mailbox_that_was_numbered_anew_is_compared_anew(office, dovecot, mailbox_user):
    office.put(letters(3))
    office.work(NOW)
    with dovecot.client(mailbox_user) as client:
        client.delete_folder(FOLDER)
        client.create_folder(FOLDER)
    office.put(letters(5)[1:])
    office.work(LATER)
    assert (cursor(office).unknown, len(uids(office))) == (0, 5)


def test_a_maildir_is_counted_in_the_same_way(tmp_path, database_url):
    with workplace(tmp_path, database_url, "2026-11-10 08:00") as office:
        office.receive(*letters(3))
        office.work(NOW)
        forget(office, 2)
        office.work(LATER)
        assert uids(office) == [1, 2, 3]
