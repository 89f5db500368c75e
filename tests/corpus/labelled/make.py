"""The mail of an invented province, An Bình, with labels: TOML tables come in, .eml files and their labels go out.

    python tests/corpus/labelled/make.py FOLDER       (with tests/ on the PYTHONPATH)

A table says who sends what when, what stands on the papers, and what a careful clerk would do with it:
`book` the reports ("TYPE PERIOD on_time|late -missing"), ask a `person`, or `is` for the other dispositions.
`may` names records ("AGENCY TYPE PERIOD") that are not wrong though not asked for; `debatable` is not counted.
The same tables give the same bytes.
"""

import csv
import hashlib
import io
import sys
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from pathlib import Path
from typing import Any

from corpus.labelled.paper import Paper, pdf, sheet, word, zipped

HERE = Path(__file__).parent
ICT = timezone(timedelta(hours=7))
OFFICE = "baocao@anbinh.example"
PLAIN_COLUMNS = ("from", "at", "subject", "title", "file", "book")
FILLING = (
    "I. KẾT QUẢ THỰC HIỆN",
    "Thực hiện Kế hoạch số {plan}/KH-UBND ngày 12/01/2026 của UBND tỉnh, đơn vị đã triển khai đồng bộ các nhiệm vụ; "
    "số liệu tăng {share},{part}% so với cùng kỳ năm trước và lũy kế 5 tháng qua đạt {share}% kế hoạch.",
    "II. TỒN TẠI, HẠN CHẾ",
    "Một số nội dung thực hiện từ tháng trước, quý trước còn chậm do thiếu kinh phí.",
    "III. NHIỆM VỤ TRỌNG TÂM THỜI GIAN TỚI",
    "Tiếp tục thực hiện các chỉ tiêu được giao, phấn đấu hoàn thành trước ngày 25 hằng tháng.",
)


@dataclass(frozen=True)
class Report:
    report_type: str
    period: str
    timeliness: str
    missing: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Label:
    """What a careful clerk would do with one mail."""

    file: str
    dispositions: frozenset[str]
    agency: str
    reports: tuple[Report, ...]
    may: frozenset[tuple[str, ...]]
    debatable: bool
    why: str

    @property
    def keys(self) -> dict[tuple[str, ...], Report]:
        return {(self.agency, one.report_type, one.period): one for one in self.reports}


@dataclass
class Province:
    """The registry, as far as letters show it."""

    names: dict[str, str] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls) -> "Province":
        one = cls({row["code"]: row["name"] for row in _rows("agencies")})
        for row in _rows("contacts"):
            if row["role"] == "submitter":
                one.addresses.setdefault(row["agency"], row["email"].replace("*", "vanthu"))
        return one

    def head(self, code: str) -> tuple[str, str]:
        """The two lines at the top left."""
        name = self.names[code]
        if name.startswith("UBND "):
            return "ỦY BAN NHÂN DÂN", name.removeprefix("UBND ").upper()
        if code == "CAT":
            return "BỘ CÔNG AN", f"{name} An Bình".upper()
        return "UBND TỈNH AN BÌNH", name.removesuffix(" tỉnh").upper() if code != "TTT" else name.upper()

    def symbol(self, code: str) -> str:
        if self.names[code].startswith("UBND "):
            return "UBND"
        return {"SGDDT": "SGDĐT", "TTT": "TTr"}.get(code, code)

    def place(self, code: str) -> str:
        name = self.names[code]
        return " ".join(name.split()[2:]) if name.startswith("UBND ") else "An Bình"


def mails() -> list[dict[str, Any]]:
    """All mails of the tables, in the order in which they arrive."""
    found = [mail for path in sorted((HERE / "mails").glob("*.toml")) for mail in _of_table(path)]
    return sorted(found, key=lambda mail: str(mail["at"]))


def write_all(folder: Path) -> list[Label]:
    """Writes the mails as NNN-name.eml; gives their labels in the same order."""
    province, labels = Province.read(), []
    for number, mail in enumerate(mails(), 1):
        name = f"{number:03}-{mail['name']}.eml"
        (folder / name).write_bytes(message(mail, province))
        labels.append(label(mail, name))
    return labels


def label(mail: dict[str, Any], name: str) -> Label:
    agency = mail.get("agency", mail["from"])
    reports = tuple(_report(text) for text in mail.get("book", []))
    kind = "report" if reports else "review" if mail.get("person") else mail["is"]
    may = frozenset(tuple(text.split()) for text in mail.get("may", []))
    accepted = {kind, *mail.get("accept", []), *(["report"] if may else [])}
    return Label(name, frozenset(accepted), agency, reports, may, mail.get("debatable", False), mail.get("why", ""))


