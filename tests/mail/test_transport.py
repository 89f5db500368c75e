"""Sending through a real SMTP server, and into a Maildir."""

import threading
from pathlib import Path
from typing import Any

import pytest
import smtp_sink as sinks
from faults.sink import sink_server
from servers import free_port
from smtp_sink import DROP, HANG, SmtpSink, smtp_sink_server

from intake.config import Outgoing
from intake.errors import PermanentError, TemporaryError
from intake.mail.transport import Transport, open_transport

OFFICE = "baocao@tinh.example"
AGENCY = "van.thu@xa.example"
MAIL = "From: baocao@tinh.example\r\nMessage-ID: <1@tinh.example>\r\n\r\nChúng tôi đã nhận\r\n.\r\nHết\r\n".encode()


def settings_for(sink: SmtpSink, **changes: Any) -> Outgoing:
    settings = {"kind": "smtp", "host": "127.0.0.1", "port": sink.port, "security": "none", "timeout": "10s"}
    return Outgoing.model_validate(settings | changes)


def send(transport: Transport, recipient: str = AGENCY, mail: bytes = MAIL) -> None:
    transport.send(mail, OFFICE, recipient)


def test_a_mail_arrives_as_it_is_with_its_envelope(smtp_sink: SmtpSink) -> None:
    with open_transport(settings_for(smtp_sink)) as transport:
        send(transport)
    (mail,) = smtp_sink.mails
    assert (mail.sender, mail.recipients, mail.raw) == (OFFICE, (AGENCY,), MAIL)


def test_an_empty_sender_is_the_null_reverse_path(smtp_sink: SmtpSink) -> None:
    with open_transport(settings_for(smtp_sink)) as transport:
        transport.send(MAIL, "", AGENCY)
    assert smtp_sink.mails[0].sender == ""


def test_many_mails_share_one_connection(smtp_sink: SmtpSink) -> None:
    with open_transport(settings_for(smtp_sink)) as transport:
        for _ in range(5):
            send(transport)
    assert [mail.connection for mail in smtp_sink.mails] == [0] * 5


def test_a_connection_that_the_server_dropped_is_opened_again(smtp_sink: SmtpSink) -> None:
    with open_transport(settings_for(smtp_sink)) as transport:
        send(transport)
        smtp_sink.drop_connections()
        send(transport)
    assert [mail.connection for mail in smtp_sink.mails] == [0, 1]


