"""A report as Decree 30/2020, appendix I lays it out: what stands in it, and in which order."""

from dataclasses import dataclass
from datetime import date

from intake.demo.agencies import PROVINCE, Issuer

MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "─────────────")


@dataclass(frozen=True, slots=True)
class Letter:
    """One report. `subject` is its trích yếu; `body` its paragraphs, where a line in capitals is a heading."""

    issuer: Issuer
    number: int
    on: date
    subject: str
    body: tuple[str, ...]
    to: str = f"Ủy ban nhân dân tỉnh {PROVINCE}"
    mark: str = ""

    @property
    def symbol(self) -> str:
        return f"{self.number:02}/BC-{self.issuer.symbol}"

    @property
    def dated(self) -> str:
        """Days below 10 and the months 1 and 2 are padded (Decree 30/2020, appendix I, part II, 4)."""
        month = f"{self.on.month:02}" if self.on.month < 3 else str(self.on.month)
        return f"{self.issuer.place}, ngày {self.on.day:02} tháng {month} năm {self.on.year}"

    @property
    def head(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The two columns above the text."""
        mark = (self.mark,) if self.mark else ()
        left = (self.issuer.above, self.issuer.head, "───────", f"Số: {self.symbol}", *mark)
        return left, (*MOTTO, self.dated)

    @property
    def foot(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The two columns below the text: who gets it, who signed it."""
        left = ("Nơi nhận:", "- Như trên;", f"- Lưu: VT, {self.issuer.clerk.name.split()[-1][0]}.")
        return left, (*self.issuer.signing, "(đã ký)", self.issuer.signer)
