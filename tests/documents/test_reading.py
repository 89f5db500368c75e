"""One mail as a whole: which documents it has, in which order, and what a secrecy mark leaves of it."""

from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from documents_mails import mail_with
from hostile_files import zip_of

from intake.config import Limits
from intake.documents.reading import read_mail, read_message

LIMITS = Limits()
SECRET = "Kế hoạch bí ẩn"


def forwarding(inner: bytes) -> bytes:
    mail = EmailMessage()
    mail["From"] = "chanhvp@daian.example"
    mail["Subject"] = "Fwd"
    mail.set_content("Chuyển tiếp.")
    mail.add_attachment(message_from_bytes(inner, policy=policy.default), filename="Trình ký.eml")
    return mail.as_bytes()


def test_a_mail_without_attachments_has_no_documents() -> None:
    reading = read_mail(mail_with(), LIMITS, ())
    assert (reading.documents, reading.message.text.strip(), reading.secrecy) == ((), "Kính gửi Văn phòng.", "")


def test_documents_know_the_attachment_they_belong_to() -> None:
    raw = mail_with(("a.txt", b"a"), ("b.zip", zip_of(("c.txt", b"c"))), ("d.txt", b"d"))
    documents = read_mail(raw, LIMITS, ()).documents
    assert [(one.name, one.attachment, one.inside) for one in documents] == [
        ("a.txt", 0, ""), ("b.zip", 1, ""), ("c.txt", 1, "b.zip"), ("d.txt", 2, ""),
    ]  # fmt: skip


def test_the_bytes_of_the_attachments_are_let_go() -> None:
    message = read_mail(mail_with(("a.txt", b"abc")), LIMITS, ()).message
    assert (message.attachments[0].content, message.attachments[0].size) == (b"", 3)


def test_a_nested_message_is_a_document_and_so_is_each_of_its_attachments() -> None:
    raw = forwarding(mail_with(("BC.txt", b"Bao cao"), subject="Trình báo cáo quý"))
    documents = read_mail(raw, LIMITS, ()).documents
    assert [(one.kind, one.name, one.inside, one.attachment) for one in documents] == [
        ("message", "Trình ký.eml", "", 0), ("text", "BC.txt", "Trình ký.eml", 0),
    ]  # fmt: skip
    assert documents[0].text == "Trình báo cáo quý\nKính gửi Văn phòng."


def test_the_message_alone_names_its_documents_and_why_they_stayed_closed() -> None:
    documents = read_message(mail_with(("a.txt", b"abc")), LIMITS, "ran out of time").documents
    assert [(one.name, one.outcome, one.detail, one.text) for one in documents] == [
        ("a.txt", "hostile", "ran out of time", "")
    ]


@pytest.mark.parametrize(
    ("place", "raw"),
    [
        ("subject", mail_with((f"{SECRET}.txt", b"x"), subject=f"[TỐI MẬT] {SECRET}", text=SECRET)),
        ("file name", mail_with((f"{SECRET} (MẬT).txt", b"x"), subject=SECRET, text=SECRET)),
        ("body", mail_with((f"{SECRET}.txt", b"x"), subject=SECRET, text=f"MẬT\n{SECRET}")),
        ("document", mail_with((f"{SECRET}.txt", f"TỐI MẬT\n{SECRET}".encode()), subject=SECRET, text=SECRET)),
        ("document", mail_with(("1.txt", SECRET.encode()), ("2.txt", "MẬT".encode()), subject=SECRET)),
        ("document", mail_with((f"{SECRET}.zip", zip_of((f"{SECRET}.txt", f"MẬT\n{SECRET}".encode()))))),
        ("file name", mail_with((f"{SECRET}.zip", zip_of((f"{SECRET} - TUYỆT MẬT.txt", b"x"))))),
        ("subject", forwarding(mail_with(subject=f"(Mật) {SECRET}", text=SECRET))),
        ("body", forwarding(mail_with(subject=SECRET, text=f"TUYỆT MẬT\n{SECRET}"))),
    ],
)
def test_a_secrecy_mark_anywhere_leaves_no_word_of_the_mail(place: str, raw: bytes) -> None:
    reading = read_mail(raw, LIMITS, ())
    assert reading.secrecy == place
    assert SECRET not in repr(reading)
    assert all((one.name, one.text, one.outcome) == ("", "", "secret") for one in reading.documents)
    assert len(reading.documents) == len(reading.message.attachments)
    assert reading.message.sender is not None


def test_a_mark_is_found_even_when_the_documents_stay_closed() -> None:
    reading = read_message(mail_with(subject=f"[MẬT] {SECRET}"), LIMITS, "reader died")
    assert (reading.secrecy, SECRET in repr(reading)) == ("subject", False)


@pytest.mark.parametrize(
    "text",
    [
        "Le préfet a été informé des dégâts causés à l'école; voilà où ça s'arrête. Naïve, Noël, œuvre.",
        "LE PRÉFET A ÉTÉ INFORMÉ DES DÉGÂTS CAUSÉS À L'ÉCOLE",
        "Der Bürgermeister grüßt die Gäste aus Köln; schöne Größe, Äpfel, Übung.",
        "El año próximo la señora Muñoz irá a Málaga, ¿verdad? ¡Qué corazón!",
        "Zażółć gęślą jaźń, czyli łąki i źródła w Łodzi.",
        "İstanbul'da şiir, çocuk, ığdır, ağaç, gülünç öğüt.",
        "The café's façade cost £5 – naïve résumé, 20 °C, ½ of it.",
        "ỦY BAN NHÂN DÂN TỈNH HÒA SƠN BÁO CÁO TÌNH HÌNH ĐẤT Ở, NHÀ Ở",
        "Đường sá được sửa chữa; những hộ nghèo vùng sâu, vùng xa được giúp đỡ.",
    ],
)
def test_a_text_that_is_right_already_is_left_alone(text: str) -> None:
    for charset in ("utf-8", "utf-16"):
        document = read_mail(mail_with(("a.txt", text.encode(charset))), LIMITS, ()).documents[0]
        assert (document.text, document.repairs) == (text, ())
