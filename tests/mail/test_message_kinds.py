import pytest

from intake.mail.kinds import is_automatic_subject
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
