"""October 2026 in the invented province, from `october/*.toml` to the mails as they arrived.

A file of a mail is a letter (written as Word), a sheet, an archive of such, another mail, or one shipped ready made.
"""

import tomllib
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from intake.demo.agencies import ISSUERS, Clerk, Issuer
from intake.demo.automatic import Absence, Bounce
from intake.demo.letter import Letter
from intake.demo.post import Attached, Mail
from intake.demo.sheet import workbook
from intake.demo.word import UNICODE_FONT, packed, word_document

HERE = Path(__file__).parent
FILES = HERE / "files"
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")

_Table = dict[str, Any]


def at(day: int, clock: str) -> datetime:
    """A moment of the month, such as `at(5, "16:45")`."""
    return datetime.fromisoformat(f"2026-10-{day:02}T{clock}").replace(tzinfo=ZONE)


def mails() -> list[Mail]:
    """Every mail of the month, by its time of arrival."""
    told: dict[str, Mail] = {}
    chapters = sorted((HERE / "october").glob("*.toml"))
    tables = [table for chapter in chapters for table in _tables(chapter)["mail"]]
    return [_mail(table, told) for table in sorted(tables, key=lambda table: table["at"])]


def printed_letters() -> dict[str, Letter]:
    """The letters that arrive as PDF, by the file of `FILES` that holds them."""
    return {
        table["file"]: _letter(table, ISSUERS[table["agency"]]) for table in _tables(HERE / "printed.toml")["letter"]
    }


def _tables(path: Path) -> dict[str, list[_Table]]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _mail(table: _Table, told: dict[str, Mail]) -> Mail:
    if "again" in table:
        return told[table["again"]].again(table["at"], table["shows"])
    if "lost" in table:
        return Bounce(**_said(table, Clerk(**table["from"])), lost=table["lost"])
    issuer = ISSUERS[table["agency"]]
    clerk = Clerk(**table["from"]) if "from" in table else issuer.clerk
    kind = Absence if "absence" in table else Mail
    mail = kind(
        **_said(table, clerk),
        files=tuple(_attached(one, issuer) for one in table.get("files", ())),
        answers=told[table["answers"]].message_id if "answers" in table else "",
        sent_at=table.get("sent_at"),
        charset=table.get("charset", "utf-8"),
    )
    told[mail.slug] = mail
    return mail


def _said(table: _Table, clerk: Clerk) -> _Table:
    text = table["text"].rstrip("\n")
    return {
        "slug": table["slug"],
        "at": table["at"],
        "clerk": clerk,
        "subject": table["subject"],
        "text": text + _signature(ISSUERS[table["agency"]]) if "signed" in table else text,
        "shows": table.get("shows", ""),
    }


def _signature(issuer: Issuer) -> str:
    """The lines that most offices put under every mail."""
    clerk = issuer.clerk
    return f"\n\nTrân trọng./.\n--\n{clerk.name}\nVăn thư {issuer.name}\nĐT: {clerk.phone}"


def _attached(table: _Table, issuer: Issuer) -> Attached:
    if "mail" in table:
        return Attached(table["name"], message=_mail(table["mail"], {}))
    return Attached(table["name"], _content(table, issuer))


def _content(table: _Table, issuer: Issuer) -> bytes:
    if "kept" in table:
        return FILES.joinpath(table["kept"]).read_bytes()
    if "holds" in table:
        return packed(_held(table["holds"], issuer))
    if "sheet" in table:
        return workbook(table["sheet"], table["rows"])
    return word_document(_letter(table, issuer), table.get("font", UNICODE_FONT))


def _held(tables: Iterable[_Table], issuer: Issuer) -> Iterable[tuple[str, bytes]]:
    return ((table["name"], _content(table, issuer)) for table in tables)


def _letter(table: _Table, issuer: Issuer) -> Letter:
    return Letter(
        issuer, table["number"], table["dated"], table["title"], tuple(table["body"]), mark=table.get("mark", "")
    )
