"""Mails with attachments, for the tests of documents."""

from email.message import EmailMessage
from pathlib import Path


def mail_with(
    *attachments: tuple[str, bytes], subject: str = "Gửi báo cáo", text: str = "Kính gửi Văn phòng."
) -> bytes:
    mail = EmailMessage()
    mail["From"] = "vanthu@daian.example"
    mail["Subject"] = subject
    mail["Message-ID"] = "<1@daian.example>"
    mail.set_content(text)
    for name, content in attachments:
        mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()


def stored(folder: Path, raw: bytes, name: str = "mail.eml") -> Path:
    path = folder / name
    path.write_bytes(raw)
    return path