def test_a_connection_that_the_server_wants_to_close_is_opened_again(
    smtp_sink: SmtpSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("intake.mail.transport.IDLE_SECONDS", 0)
    with open_transport(settings_for(smtp_sink)) as transport:
        send(transport)
        smtp_sink.answer("RSET", "421 idle for too long")
        send(transport)
    assert [mail.connection for mail in smtp_sink.mails] == [0, 1]


def test_no_server_takes_a_mail_before_all_is_ready_for_it(smtp_sink: SmtpSink) -> None:
    def ready() -> None:
        assert smtp_sink.mails == []
        raise TemporaryError("the disk is full")

    with open_transport(settings_for(smtp_sink)) as transport:
        with pytest.raises(TemporaryError, match="full"):
            transport.send(MAIL, OFFICE, AGENCY, ready)
        send(transport)
    assert [mail.connection for mail in smtp_sink.mails] == [1]


@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize("reply", ["451 4.3.0 try later", "421 4.3.2 shutting down", "452 4.2.2 mailbox full"])
def test_a_reply_that_begins_with_4_is_tried_again(smtp_sink: SmtpSink, command: str, reply: str) -> None:
    smtp_sink.answer(command, reply)
    with open_transport(settings_for(smtp_sink)) as transport:
        with pytest.raises(TemporaryError, match=reply[:3]):
            send(transport)
        send(transport)
    assert len(smtp_sink.mails) == 1


@pytest.mark.parametrize("command", ["RCPT", "DATA"])
@pytest.mark.parametrize("reply", ["550 5.1.1 no such user", "554 5.6.0 content refused", "552 5.3.4 too large"])
def test_a_reply_that_begins_with_5_is_for_good(smtp_sink: SmtpSink, command: str, reply: str) -> None:
    smtp_sink.answer(command, reply)
    with open_transport(settings_for(smtp_sink)) as transport:
        with pytest.raises(PermanentError, match=f"{AGENCY}.*{reply}"):
            send(transport)
        send(transport)
    assert [mail.connection for mail in smtp_sink.mails] == [0]


def test_a_refused_recipient_holds_up_no_other(smtp_sink: SmtpSink) -> None:
    smtp_sink.refused["gone@xa.example"] = "550 5.1.1 no such user"
    with open_transport(settings_for(smtp_sink)) as transport:
        with pytest.raises(PermanentError):
            send(transport, "gone@xa.example")
        send(transport)
    assert [mail.recipients for mail in smtp_sink.mails] == [(AGENCY,)]


def test_a_mail_that_the_server_finds_too_large_at_once_is_refused_for_good(smtp_sink: SmtpSink) -> None:
    smtp_sink.answer("MAIL", "552 5.3.4 message size exceeds fixed limit")
    with open_transport(settings_for(smtp_sink)) as transport, pytest.raises(PermanentError, match="too large"):
        send(transport)


@pytest.mark.parametrize(
    ("command", "reply", "setting"),
    [
        ("MAIL", "553 5.7.1 sender address rejected: not owned by user", "office.address"),
        ("MAIL", "530 5.7.0 authentication required", "username"),
        ("RCPT", "554 5.7.1 <van.thu@xa.example>: Relay access denied", "username"),
        ("RCPT", "530 5.7.0 must issue a STARTTLS command first", "security"),
    ],
)
def test_a_refusal_that_would_meet_every_mail_gives_up_none(
    smtp_sink: SmtpSink, command: str, reply: str, setting: str
) -> None:
    smtp_sink.answer(command, reply)
    with open_transport(settings_for(smtp_sink)) as transport, pytest.raises(TemporaryError, match=setting):
        send(transport)


@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA"])
def test_a_server_that_hangs_is_given_up_after_the_timeout(smtp_sink: SmtpSink, command: str) -> None:
    smtp_sink.answer(command, HANG)
    with open_transport(settings_for(smtp_sink, timeout="1s")) as transport, pytest.raises(TemporaryError):
        send(transport)


@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA"])
def test_a_server_that_hangs_up_is_tried_again(smtp_sink: SmtpSink, command: str) -> None:
    smtp_sink.answer(command, DROP)
    with open_transport(settings_for(smtp_sink)) as transport:
        with pytest.raises(TemporaryError, match="broke off"):
            send(transport)
        send(transport)
    assert smtp_sink.mails[-1].connection == 1


def test_a_port_where_nobody_listens_is_tried_again(smtp_sink: SmtpSink) -> None:
    with (
        open_transport(settings_for(smtp_sink, port=free_port())) as transport,
        pytest.raises(TemporaryError, match="refuses connections"),
    ):
        send(transport)


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_an_encrypted_session_that_is_logged_in_delivers(security: str) -> None:
    with smtp_sink_server(security, login=security == "starttls") as sink:
        login = {"username": sinks.USERNAME, "password": sinks.PASSWORD} if security == "starttls" else {}
        with open_transport(settings_for(sink, security=security, ca_file=sink.ca_file, **login)) as transport:
            send(transport)
        assert [mail.raw for mail in sink.mails] == [MAIL]


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_of_an_unknown_authority_gets_no_mail(security: str) -> None:
    with (
        smtp_sink_server(security) as sink,
        open_transport(settings_for(sink, security=security)) as transport,
        pytest.raises(TemporaryError, match="set ca_file"),
    ):
        send(transport)


def test_a_server_without_starttls_gets_no_mail_in_the_clear(smtp_sink: SmtpSink) -> None:
    with (
        open_transport(settings_for(smtp_sink, security="starttls", ca_file=smtp_sink.ca_file)) as transport,
        pytest.raises(TemporaryError, match=r"STARTTLS.*check security"),
    ):
        send(transport)
    assert smtp_sink.mails == []


@pytest.mark.parametrize("password", ["wrong", "mật khẩu"])
def test_a_refused_login_gives_up_no_mail(password: str) -> None:
    with (
        smtp_sink_server(login=True) as sink,
        open_transport(settings_for(sink, username=sinks.USERNAME, password=password)) as transport,
        pytest.raises(TemporaryError, match=r"\[outgoing\]"),
    ):
        send(transport)


def test_a_login_that_fails_for_a_while_blames_no_password() -> None:
    with sink_server() as sink:
        sink.rules = {"AUTH": lambda _now: "454 4.7.0 temporary failure"}
        settings = {"kind": "smtp", "host": "127.0.0.1", "port": sink.port, "security": "none", "timeout": "10s"}
        login = {"username": "baocao", "password": "right"}
        with (
            open_transport(Outgoing.model_validate(settings | login)) as transport,
            pytest.raises(TemporaryError, match="could not log in baocao now: 454"),
        ):
            send(transport)


def test_a_login_on_a_server_that_knows_none_says_so(smtp_sink: SmtpSink) -> None:
    with (
        open_transport(settings_for(smtp_sink, username="a", password="b")) as transport,
        pytest.raises(TemporaryError, match="check security and username"),
    ):
        send(transport)


@pytest.mark.parametrize(
    "address", ["", "no-address", "a@b.example\r\nRCPT TO:<c@d.example>", "<a@b.example>", "a b@c"]
)
def test_what_is_no_address_is_never_put_on_the_wire(smtp_sink: SmtpSink, address: str) -> None:
    with open_transport(settings_for(smtp_sink)) as transport, pytest.raises(PermanentError, match="not an address"):
        send(transport, address)


def test_an_international_domain_is_written_in_ascii(smtp_sink: SmtpSink) -> None:
    with open_transport(settings_for(smtp_sink)) as transport:
        send(transport, "van.thu@xã.example")
    assert smtp_sink.mails[0].recipients == ("van.thu@xn--x-yfa.example",)


def test_an_address_beyond_ascii_goes_only_to_a_server_that_knows_such() -> None:
    with smtp_sink_server(smtputf8=True) as sink, open_transport(settings_for(sink)) as transport:
        send(transport, "văn.thư@xa.example")
        assert sink.mails[0].recipients == ("văn.thư@xa.example",)
        assert "SMTPUTF8" in sink.mails[0].parameters
    with (
        smtp_sink_server(smtputf8=False) as sink,
        open_transport(settings_for(sink)) as transport,
        pytest.raises(PermanentError, match="only addresses in ASCII"),
    ):
        send(transport, "văn.thư@xa.example")


def test_eight_bit_content_is_announced(smtp_sink: SmtpSink) -> None:
    with open_transport(settings_for(smtp_sink)) as transport:
        send(transport)
        send(transport, mail=b"Subject: plain\r\n\r\nplain\r\n")
    assert ["BODY=8BITMIME" in mail.parameters for mail in smtp_sink.mails] == [True, False]


def test_a_server_can_be_tried_without_sending(smtp_sink: SmtpSink) -> None:
    with open_transport(settings_for(smtp_sink)) as transport:
        assert str(smtp_sink.port) in transport.reach()
    assert smtp_sink.mails == []


def test_trying_a_server_tells_what_to_mend(smtp_sink: SmtpSink) -> None:
    with (
        open_transport(settings_for(smtp_sink, security="tls")) as transport,
        pytest.raises(TemporaryError, match="does not speak TLS"),
    ):
        transport.reach()


def maildir(path: Path) -> Outgoing:
    return Outgoing(kind="maildir", path=path)


def test_a_maildir_keeps_each_mail_as_it_is(tmp_path: Path) -> None:
    with open_transport(maildir(tmp_path / "out")) as transport:
        send(transport)
    (file,) = (tmp_path / "out" / "new").iterdir()
    assert file.read_bytes() == MAIL
    assert list((tmp_path / "out" / "tmp").iterdir()) == []


def test_the_same_mail_twice_makes_two_files(tmp_path: Path) -> None:
    with open_transport(maildir(tmp_path)) as transport:
        send(transport)
        send(transport)
    assert len(list((tmp_path / "new").iterdir())) == 2


def test_mails_written_at_the_same_time_have_names_of_their_own(tmp_path: Path) -> None:
    def send_twenty() -> None:
        with open_transport(maildir(tmp_path)) as transport:
            for _ in range(20):
                send(transport)

    threads = [threading.Thread(target=send_twenty) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(list((tmp_path / "new").iterdir())) == 80


def test_a_maildir_that_cannot_be_written_is_tried_again(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file where the folder should be")
    with open_transport(maildir(tmp_path / "out")) as transport, pytest.raises(TemporaryError, match="Maildir"):
        send(transport)


def test_a_maildir_can_be_tried_without_sending(tmp_path: Path) -> None:
    with open_transport(maildir(tmp_path / "out")) as transport:
        assert "out" in transport.reach()
    assert list((tmp_path / "out" / "new").iterdir()) == []
