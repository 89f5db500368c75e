"""The IMAP mailbox against a real Dovecot."""

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from servers import PASSWORD, Dovecot, dovecot_server

from intake.clock import clock_at
from intake.config import ImapOrMaildir
from intake.errors import PermanentError, TemporaryError
from intake.mail import imap, imap_connection
from intake.mail.mailbox import Incoming, open_mailbox

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
HANOI = timezone(timedelta(hours=7))


def settings_for(server: Dovecot, user: str, **changes: Any) -> ImapOrMaildir:
    settings = {
        "kind": "imap", "host": "127.0.0.1", "port": server.port, "security": "none", "username": user,
        "password": PASSWORD, "timeout": "10s",
    }  # fmt: skip
    return ImapOrMaildir.model_validate(settings | changes)


def mail(subject: str = "Báo cáo", size: int = 0) -> bytes:
    header = f"From: van.thu@xa.example\r\nSubject: {subject}\r\n\r\n".encode()
    line = b"x" * 76 + b"\r\n"
    return header + line * (size // len(line)) + "Kính gửi\r\n".encode()


def read(settings: ImapOrMaildir, after_uid: int = 0) -> list[Incoming]:
    with open_mailbox(settings, clock_at(NOW)) as mailbox:
        return list(mailbox.new_messages(after_uid))


def flags_of(server: Dovecot, user: str, folder: str = "INBOX") -> dict[int, tuple[bytes, ...]]:
    with server.client(user) as client:
        client.select_folder(folder, readonly=True)
        return {uid: told[b"FLAGS"] for uid, told in client.fetch(client.search(), ["FLAGS"]).items()}


@pytest.mark.parametrize("security", ["none", "starttls", "tls"])
def test_logs_in_with_every_kind_of_security(dovecot: Dovecot, mailbox_user: str, security: str) -> None:
    dovecot.put_mails(mailbox_user, [mail()])
    port = dovecot.tls_port if security == "tls" else dovecot.port
    settings = settings_for(dovecot, mailbox_user, security=security, port=port, ca_file=dovecot.ca_file)
    assert [one.raw for one in read(settings)] == [mail()]


def test_each_piece_of_a_large_mail_is_a_sign_of_life(dovecot: Dovecot, mailbox_user: str) -> None:
    dovecot.put_mails(mailbox_user, [mail(size=3 * imap.SLICE)])
    heard: list[float] = []
    with open_mailbox(
        settings_for(dovecot, mailbox_user), clock_at(NOW), lambda: heard.append(time.monotonic())
    ) as mailbox:
        list(mailbox.new_messages(0))
    assert len(heard) >= 3


def test_a_wrong_password_needs_a_person(dovecot: Dovecot, mailbox_user: str) -> None:
    settings = settings_for(dovecot, mailbox_user, password="wrong")
    with pytest.raises(PermanentError, match="check username and password"):
        read(settings)


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_of_an_unknown_authority_needs_a_person(
    dovecot: Dovecot, mailbox_user: str, security: str
) -> None:
    port = dovecot.tls_port if security == "tls" else dovecot.port
    with pytest.raises(PermanentError, match="set ca_file"):
        read(settings_for(dovecot, mailbox_user, security=security, port=port))


def test_tls_on_a_port_without_it_says_so(dovecot: Dovecot, mailbox_user: str) -> None:
    with pytest.raises(PermanentError, match="does not speak TLS"):
        read(settings_for(dovecot, mailbox_user, security="tls", ca_file=dovecot.ca_file))


def test_a_missing_ca_file_needs_a_person(dovecot: Dovecot, mailbox_user: str) -> None:
    with pytest.raises(PermanentError, match="ca_file"):
        read(settings_for(dovecot, mailbox_user, security="tls", ca_file="no-such-file.pem"))


def test_a_missing_folder_needs_a_person(dovecot: Dovecot, mailbox_user: str) -> None:
    with pytest.raises(PermanentError, match="check folder"):
        read(settings_for(dovecot, mailbox_user, folder="Không có"))


def test_a_port_where_nobody_listens_is_tried_again(dovecot: Dovecot, mailbox_user: str) -> None:
    with pytest.raises(TemporaryError, match="refuses connections"):
        read(settings_for(dovecot, mailbox_user, port=1))


def test_only_mails_after_the_cursor_are_read(dovecot: Dovecot, mailbox_user: str) -> None:
    uids = dovecot.put_mails(mailbox_user, [mail("một"), mail("hai"), mail("ba")])
    assert [one.uid for one in read(settings_for(dovecot, mailbox_user), uids[0])] == uids[1:]


def test_past_the_last_mail_there_is_nothing(dovecot: Dovecot, mailbox_user: str) -> None:
    uids = dovecot.put_mails(mailbox_user, [mail()])
    assert read(settings_for(dovecot, mailbox_user), uids[-1]) == []


def test_an_empty_folder_has_nothing_new(dovecot: Dovecot, mailbox_user: str) -> None:
    assert read(settings_for(dovecot, mailbox_user)) == []


def test_many_mails_come_in_ascending_order(dovecot: Dovecot, mailbox_user: str) -> None:
    uids = dovecot.put_mails(mailbox_user, [mail(str(number)) for number in range(2 * imap.BATCH + 3)])
    assert [one.uid for one in read(settings_for(dovecot, mailbox_user))] == uids


def test_a_huge_folder_is_searched_window_by_window(
    dovecot: Dovecot, mailbox_user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imap_connection, "SEARCH_WINDOW", 3)
    uids = dovecot.put_mails(mailbox_user, [mail(str(number)) for number in range(11)])
    assert [one.uid for one in read(settings_for(dovecot, mailbox_user), uids[0])] == uids[1:]


def test_mail_that_comes_on_an_open_connection_is_found(dovecot: Dovecot, mailbox_user: str) -> None:
    with open_mailbox(settings_for(dovecot, mailbox_user)) as mailbox:
        assert list(mailbox.new_messages(0)) == []
        dovecot.put_mails(mailbox_user, [mail()])
        assert [one.uid for one in mailbox.new_messages(0)] == [1]


def test_mails_are_counted_without_being_read(dovecot: Dovecot, mailbox_user: str) -> None:
    dovecot.put_mails(mailbox_user, [mail(), mail(), mail()])
    with open_mailbox(settings_for(dovecot, mailbox_user)) as mailbox:
        assert [mailbox.count_after(uid) for uid in (0, 2, 3)] == [3, 1, 0]


def test_received_at_is_the_internal_date_with_its_zone(dovecot: Dovecot, mailbox_user: str) -> None:
    taken_at = datetime(2026, 2, 14, 23, 59, 59, tzinfo=HANOI)
    dovecot.put_mails(mailbox_user, [mail()], received_at=taken_at)
    assert read(settings_for(dovecot, mailbox_user))[0].received_at == taken_at


def test_an_internal_date_before_1970_gives_way_to_the_received_field(dovecot: Dovecot, mailbox_user: str) -> None:
    received = b"Received: from a by b; Mon, 2 Mar 2026 07:30:00 +0700\r\n"
    dovecot.put_mails(mailbox_user, [received + mail()], received_at=datetime(1960, 1, 1, tzinfo=UTC))
    assert read(settings_for(dovecot, mailbox_user))[0].received_at == datetime(2026, 3, 2, 0, 30, tzinfo=UTC)


def test_a_mail_that_nothing_dates_has_the_time_of_reading(dovecot: Dovecot, mailbox_user: str) -> None:
    dovecot.put_mails(mailbox_user, [mail()], received_at=datetime(1960, 1, 1, tzinfo=UTC))
    assert read(settings_for(dovecot, mailbox_user))[0].received_at == NOW


def test_a_folder_made_anew_has_another_uid_validity(dovecot: Dovecot, mailbox_user: str) -> None:
    settings = settings_for(dovecot, mailbox_user, folder="Báo cáo")
    with dovecot.client(mailbox_user) as client:
        client.create_folder("Báo cáo")
        with open_mailbox(settings) as mailbox:
            before = mailbox.uid_validity
        client.delete_folder("Báo cáo")
        client.create_folder("Báo cáo")
    with open_mailbox(settings) as mailbox:
        assert mailbox.uid_validity != before


def test_slices_put_together_are_the_mail_as_it_was(dovecot: Dovecot, mailbox_user: str) -> None:
    big = mail(size=3 * imap.SLICE + 12_345)
    dovecot.put_mails(mailbox_user, [big])
    (one,) = read(settings_for(dovecot, mailbox_user))
    assert (one.raw, one.size, one.problem) == (big, len(big), "")


def test_a_mail_as_long_as_its_slices_is_whole(
    dovecot: Dovecot, mailbox_user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = mail(size=5_000)
    monkeypatch.setattr(imap, "SLICE", len(raw) // next(count for count in range(2, 5_000) if len(raw) % count == 0))
    dovecot.put_mails(mailbox_user, [raw])
    assert [one.raw for one in read(settings_for(dovecot, mailbox_user))] == [raw]


def test_of_a_mail_over_the_limit_only_the_header_is_read(dovecot: Dovecot, mailbox_user: str) -> None:
    big = mail("to quá", size=50_000)
    dovecot.put_mails(mailbox_user, [big, mail("vừa")])
    large, small = read(settings_for(dovecot, mailbox_user, max_size=10_000))
    assert large.too_large and not large.unreadable
    assert large.size == len(big)
    assert large.raw.startswith(b"From: van.thu@xa.example") and b"xxxx" not in large.raw
    assert "max_size" in large.problem
    assert small.raw == mail("vừa")


def test_a_mail_whose_file_cannot_be_read_holds_up_no_other(dovecot: Dovecot, mailbox_user: str) -> None:
    dovecot.put_mails(mailbox_user, [mail("một"), mail("hai"), mail("ba")])
    kept = (dovecot.folder / "mail" / mailbox_user / "Maildir").glob("[nc][eu][wr]/*")
    [broken] = [path for path in kept if b"Subject: hai" in path.read_bytes()]
    broken.chmod(0)
    incoming = read(settings_for(dovecot, mailbox_user))
    assert [one.uid for one in incoming] == [1, 2, 3]
    assert [one.unreadable for one in incoming] == [False, True, False]
    assert "UID 2" in incoming[1].problem


def test_reading_never_marks_a_mail_as_read(dovecot: Dovecot, mailbox_user: str) -> None:
    dovecot.put_mails(mailbox_user, [mail(), mail(size=2 * imap.SLICE)])
    settings = settings_for(dovecot, mailbox_user, after="flag")
    with open_mailbox(settings) as mailbox:
        mailbox.dispose([one.uid for one in mailbox.new_messages(0)])
    assert all(b"\\Seen" not in flags for flags in flags_of(dovecot, mailbox_user).values())


def test_kept_mails_stay_as_they_are(dovecot: Dovecot, mailbox_user: str) -> None:
    uids = dovecot.put_mails(mailbox_user, [mail()])
    before = flags_of(dovecot, mailbox_user)
    with open_mailbox(settings_for(dovecot, mailbox_user)) as mailbox:
        mailbox.dispose(uids)
    assert flags_of(dovecot, mailbox_user) == before


def test_stored_mails_get_the_keyword_of_the_config(dovecot: Dovecot, mailbox_user: str) -> None:
    uids = dovecot.put_mails(mailbox_user, [mail("một"), mail("hai")])
    with open_mailbox(settings_for(dovecot, mailbox_user, after="flag", keyword="$DaNhan")) as mailbox:
        mailbox.dispose(uids[:1])
    flags = flags_of(dovecot, mailbox_user)
    assert b"$DaNhan" in flags[uids[0]] and b"$DaNhan" not in flags[uids[1]]


def test_stored_mails_move_to_a_folder_that_is_made_for_them(dovecot: Dovecot, mailbox_user: str) -> None:
    uids = dovecot.put_mails(mailbox_user, [mail("một"), mail("hai")])
    with open_mailbox(settings_for(dovecot, mailbox_user, after="move", move_to="Đã nhận")) as mailbox:
        mailbox.dispose(uids[:1])
    assert list(flags_of(dovecot, mailbox_user)) == uids[1:]
    assert len(flags_of(dovecot, mailbox_user, "Đã nhận")) == 1


@pytest.mark.dovecot
def test_what_others_deleted_is_not_expunged_by_our_moving(mailbox_user: str) -> None:
    with dovecot_server(without=["MOVE"]) as server:
        ours, theirs = server.put_mails(mailbox_user, [mail("một"), mail("hai")])
        with server.client(mailbox_user) as client:
            client.select_folder("INBOX")
            client.delete_messages([theirs])
        with open_mailbox(settings_for(server, mailbox_user, after="move")) as mailbox:
            mailbox.dispose([ours])
        assert list(flags_of(server, mailbox_user)) == [theirs]
        assert len(flags_of(server, mailbox_user, "Intake")) == 1


@pytest.mark.dovecot
def test_without_uidplus_a_moved_mail_is_only_marked_as_deleted(mailbox_user: str) -> None:
    with dovecot_server(without=["MOVE", "UIDPLUS"]) as server:
        uids = server.put_mails(mailbox_user, [mail()])
        with open_mailbox(settings_for(server, mailbox_user, after="move")) as mailbox:
            mailbox.dispose(uids)
        assert flags_of(server, mailbox_user)[uids[0]].count(b"\\Deleted") == 1


def test_a_waiting_mailbox_wakes_when_mail_comes(dovecot: Dovecot, mailbox_user: str) -> None:
    with open_mailbox(settings_for(dovecot, mailbox_user)) as mailbox:
        later = threading.Timer(0.3, dovecot.put_mails, (mailbox_user, [mail()]))
        later.start()
        assert mailbox.wait(60)
        later.join()
        assert [one.uid for one in mailbox.new_messages(0)] == [1]


def test_mail_wakes_a_waiting_mailbox_only_once(dovecot: Dovecot, mailbox_user: str) -> None:
    with open_mailbox(settings_for(dovecot, mailbox_user)) as mailbox:
        dovecot.put_mails(mailbox_user, [mail()])
        assert mailbox.wait(60)
        assert not mailbox.wait(0)


def test_mail_that_came_before_the_waiting_is_not_waited_for(dovecot: Dovecot, mailbox_user: str) -> None:
    with open_mailbox(settings_for(dovecot, mailbox_user)) as mailbox:
        dovecot.put_mails(mailbox_user, [mail()])
        assert mailbox.wait(60)


def test_waiting_ends_without_mail_when_the_time_is_over(dovecot: Dovecot, mailbox_user: str) -> None:
    with open_mailbox(settings_for(dovecot, mailbox_user)) as mailbox:
        assert not mailbox.wait(0.1)


def test_waiting_ends_when_it_is_told_to(dovecot: Dovecot, mailbox_user: str) -> None:
    stop = threading.Event()
    with open_mailbox(settings_for(dovecot, mailbox_user)) as mailbox:
        threading.Timer(0.2, stop.set).start()
        began = time.monotonic()
        assert not mailbox.wait(100, stop)
        assert time.monotonic() - began < 50


@pytest.mark.dovecot
def test_a_server_without_idle_is_only_waited_for(mailbox_user: str) -> None:
    with dovecot_server(without=["IDLE"]) as server, open_mailbox(settings_for(server, mailbox_user)) as mailbox:
        assert not mailbox.wait(0.1)


@pytest.fixture
def own_dovecot() -> Iterator[Dovecot]:
    """A server that a test may break."""
    with dovecot_server() as server:
        yield server


@pytest.mark.dovecot
def test_a_server_that_dies_while_mails_are_read_is_tried_again(own_dovecot: Dovecot, mailbox_user: str) -> None:
    own_dovecot.put_mails(mailbox_user, [mail(str(number)) for number in range(2 * imap.BATCH)])
    with (
        pytest.raises(TemporaryError, match="refuses connections"),
        open_mailbox(settings_for(own_dovecot, mailbox_user)) as mailbox,
    ):
        incoming = mailbox.new_messages(0)
        next(incoming)
        own_dovecot.stop()
        list(incoming)


@pytest.mark.dovecot
def test_a_server_that_dies_while_we_wait_is_tried_again(own_dovecot: Dovecot, mailbox_user: str) -> None:
    with pytest.raises(TemporaryError), open_mailbox(settings_for(own_dovecot, mailbox_user)) as mailbox:
        threading.Timer(0.3, own_dovecot.stop).start()
        mailbox.wait(60)


@pytest.mark.dovecot
def test_a_server_that_hangs_is_given_up_after_the_timeout(own_dovecot: Dovecot, mailbox_user: str) -> None:
    with (
        pytest.raises(TemporaryError, match="did not answer within 1 s"),
        open_mailbox(settings_for(own_dovecot, mailbox_user, timeout="1s")) as mailbox,
    ):
        own_dovecot.pause()
        list(mailbox.new_messages(0))
