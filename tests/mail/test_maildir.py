"""The Maildir mailbox: what is read, and that a mail stays the same mail wherever it moves."""

import os
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from intake.clock import clock_at
from intake.config import ImapOrMaildir
from intake.errors import PermanentError
from intake.mail.incoming import Incoming
from intake.mail.mailbox import open_mailbox
from intake.mail.maildir import deliver
from intake.mail.uid_list import FILE

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def mail(subject: str = "Báo cáo", minute: int = 0) -> bytes:
    received = f"Received: from a by b; Mon, 2 Mar 2026 07:{minute:02}:00 +0700\n"
    return f"{received}Subject: {subject}\n\nKính gửi\n".encode()


def settings_for(folder: Path, **changes: Any) -> ImapOrMaildir:
    return ImapOrMaildir.model_validate({"kind": "maildir", "path": folder} | changes)


def read(folder: Path, after_uid: int = 0, **changes: Any) -> list[Incoming]:
    with open_mailbox(settings_for(folder, **changes), clock_at(NOW)) as mailbox:
        return list(mailbox.new_messages(after_uid))


def uid_validity(folder: Path) -> int:
    with open_mailbox(settings_for(folder)) as mailbox:
        return mailbox.uid_validity


def test_a_maildir_that_is_not_there_is_made(tmp_path: Path) -> None:
    assert read(tmp_path / "inbox") == []
    assert {"tmp", "new", "cur"} <= {entry.name for entry in (tmp_path / "inbox").iterdir()}


def test_mails_in_new_and_in_cur_are_read_as_they_are(tmp_path: Path) -> None:
    deliver(tmp_path, mail("một"))
    path = deliver(tmp_path, mail("hai", minute=1))
    path.rename(tmp_path / "cur" / f"{path.name}:2,S")
    assert [one.raw for one in read(tmp_path)] == [mail("một"), mail("hai", minute=1)]


def test_uids_follow_the_order_in_which_the_mails_were_taken(tmp_path: Path) -> None:
    for minute in (5, 1, 3):
        deliver(tmp_path, mail(minute=minute))
    assert [(one.uid, one.received_at.minute) for one in read(tmp_path)] == [(1, 1), (2, 3), (3, 5)]


def test_only_mails_after_the_cursor_are_read(tmp_path: Path) -> None:
    deliver(tmp_path, mail("một"))
    (first,) = read(tmp_path)
    deliver(tmp_path, mail("hai"))
    assert [(one.uid, one.raw) for one in read(tmp_path, first.uid)] == [(2, mail("hai"))]


def test_an_older_mail_that_comes_later_is_after_the_cursor_too(tmp_path: Path) -> None:
    deliver(tmp_path, mail(minute=30))
    (first,) = read(tmp_path)
    deliver(tmp_path, mail(minute=1))
    assert [one.uid for one in read(tmp_path, first.uid)] == [2]


def test_a_mail_keeps_its_uid_when_it_moves_and_changes_flags(tmp_path: Path) -> None:
    path = deliver(tmp_path, mail())
    before = read(tmp_path)
    path = path.rename(tmp_path / "cur" / f"{path.name}:2,")
    assert read(tmp_path) == before
    path.rename(path.with_name(f"{path.name}FRS"))
    assert read(tmp_path) == before


def test_a_uid_is_never_given_again(tmp_path: Path) -> None:
    deliver(tmp_path, mail("một")).unlink()
    path = deliver(tmp_path, mail("hai"))
    assert [one.uid for one in read(tmp_path)] == [1]
    path.unlink()
    deliver(tmp_path, mail("ba"))
    assert [one.uid for one in read(tmp_path)] == [2]


def test_uid_validity_stays_from_one_opening_to_the_next(tmp_path: Path) -> None:
    assert uid_validity(tmp_path) == uid_validity(tmp_path)


@pytest.mark.parametrize("content", [None, b"", b"garbage\n", b"1 2\n", b"9 1 1\n", b"\xff\xfe"])
def test_a_list_of_uids_that_was_lost_gives_another_uid_validity(tmp_path: Path, content: bytes | None) -> None:
    before = uid_validity(tmp_path)
    (tmp_path / FILE).unlink()
    if content is not None:
        (tmp_path / FILE).write_bytes(content)
    after = uid_validity(tmp_path)
    assert after != before
    assert uid_validity(tmp_path) == after


def test_what_is_not_a_delivered_mail_is_left_alone(tmp_path: Path) -> None:
    read(tmp_path)
    (tmp_path / "dropped.eml").write_bytes(mail())
    (tmp_path / "tmp" / "half-written").write_bytes(mail())
    (tmp_path / "new" / ".hidden").write_bytes(mail())
    (tmp_path / "new" / "folder").mkdir()
    assert read(tmp_path) == []


