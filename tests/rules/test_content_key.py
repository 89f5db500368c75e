from dataclasses import replace
from datetime import UTC, datetime

from intake.mail.parsed import Address, Attachment, ParsedMessage
from intake.rules.reading import MailReading

MAIL = ParsedMessage(
    message_id="<a@tinh.example>",
    date=datetime(2026, 11, 16, 9, 0, tzinfo=UTC),
    sender=Address("", "stc@tinh.example"),
    subject="Báo cáo",
    text="Gửi  báo cáo.",
    attachments=(Attachment("a.pdf", "application/pdf", 1, "0" * 64), Attachment("b.xls", "x/y", 1, "1" * 64)),
)


def key(**changed: object) -> str:
    return MailReading(replace(MAIL, **changed)).content_key


def test_one_mail_is_known_again_however_it_was_folded_encoded_and_stamped_on_its_way() -> None:
    assert key(text="Gửi báo cáo.\n", date=None, attachments=MAIL.attachments[::-1]) == key()


def test_another_id_sender_subject_text_or_file_is_another_mail() -> None:
    others = [
        key(message_id="<b@tinh.example>"),
        key(sender=Address("", "syt@tinh.example")),
        key(sender=None),
        key(subject="Báo cáo khác"),
        key(text="Gửi lại."),
        key(attachments=MAIL.attachments[:1]),
    ]
    assert len({key(), *others}) == len(others) + 1


def test_where_a_mail_has_no_id_its_date_tells_it_from_the_next_with_the_same_words() -> None:
    assert key(message_id="") != key(message_id="", date=datetime(2026, 11, 17, 9, 0, tzinfo=UTC))
