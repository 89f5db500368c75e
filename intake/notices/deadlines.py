"""The notices about deadlines that a person or the calendar moved: the answer to a request, and word of a change."""

from dataclasses import dataclass, replace
from typing import ClassVar, Literal, Self

from pydantic import AwareDatetime

from intake.notices import examples
from intake.notices.base import Notice
from intake.notices.lines import DeadlineLine


@dataclass(frozen=True, kw_only=True)
class RequestAnswer(Notice):
    """The office's decision about a request for a later deadline (`extension`) or for none (`waiver`).

    `obligations` have the deadline that holds now and, where it was moved, the one before.
    """

    name: ClassVar[str] = "request_answer"

    kind: Literal["extension", "waiver"]
    granted: bool
    received_at: AwareDatetime
    obligations: tuple[DeadlineLine, ...] = ()
    why: str = ""
    mail_subject: str = ""

    @classmethod
    def sample(cls) -> Self:
        return cls(
            **examples.common("BC-8N4V6J", "2019-11-18T09:10:00"),
            kind="extension",
            granted=True,
            received_at=examples.at("2019-11-17T15:20:00"),
            obligations=(examples.MOVED,),
            why="Mưa lũ làm gián đoạn việc tổng hợp số liệu tại cơ sở.",
            mail_subject="V/v xin gia hạn gửi báo cáo KT-XH tháng 11",
        )

    @classmethod
    def variants(cls) -> tuple[Self, ...]:
        sample = cls.sample()
        kept = replace(examples.MOVED, due_at=examples.OWED.due_at, former_due_at=None)
        refused = replace(
            sample, granted=False, obligations=(kept,), why="Số liệu phải trình UBND tỉnh ngày 20/11/2019."
        )
        waiver = replace(sample, kind="waiver", obligations=(kept, examples.MOVED_ONCE), why="")
        return (
            replace(sample, obligations=(examples.MOVED, examples.MOVED_ONCE), mail_subject=""),
            refused,
            replace(refused, obligations=(), why=""),
            waiver,
            replace(waiver, granted=False, why="Địa phương có phát sinh số liệu trong kỳ."),
        )


@dataclass(frozen=True, kw_only=True)
class DeadlineMoved(Notice):
    """Tells those who were reminded of a deadline that it is another one now, and why."""

    name: ClassVar[str] = "deadline_moved"

    obligations: tuple[DeadlineLine, ...]
    cause: Literal["calendar", "rule", "decision"] = "calendar"
    why: str = ""

    @classmethod
    def sample(cls) -> Self:
        return cls(**examples.common("BC-2W9K5R", "2019-11-17T08:00:00"), obligations=(examples.MOVED,))

    @classmethod
    def variants(cls) -> tuple[Self, ...]:
        sample = cls.sample()
        earlier = replace(examples.MOVED, due_at=examples.at("2019-11-18T00:00:00"))
        return (
            replace(sample, obligations=(examples.MOVED, examples.MOVED_ONCE), cause="rule"),
            replace(sample, obligations=(earlier,), cause="decision", why="bão số 6"),
        )