def message(mail: dict[str, Any], province: Province) -> bytes:
    """The mail as our own server kept it."""
    received = datetime.fromisoformat(str(mail["at"])).replace(tzinfo=ICT)
    inner = mail.get("inside")
    one = _written(mail, province, received)
    if inner:
        nested = {**inner, "name": f"{mail['name']}-inside", "at": inner.get("at", mail["at"])}
        sent = datetime.fromisoformat(str(nested["at"])).replace(tzinfo=ICT)
        one.add_attachment(_written(nested, province, sent))
    return _bounded(one, mail["name"]).as_bytes(policy=policy.SMTP)


def _written(mail: dict[str, Any], province: Province, received: datetime) -> EmailMessage:
    one = EmailMessage(policy=policy.SMTP)
    sender = province.addresses.get(mail["from"], mail["from"])
    shown = mail.get("shown", f"Văn thư {province.names[mail['from']]}" if mail["from"] in province.names else "")
    stamp = format_datetime(received)
    if not mail.get("headers", {}).get("Received"):
        one["Received"] = f"from mx.anbinh.example (mx.anbinh.example [192.0.2.7]) by mail.anbinh.example; {stamp}"
    one["From"] = formataddr((shown, sender))
    one["To"] = OFFICE
    one["Subject"] = _typed(mail["subject"], mail)
    one["Date"] = stamp
    one["Message-ID"] = f"<{mail.get('message_id', mail['name'])}@anbinh.example>"
    for name, value in mail.get("headers", {}).items():
        one[name] = value
    one.set_content(
        _typed(mail.get("body", "Kính gửi Văn phòng UBND tỉnh, đơn vị gửi văn bản kèm theo.\nTrân trọng."), mail)
    )
    for name, content in _files(mail, province, received.date()):
        one.add_attachment(content, maintype="application", subtype="octet-stream", filename=_typed(name, mail))
    return _bounded(one, mail["name"])


def _bounded(one: EmailMessage, name: str) -> EmailMessage:
    """With boundaries that are the same every time."""
    if one.is_multipart():
        one.set_boundary(f"=={_dice(name):010}==")
    return one


def _files(mail: dict[str, Any], province: Province, day: date) -> list[tuple[str, bytes]]:
    made = [(paper["file"], _printed(paper, mail, province, day)) for paper in mail.get("papers", [])]
    made += [(one["file"], sheet(one["rows"], one.get("name", "Biểu 01"))) for one in mail.get("sheets", [])]
    return [(mail["zip"], zipped(made))] if "zip" in mail else made


def _printed(table: dict[str, Any], mail: dict[str, Any], province: Province, day: date) -> bytes:
    agency = table.get("agency") or mail.get("agency", mail["from"])
    parent, issuer = province.head(agency)
    kind = table.get("kind", "BÁO CÁO")
    symbol = table.get("symbol", f"BC-{province.symbol(agency)}")
    paper = Paper(
        parent=table.get("parent", parent),
        issuer=table.get("issuer", issuer),
        number=f"Số: {table.get('number', _number(mail['name']))}/{symbol}",
        place=province.place(agency),
        on=date.fromisoformat(table["on"]) if "on" in table else day,
        kind=kind,
        title=table["title"],
        to=table.get("to", "Ủy ban nhân dân tỉnh An Bình"),
        body=table.get("body", _filling(mail["name"])),
        signer="TM. ỦY BAN NHÂN DÂN" if province.symbol(agency) == "UBND" else "GIÁM ĐỐC",
        mark=table.get("mark", ""),
        legacy=table.get("legacy", False),
    )
    return pdf(paper) if table["file"].endswith(".pdf") else word(paper)


def _number(name: str) -> str:
    return f"{_dice(name) % 700 + 20}"


def _filling(name: str) -> list[str]:
    dice = _dice(name)
    return [text.format(plan=dice % 90 + 10, share=dice % 80 + 11, part=dice % 9) for text in FILLING]


def _dice(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big")


def _typed(text: str, mail: dict[str, Any]) -> str:
    """As the machine of the sender writes Vietnamese."""
    if mail.get("unaccented"):
        bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
        return "".join(char for char in bare if not unicodedata.combining(char))
    return unicodedata.normalize("NFD", text) if mail.get("decomposed") else text


def _of_table(path: Path) -> Iterator[dict[str, Any]]:
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    for number, row in enumerate(table.get("plain", []), 1):
        mail = dict(zip(PLAIN_COLUMNS, row, strict=True))
        papers = [{"file": name, "title": mail["title"]} for name in mail["file"].split("|")]
        yield {**mail, "name": f"{path.stem}-plain-{number:02}", "papers": papers, "book": [mail["book"]]}
    yield from table.get("mail", [])


def _report(text: str) -> Report:
    report_type, period, timeliness, *missing = text.split(maxsplit=3)
    return Report(report_type, period, timeliness, frozenset(part.removeprefix("-") for part in missing))


def _rows(name: str) -> list[dict[str, str]]:
    text = (HERE / "registry" / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    print(len(write_all(target)), "mails written")
