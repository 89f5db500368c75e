"""The notice that hands a copy of a complete report to those whom its report type names."""

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Literal, Self

from pydantic import AwareDatetime

from intake.notices import examples
from intake.notices.base import Notice
from intake.notices.lines import FileLine, IncidentLine, OriginalLine, ReportLine


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedLine:
    """The version that the recipient was sent before, and what this notice does to it.

    `recalls` says that it is not to be used, and that nothing takes its place.
    """

    how: Literal["replaces", "supplements", "recalls"]
    on: date
    number: str | None = None


@dataclass(frozen=True, kw_only=True)
class Share(Notice):
    """Hands a copy of what `source` sent to an agency that it is shared with: a complete report, or news of a matter.

    `files` and `text` are filled in from `originals` when it leaves. `too_large` says that the files are named and not
    attached; `left_out` that a part of the report cannot be parted from what is not for the recipient.
    """

    name: ClassVar[str] = "share"

    source: str
    report: ReportLine | None = None
    incident: IncidentLine | None = None
    opened: bool = True
    received_at: AwareDatetime | None = None
    originals: tuple[OriginalLine, ...] = ()
    follows: FollowedLine | None = None
    files: tuple[FileLine, ...] = ()
    text: tuple[str, ...] = ()
    too_large: bool = False
    left_out: bool = False

    @classmethod
    def sample(cls) -> Self:
        return cls(
            **examples.common("BC-3F7K2Q", "2019-10-16T16:46:00", examples.DEPARTMENT),
            source=examples.DISTRICT,
            report=examples.ECONOMY,
            originals=(OriginalLine(mail="5" * 64, files=(examples.FILES[0].sha256,)),),
            files=examples.FILES[:1],
        )

    @classmethod
    def variants(cls) -> tuple[Self, ...]:
        sample = cls.sample()
        second = replace(examples.ECONOMY, version=2, number="540/BC-UBND", **examples.REPLACED)
        follows = FollowedLine(how="replaces", on=date(2019, 10, 16), number="512/BC-UBND")
        words = ("Trong tuần, địa phương không phát sinh vụ việc.", "Người báo cáo: Văn thư.")
        urgent = replace(
            sample,
            report=None,
            incident=examples.FLOOD,
            received_at=examples.FLOOD.opened_at,
            text=("Tính đến 15 giờ 00: 15 nhà tốc mái, 112 ha lúa bị ngập.",),
        )
        return (
            replace(sample, report=second, follows=follows),
            replace(sample, report=second, follows=replace(follows, how="supplements", number=None), left_out=True),
            replace(sample, report=replace(examples.ECONOMY, number=None), files=(), text=words),
            replace(sample, files=examples.FILES, too_large=True),
            replace(sample, files=(), left_out=True),
            replace(sample, files=(), follows=replace(follows, how="recalls")),
            urgent,
            replace(urgent, opened=False, files=(), text=()),
            replace(urgent, files=(), text=(), follows=replace(follows, how="recalls", number=None)),
        )
