"""Letters of Decree 30/2020: what stands on one, from the head to the signer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

NATION = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")


@dataclass(frozen=True)
class Paper:
    """What stands on one letter, from the head to the signer."""

    parent: str
    issuer: str
    number: str
    place: str
    on: date
    kind: str
    title: str
    to: str
    body: Sequence[str]
    signer: str
    mark: str = ""
    legacy: bool = False
    layout: str = ""

    @property
    def left(self) -> list[str]:
        subject = [] if self.kind else [self.title]
        return [part for part in (self.parent, self.issuer, self.number, *subject, self.mark) if part]

    @property
    def right(self) -> list[str]:
        return [*NATION, f"{self.place}, {in_words(self.on)}"]

    @property
    def main(self) -> list[str]:
        heading = [self.kind, self.title] if self.kind else []
        return [*heading, *([f"Kính gửi: {self.to}."] if self.to else []), *self.body]

    @property
    def foot(self) -> tuple[list[str], list[str]]:
        return ["Nơi nhận:", "- Như trên;", "- Lưu: VT."], [self.signer, "", "Nguyễn Văn An"]


def in_words(day: date) -> str:
    """As Decree 30 writes it: days under 10 and months under 3 have two figures."""
    month = f"{day.month:02}" if day.month < 3 else f"{day.month}"
    return f"ngày {day.day:02} tháng {month} năm {day.year}"
