"""The IMAP mailbox before servers that break rules: a real Dovecot with a proxy that spoils what passes."""

import re
from typing import Any

import pytest
from proxy import proxy_before
from servers import PASSWORD, Dovecot

from intake.config import ImapOrMaildir
from intake.errors import PermanentError, TemporaryError
from intake.mail import imap
from intake.mail.incoming import Incoming
from intake.mail.mailbox import open_mailbox

MAILS = [f"Subject: {number}\r\n\r\nKính gửi\r\n".encode() for number in range(1, 4)]


def settings_for(port: int, user: str, **changes: Any) -> ImapOrMaildir:
    settings = {
        "kind": "imap", "host": "127.0.0.1", "port": port, "security": "none", "username": user,
        "password": PASSWORD, "timeout": "5s",
    }  # fmt: skip
    return ImapOrMaildir.model_validate(settings | changes)


def read(port: int, user: str, **changes: Any) -> list[Incoming]:
    with open_mailbox(settings_for(port, user, **changes)) as mailbox:
        return list(mailbox.new_messages(0))


@pytest.mark.parametrize("asked", [r"BODY\.PEEK", r"RFC822\.SIZE"])
def test_a_mail_on_which_the_server_hangs_up_holds_up_no_other(dovecot: Dovecot, mailbox_user: str, asked: str) -> None:
    dovecot.put_mails(mailbox_user, MAILS)
    with proxy_before(dovecot.port, cut_at=rf"UID FETCH (\d+,)*2(,\d+)* .*{asked}") as proxy:
        incoming = read(proxy.port, mailbox_user)
    assert [one.unreadable for one in incoming] == [False, True, False]
    assert [one.raw for one in incoming] == [MAILS[0], b"", MAILS[2]]


def test_a_mail_that_goes_wrong_once_is_read_on_the_next_connection(dovecot: Dovecot, mailbox_user: str) -> None:
    dovecot.put_mails(mailbox_user, MAILS)
    with proxy_before(dovecot.port, cut_at=r"UID FETCH 1,2,3 .*BODY") as proxy:
        incoming = read(proxy.port, mailbox_user)
        assert proxy.connections == 2
    assert [one.raw for one in incoming] == MAILS


def test_a_reply_that_makes_no_sense_holds_up_no_mail(dovecot: Dovecot, mailbox_user: str) -> None:
    dovecot.put_mails(mailbox_user, MAILS)
    spoilt = False

    def spoil(said: bytes) -> bytes:
        nonlocal spoilt
        if b"BODY[]" in said and not spoilt:
            spoilt = True
            return said.replace(b"* 2 FETCH (", b"* 2 FETCH (((", 1)
        return said

    with proxy_before(dovecot.port, spoil=spoil) as proxy:
        assert [one.raw for one in read(proxy.port, mailbox_user)] == MAILS


@pytest.mark.parametrize("told", [b"1", b"999999"])
def test_a_wrong_size_makes_no_mail_shorter(
    dovecot: Dovecot, mailbox_user: str, told: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imap, "SLICE", 10_000)
    big = b"Subject: x\r\n\r\n" + b"y" * 35_000
    dovecot.put_mails(mailbox_user, [big])
    with proxy_before(
        dovecot.port, spoil=lambda said: re.sub(rb"RFC822.SIZE \d+", b"RFC822.SIZE " + told, said)
    ) as proxy:
        (one,) = read(proxy.port, mailbox_user)
    assert (one.raw, one.size) == (big, len(big))


def test_a_mail_larger_than_it_was_said_to_be_is_too_large(dovecot: Dovecot, mailbox_user: str) -> None:
    dovecot.put_mails(mailbox_user, [b"Subject: x\r\n\r\n" + b"y" * 35_000])
    with proxy_before(dovecot.port, spoil=lambda said: re.sub(rb"RFC822.SIZE \d+", b"RFC822.SIZE 5", said)) as proxy:
        (one,) = read(proxy.port, mailbox_user, max_size=1_000)
    assert one.too_large
    assert one.raw == b"Subject: x"


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (b"[UNAVAILABLE] the directory is away", TemporaryError),
        (b"[LIMIT] too many connections", TemporaryError),
        (b"[AUTHENTICATIONFAILED] no", PermanentError),
    ],
)
def test_a_refused_login_is_judged_by_its_code(
    dovecot: Dovecot, mailbox_user: str, reply: bytes, error: type[Exception]
) -> None:
    def spoil(said: bytes) -> bytes:
        return re.sub(rb"(?m)^(\w+) OK .*Logged in", rb"\1 NO " + reply, said)

    with proxy_before(dovecot.port, spoil=spoil) as proxy, pytest.raises(error):
        read(proxy.port, mailbox_user)


def test_a_server_that_says_goodbye_as_greeting_is_tried_again(dovecot: Dovecot, mailbox_user: str) -> None:
    with (
        proxy_before(dovecot.port, spoil=lambda said: re.sub(rb"^\* OK", b"* BYE", said)) as proxy,
        pytest.raises(TemporaryError),
    ):
        read(proxy.port, mailbox_user)


def test_a_server_that_hangs_up_during_the_login_is_tried_again(dovecot: Dovecot, mailbox_user: str) -> None:
    with proxy_before(dovecot.port, cut_at="AUTHENTICATE|LOGIN") as proxy, pytest.raises(TemporaryError):
        read(proxy.port, mailbox_user)


def test_a_server_without_starttls_is_not_talked_to_in_the_clear(dovecot: Dovecot, mailbox_user: str) -> None:
    with (
        proxy_before(dovecot.port, spoil=lambda said: said.replace(b"STARTTLS", b"ID")) as proxy,
        pytest.raises(PermanentError, match="STARTTLS"),
    ):
        read(proxy.port, mailbox_user, security="starttls", ca_file=dovecot.ca_file)


def test_a_folder_replaced_while_it_is_read_is_begun_anew(dovecot: Dovecot, mailbox_user: str) -> None:
    dovecot.put_mails(mailbox_user, MAILS)
    selects = 0

    def spoil(said: bytes) -> bytes:
        nonlocal selects
        selects += b"UIDVALIDITY" in said
        return re.sub(rb"UIDVALIDITY \d+", b"UIDVALIDITY %d" % (7 + selects), said)

    with (
        proxy_before(dovecot.port, cut_at=r"UID FETCH 1,2,3 .*BODY", spoil=spoil) as proxy,
        pytest.raises(TemporaryError, match="replaced"),
    ):
        read(proxy.port, mailbox_user)


def test_news_told_before_the_server_idles_wakes_the_waiting(dovecot: Dovecot, mailbox_user: str) -> None:
    def spoil(said: bytes) -> bytes:
        if said.startswith(b"+ idling"):
            dovecot.put_mails(mailbox_user, MAILS[:1])
            return b"* 1 EXISTS\r\n" + said
        return said

    with (
        proxy_before(dovecot.port, spoil=spoil) as proxy,
        open_mailbox(settings_for(proxy.port, mailbox_user)) as mailbox,
    ):
        assert mailbox.wait(60)


def test_a_line_that_dies_while_we_wait_is_told(dovecot: Dovecot, mailbox_user: str) -> None:
    with (
        proxy_before(dovecot.port, cut_at="DONE") as proxy,
        pytest.raises(TemporaryError),
        open_mailbox(settings_for(proxy.port, mailbox_user)) as mailbox,
    ):
        mailbox.wait(0.1)