@pytest.mark.parametrize("name", ["có dấu cách và tiếng Việt.eml", "a%20b", "a\nb", "name:with:colons", b"latin-\xe9"])
def test_a_file_may_have_any_name(tmp_path: Path, name: str | bytes) -> None:
    read(tmp_path)
    (tmp_path / "new" / os.fsdecode(name)).write_bytes(mail())
    assert [one.uid for one in read(tmp_path)] == [1]
    assert [one.raw for one in read(tmp_path)] == [mail()]


def test_mails_are_counted_without_being_read(tmp_path: Path) -> None:
    for _ in range(3):
        deliver(tmp_path, mail())
    with open_mailbox(settings_for(tmp_path)) as mailbox:
        assert [mailbox.count_after(uid) for uid in (0, 2, 3)] == [3, 1, 0]


def test_received_at_is_the_time_of_the_file_where_its_header_tells_none(tmp_path: Path) -> None:
    path = deliver(tmp_path, b"Subject: x\n\n")
    os.utime(path, (1_000_000_000, 1_000_000_000))
    assert read(tmp_path)[0].received_at == datetime.fromtimestamp(1_000_000_000, UTC)


def test_of_a_mail_over_the_limit_only_the_header_is_read(tmp_path: Path) -> None:
    big = mail() + b"x" * 5_000
    deliver(tmp_path, big)
    (one,) = read(tmp_path, max_size=1_000)
    assert one.too_large and one.size == len(big)
    assert one.raw == big.partition(b"\n\n")[0]
    assert one.received_at == datetime(2026, 3, 2, 0, 0, tzinfo=UTC)


def test_a_mail_that_cannot_be_read_holds_up_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deliver(tmp_path, mail("một"))
    broken = deliver(tmp_path, mail("hai", minute=1))
    as_it_is = Path.open

    def failing_disk(path: Path, *args: Any, **kwargs: Any) -> Any:
        if path == broken:
            raise OSError(5, "Input/output error")
        return as_it_is(path, *args, **kwargs)

    monkeypatch.setattr(Path, "open", failing_disk)
    assert [(one.raw, one.unreadable) for one in read(tmp_path)] == [(mail("một"), False), (b"", True)]
    assert "Input/output error" in read(tmp_path)[1].problem


def test_a_path_that_is_a_file_needs_a_person(tmp_path: Path) -> None:
    (tmp_path / "inbox").write_text("")
    with pytest.raises(PermanentError, match="check path"):
        read(tmp_path / "inbox")


@pytest.mark.parametrize(("after", "kept_in"), [("keep", "new"), ("flag", "cur"), ("move", ".Đã nhận/cur")])
def test_stored_mails_go_where_the_config_says(tmp_path: Path, after: str, kept_in: str) -> None:
    path = deliver(tmp_path, mail())
    with open_mailbox(settings_for(tmp_path, after=after, move_to="Đã nhận")) as mailbox:
        mailbox.dispose([one.uid for one in mailbox.new_messages(0)])
    (kept,) = (tmp_path / kept_in).iterdir()
    assert kept.name in (path.name, f"{path.name}:2,")
    assert kept.read_bytes() == mail()


def test_a_mail_that_moved_since_it_was_read_is_still_put_away(tmp_path: Path) -> None:
    path = deliver(tmp_path, mail())
    with open_mailbox(settings_for(tmp_path, after="move")) as mailbox:
        uids = [one.uid for one in mailbox.new_messages(0)]
        path.rename(tmp_path / "cur" / f"{path.name}:2,S")
        mailbox.dispose(uids)
    assert [kept.name for kept in (tmp_path / ".Intake" / "cur").iterdir()] == [f"{path.name}:2,S"]


def test_a_mail_that_moves_while_others_are_read_is_found(tmp_path: Path) -> None:
    deliver(tmp_path, mail("một"))
    path = deliver(tmp_path, mail("hai", minute=1))
    with open_mailbox(settings_for(tmp_path)) as mailbox:
        incoming: Iterator[Incoming] = mailbox.new_messages(0)
        next(incoming)
        path.rename(tmp_path / "cur" / f"{path.name}:2,S")
        assert [one.raw for one in incoming] == [mail("hai", minute=1)]


def test_a_mail_that_is_gone_by_now_is_passed_over(tmp_path: Path) -> None:
    deliver(tmp_path, mail("một"))
    path = deliver(tmp_path, mail("hai", minute=1))
    with open_mailbox(settings_for(tmp_path)) as mailbox:
        incoming = mailbox.new_messages(0)
        next(incoming)
        path.unlink()
        assert list(incoming) == []


def test_a_waiting_mailbox_wakes_once_when_mail_comes(tmp_path: Path) -> None:
    deliver(tmp_path, mail("before"))
    with open_mailbox(settings_for(tmp_path)) as mailbox:
        assert not mailbox.wait(0)
        threading.Timer(0.2, deliver, (tmp_path, mail("while"))).start()
        assert mailbox.wait(60)
        assert not mailbox.wait(0)


def test_waiting_ends_when_it_is_told_to(tmp_path: Path) -> None:
    stop = threading.Event()
    stop.set()
    with open_mailbox(settings_for(tmp_path)) as mailbox:
        assert not mailbox.wait(60, stop)
