"""The notice that takes back what an earlier one said of a mail: something else is recorded of it now, or nothing."""

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Self

from pydantic import AwareDatetime

from intake.notices import examples
from intake.notices.base import Notice
from intake.notices.lines import IncidentLine, ReportLine


@dataclass(frozen=True, kw_only=True)
class Correction(Notice):
    """Tells those who were told otherwise what is recorded of a mail now.

    `corrects` is the reference of the notice that said otherwise, on the day `told_on`. `withdrawn` is no longer
    recorded; `reports` and `incident` are recorded in its stead; with neither, a person decides anew, or has decided
    that nothing is to be recorded (`settled`). `message`, `sender`, `decided_by` and `why` are for the office's own
    desk only (`to_office`).
    """

    name: ClassVar[str] = "correction"

    received_at: AwareDatetime
    corrects: str
    told_on: date
    mail_subject: str = ""
    withdrawn: tuple[ReportLine, ...] = ()
    withdrawn_incident: IncidentLine | None = None
    reports: tuple[ReportLine, ...] = ()
    incident: IncidentLine | None = None
    settled: bool = False
    to_office: bool = False
    message: int = 0
    sender: str = ""
    decided_by: str = ""
    why: str = ""

    @classmethod
    def sample(cls) -> Self:
        september = replace(examples.ECONOMY, period="2019-09", receipt="2019/01711")
        return cls(
            **examples.common("BC-5T9R2K", "2019-10-17T09:12:00"),
            received_at=examples.RECEIVED,
            corrects="BC-3F7K2Q",
            told_on=date(2019, 10, 16),
            mail_subject="BC KTXH và ATGT tháng 10",
            withdrawn=(september,),
            reports=(examples.ECONOMY,),
        )

    @classmethod
    def variants(cls) -> tuple[Self, ...]:
        sample = cls.sample()
        office = replace(sample, to_office=True, message=1207, sender="ubndsonglam@tinh.example")
        reviewed = replace(sample, reports=(), mail_subject="")
        return (
            reviewed,
            replace(reviewed, settled=True),
            replace(sample, withdrawn=(), reports=(examples.ECONOMY, examples.REFORM)),
            replace(sample, reports=(), incident=examples.FLOOD),
            replace(sample, withdrawn=(), withdrawn_incident=examples.FLOOD, reports=(examples.TRAFFIC,)),
            replace(office, decided_by="Nguyễn Thanh Tùng", why="Thư của kỳ trước, ghi nhầm kỳ"),
            replace(office, reports=(), mail_subject=""),
        )
