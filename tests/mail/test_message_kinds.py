import pytest

from intake.config import Limits
from intake.mail.as_json import as_json
from intake.mail.kinds import is_automatic_subject
from intake.mail.message import parse_message
from intake.mail.own_text import own_text


@pytest.mark.parametrize(
    "subject",
    [
        "Automatic reply: Nhắc",
        "Trả lời tự động: [BC-1] x",
        "Tra loi tu dong: x",
        "Out of office: x",
        "Đã đọc: Nhắc",
        "Read: x",
        "AUTO: Nguyễn Văn A is out of the office (returning 05/01/2026)",
        "Out of Office AutoReply: x",
        "[Auto-Reply] x",
        "Réponse automatique : x",
        "Automatische Antwort: x",
        "Respuesta automática: x",
        "Risposta automatica: x",
        "Автоматический ответ: x",
        "自動応答: x",
        "自动答复：x",
        "자동 회신: x",
        "Gelesen: x",
        "已读: x",
    ],
)
def test_a_subject_that_only_a_machine_writes_is_automatic(subject: str) -> None:
    assert is_automatic_subject(subject)


@pytest.mark.parametrize(
    "subject",
    [
        "Báo cáo tự động hóa",
        "Re: Đã đọc",
        "Đã đọc",
        "Reading: x",
        "Auto: kê khai",
        "Vắng mặt: xin nghỉ họp",
        "",
        "Đọc báo",
        "Re: Automatic reply: x",
        "Lu Văn A gửi báo cáo",
        "Out of office supplies for November",
        "Autosvarrapport",
    ],
)
def test_a_subject_that_a_person_may_write_is_not(subject: str) -> None:
    assert not is_automatic_subject(subject)


@pytest.mark.parametrize(
    "footer",
    [
        "Đã gửi từ iPhone của tôi",
        "Gửi từ iPhone",
        "Sent from my iPhone",
        "Được gửi từ Yahoo Mail trên Android",
        "Gửi từ Thư dành cho Windows 10",
        "Sent from Mail for Windows",
        "Gửi từ điện thoại thông minh Samsung Galaxy của tôi.",
        "Tải Outlook cho iOS",
        "Get Outlook for Android<https://aka.example/x>",
        "Envoyé de mon iPhone",
    ],
)
def test_a_client_footer_is_not_the_senders_own_text(footer: str) -> None:
    assert own_text(f"Báo cáo tháng 10.\n\n{footer}\n") == "Báo cáo tháng 10."


@pytest.mark.parametrize(
    "sentence", ["Đã gửi qua mail báo cáo tháng 10", "Gửi từ Phòng Văn thư", "Đã gửi bằng thư giấy"]
)
def test_a_sentence_on_sending_stays_own_text(sentence: str) -> None:
    assert own_text(sentence) == sentence


@pytest.mark.parametrize(
    "field",
    [
        "Auto-Submitted: auto-replied (vacation)",
        "Precedence: bulk",
        "Precedence: junk",
        "Precedence: auto_reply",
        "X-Autoreply: yes",
        "X-Autorespond: x",
        "X-Apple-Action: vacation",
        "X-MS-Exchange-Inbox-Rules-Loop: a@tinh.example",
        "X-MS-Exchange-Generated-Message-Source: Mailbox Rules Agent",
    ],
)
def test_a_header_that_says_so_makes_a_mail_automatic(field: str) -> None:
    assert parse_message(f"From: a@tinh.example\n{field}\n\nx\n".encode(), Limits()).kind == "automatic"


@pytest.mark.parametrize(
    "fields",
    [
        "Auto-Submitted: no",
        "Precedence: list",
        "Precedence: normal",
        "Precedence: bulk\nList-Id: <kythuat.tinh.example>",
        "Precedence: bulk\nSender: owner-kythuat@tinh.example",
        "Precedence: bulk\nReturn-Path: <kythuat-bounces@tinh.example>",
        "X-Auto-Response-Suppress: All",
        "Return-Path: <>",
        "X-Autoreply: no",
    ],
)
def test_a_header_that_a_person_or_a_list_may_have_does_not(fields: str) -> None:
    assert parse_message(f"From: a@tinh.example\n{fields}\n\nx\n".encode(), Limits()).kind == "mail"


def test_a_bounce_that_names_no_end_of_recipients_is_read_within_a_limit() -> None:
    header = b"From: MAILER-DAEMON@mx.example\nSubject: failure notice\n\nI was not able to deliver your message to\n"
    parsed = parse_message(header + b"".join(b"<a%d@b.example>:\n" % n for n in range(5000)), Limits())
    assert parsed.kind == "dsn"
    assert len(parsed.delivery) == 500


def test_only_a_notification_prints_what_became_of_a_mail() -> None:
    bounce = (
        b"From: MAILER-DAEMON@mx.example\nSubject: failure notice\n\n<a@b.example>:\n550 5.1.1 User unknown\n"
        b"\n--- Below this line is a copy of the message.\n\nMessage-ID: <nhac@tinh.example>\n"
    )
    printed = as_json(parse_message(bounce, Limits()), {})
    assert printed["delivery"] == [
        {
            "recipient": "a@b.example",
            "final_recipient": "a@b.example",
            "action": "failed",
            "status": "5.1.1",
            "permanent": True,
            "diagnostic": "550 5.1.1 User unknown",
        }
    ]
    assert printed["original_message_ids"] == ["<nhac@tinh.example>"]
    assert "delivery" not in as_json(parse_message(b"Subject: x\n\nx\n", Limits()), {})
