"""Short words for telling the story: a moment of October 2026, a letter of an agency, its file, its mail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from intake.demo.agencies import ISSUERS, Clerk
from intake.demo.letter import Letter
from intake.demo.post import Attached, Mail
from intake.demo.sheet import Cell, workbook
from intake.demo.word import word_document

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
FILES = Path(__file__).parent.parent / "files"


def at(day: int, clock: str) -> datetime:
    """A moment of October 2026, such as `at(5, "16:45")`."""
    return datetime.fromisoformat(f"2026-10-{day:02}T{clock}").replace(tzinfo=ZONE)


def letter(code: str, number: int, day: int, subject: str, *body: str) -> Letter:
    return Letter(ISSUERS[code], number, date(2026, 10, day), subject, body)


def as_word(name: str, document: Letter) -> Attached:
    return Attached(name, word_document(document))


def as_sheet(name: str, sheet: str, *rows: Sequence[Cell]) -> Attached:
    return Attached(name, workbook(sheet, rows))


def kept(name: str, file: str) -> Attached:
    """A file that is shipped ready made, because making it needs more than the program has."""
    return Attached(name, (FILES / file).read_bytes())


@dataclass(frozen=True)
class Desk:
    """Where an agency's mails are written."""

    code: str

    @property
    def clerk(self) -> Clerk:
        return ISSUERS[self.code].clerk

    def mail(self, slug: str, moment: datetime, subject: str, text: str, shows: str, *files: Attached) -> Mail:
        return Mail(slug, moment, self.clerk, subject, text, shows, files)

    def signed(self, text: str) -> str:
        """With the lines that most offices put under every mail."""
        clerk = self.clerk
        return f"{text}\n\nTrân trọng./.\n--\n{clerk.name}\nVăn thư {ISSUERS[self.code].name}\nĐT: {clerk.phone}"
