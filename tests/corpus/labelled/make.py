"""The mail of invented provinces, with labels: TOML tables come in, .eml files and their labels go out.

    python tests/corpus/labelled/make.py PROVINCE FOLDER       (with tests/ on the PYTHONPATH)

A table says who sends what when, what stands on the papers, and what a careful clerk would do with it:
`book` the reports ("TYPE PERIOD on_time|late vN -missing"), ask a `person`, follow an `incident` ("CATEGORY new|more"),
or `is` for the other dispositions. `may` names records ("AGENCY TYPE PERIOD") that are not wrong though not asked
for; `debatable` is not counted. The same tables give the same bytes.
"""

import sys
import tomllib
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta, timezone
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from pathlib import Path
from typing import Any

from corpus.labelled.files import dice, files
from corpus.labelled.keyboard import as_html, as_old_windows, typed
from corpus.labelled.label import Label, label
from corpus.labelled.province import HERE, Province

ICT = timezone(timedelta(hours=7))
PLAIN_COLUMNS = ("from", "at", "subject", "title", "file", "book")
SUBJECT_LATER = b"SUBJECT-LATER"
GREETING = "Kính gửi Văn phòng UBND tỉnh, đơn vị gửi văn bản kèm theo.\nTrân trọng."

Mail = dict[str, Any]


def mails(province: Province) -> list[Mail]:
    """All mails of the tables, in the order in which they arrive."""
    found = [mail for path in sorted((province.folder / "mails").glob("*.toml")) for mail in _of_table(path)]
    return sorted(found, key=lambda mail: str(mail["at"]))


def write_all(province: Province, folder: Path) -> list[Label]:
    """Writes the mails as NNN-name.eml; gives their labels in the same order."""
    table = mails(province)
    by_name, labels = {mail["name"]: mail for mail in table}, []
    assert len(by_name) == len(table), "two mails have one name"
    for number, mail in enumerate(table, 1):
        name = f"{number:03}-{mail['name']}.eml"
        (folder / name).write_bytes(message(mail, province, by_name))
        labels.append(label(mail, name))
    return labels


def message(mail: Mail, province: Province, others: Mapping[str, Mail]) -> bytes:
    """The mail as our own server kept it."""
    received = _time(mail["at"])
    if "again" in mail:
        return _received(province, received).encode() + message(others[mail["again"]], province, others)
    made = _written(mail, province, received, others).as_bytes(policy=policy.SMTP)
    return made.replace(SUBJECT_LATER, as_old_windows(mail["subject"]), 1) if "old_windows" in mail else made


def _time(stamp: object) -> datetime:
    return datetime.fromisoformat(str(stamp)).replace(tzinfo=ICT)


def _received(province: Province, at: datetime) -> str:
    host = f"mx.{province.domain}"
    return f"Received: from {host} ({host} [192.0.2.7]) by mail.{province.domain}; {format_datetime(at)}\r\n"


def _written(mail: Mail, province: Province, received: datetime, others: Mapping[str, Mail]) -> EmailMessage:
    one = EmailMessage(policy=policy.SMTP)
    if not mail.get("headers", {}).get("Received"):
        one["Received"] = _received(province, received).removeprefix("Received: ").strip()
    _address(one, mail, province)
    one["Subject"] = SUBJECT_LATER.decode() if "old_windows" in mail else typed(mail["subject"], mail)
    one["Date"] = format_datetime(_time(mail.get("sent", received.replace(tzinfo=None).isoformat())))
    one["Message-ID"] = f"<{mail.get('message_id', mail['name'])}@{province.domain}>"
    for name, value in mail.get("headers", {}).items():
        one[name] = value
    if "dsn" in mail:
        return _bounded(_as_dsn(one, mail), mail["name"])
    _write_body(one, mail)
    for name, content in files({**mail, "sent_on": received.date()}, province, others):
        one.add_attachment(content, maintype="application", subtype="octet-stream", filename=typed(name, mail))
    if "inside" in mail:
        nested = {**mail["inside"], "name": f"{mail['name']}-inside", "at": mail["inside"].get("at", mail["at"])}
        one.add_attachment(_written(nested, province, _time(nested["at"]), others))
    return _bounded(one, mail["name"])


def _address(one: EmailMessage, mail: Mail, province: Province) -> None:
    sender = province.addresses.get(mail["from"], mail["from"])
    usual = f"Văn thư {province.names[mail['from']]}" if mail["from"] in province.names else ""
    one["From"] = formataddr((mail.get("shown", usual), mail.get("address", sender)))
    one["To"] = f"baocao@{province.domain}"
    if "cc" in mail:
        one["Cc"] = mail["cc"]


def _write_body(one: EmailMessage, mail: Mail) -> None:
    text = typed(mail.get("body", GREETING), mail)
    if "old_windows" in mail:
        one.set_content(as_old_windows(text, word=False), maintype="text", subtype="plain", cte="base64")
        one.set_param("charset", "windows-1258")
    elif mail.get("html") == "only":
        one.set_content(as_html(text), subtype="html")
    else:
        one.set_content(text)
        if mail.get("html") == "also":
            one.add_alternative(as_html(text), subtype="html")


def _as_dsn(one: EmailMessage, mail: Mail) -> EmailMessage:
    """A delivery status notification (RFC 3464) about a notice of ours."""
    words, status = EmailMessage(policy=policy.SMTP), EmailMessage(policy=policy.SMTP)
    words.set_content(mail["body"])
    status["Content-Type"] = "message/delivery-status"
    status.set_payload([_fields(block) for block in mail["dsn"]])
    one["MIME-Version"] = "1.0"
    one["Content-Type"] = 'multipart/report; report-type="delivery-status"'
    one.set_payload([words, status])
    return one


def _fields(block: Mapping[str, str]) -> EmailMessage:
    made = EmailMessage(policy=policy.SMTP)
    for name, value in block.items():
        made[name] = value
    return made


def _bounded(one: EmailMessage, name: str) -> EmailMessage:
    """With boundaries that are the same every time."""
    for depth, part in enumerate(one.walk() if one.is_multipart() else ()):
        if part.get_content_maintype() == "multipart" and (depth == 0 or part.get_boundary() is None):
            part.set_boundary(f"=={dice(f'{name}{depth or str()}'):010}==")
    return one


def _of_table(path: Path) -> Iterator[Mail]:
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    for number, row in enumerate(table.get("plain", []), 1):
        mail = dict(zip(PLAIN_COLUMNS, row, strict=True))
        papers = [{"file": name, "title": mail["title"]} for name in mail["file"].split("|")]
        yield {**mail, "name": f"{path.stem}-plain-{number:02}", "papers": papers, "book": [mail["book"]]}
    yield from table.get("mail", [])


if __name__ == "__main__":
    target = Path(sys.argv[2])
    target.mkdir(parents=True, exist_ok=True)
    print(len(write_all(Province(HERE / sys.argv[1]), target)), "mails written")
