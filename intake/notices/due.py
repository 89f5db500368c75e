"""The notices about what is owed: before the deadline, after it, to those above, and the formal request."""

from dataclasses import dataclass, replace
from typing import ClassVar, Self

from pydantic import AwareDatetime

from intake.notices import examples
from intake.notices.base import Notice
from intake.notices.lines import NextStep, ObligationLine, Role


@dataclass(frozen=True, kw_only=True)
class DueNotice(Notice):
    """One mail to one recipient about all that is due in one pass.

    `obligations` are what this kind of notice is for, the most urgent first; `also_overdue` and `coming` are what a
    milder one would have told the same recipient. `role` is what the recipient is to those agencies; `also_to` are the
    roles that the same step was really sent to as well. `reply_by` is when the report or an answer is asked for;
    without it, at once. `next_step` is the earliest step that follows for any of `obligations`. `wording` is the
    variant of the templates that the policy's step names.
    """

    obligations: tuple[ObligationLine, ...]
    also_overdue: tuple[ObligationLine, ...] = ()
    coming: tuple[ObligationLine, ...] = ()
    role: Role = "submitter"
    also_to: tuple[Role, ...] = ()
    reply_by: AwareDatetime | None = None
    next_step: NextStep | None = None
    wording: str = ""

    def _for_each_role(self) -> tuple[Self, ...]:
        head = replace(self, role="head", recipient=f"Thủ trưởng {self.agency}", also_to=("submitter",))
        several = (*self.obligations, examples.OWED_ONCE)
        supervisor = replace(
            self, role="supervisor", recipient="Chuyên viên theo dõi khối tổng hợp", agency="", obligations=several
        )
        more = replace(self, also_overdue=(examples.OWED_TRAFFIC,), coming=(examples.OWED_ONCE,))
        return (head, replace(head, recipient="Nguyễn Văn An"), supervisor, replace(supervisor, role="submitter"), more)


@dataclass(frozen=True, kw_only=True)
class Reminder(DueNotice):
    """What falls due soon and has not arrived, or not wholly."""

    name: ClassVar[str] = "reminder"

    @classmethod
    def sample(cls) -> Self:
        return cls(
            **examples.common("BC-5T9H2C", "2019-11-16T07:30:00"),
            obligations=(examples.OWED, examples.OWED_TRAFFIC),
        )

    @classmethod
    def variants(cls) -> tuple[Self, ...]:
        sample = cls.sample()
        partly = replace(
            examples.OWED, missing=("number",), received_at=examples.at("2019-11-13T09:00:00"), told=examples.REMINDED
        )
        return (
            replace(sample, obligations=(examples.OWED,)),
            replace(sample, obligations=(partly,)),
            replace(sample, obligations=(examples.OWED_ONCE,), role="duty"),
            *sample._for_each_role(),
        )


@dataclass(frozen=True, kw_only=True)
class Overdue(DueNotice):
    """What has not arrived by its deadline."""

    name: ClassVar[str] = "overdue"

    @classmethod
    def sample(cls) -> Self:
        return cls(
            **examples.common("BC-2R6V8M", "2019-11-19T07:30:00"),
            obligations=(replace(examples.OWED, told=examples.REMINDED),),
            reply_by=examples.at("2019-11-20T00:00:00"),
            next_step=examples.TO_THE_HEAD,
        )

    @classmethod
    def variants(cls) -> tuple[Self, ...]:
        sample = cls.sample()
        partly = replace(examples.OWED, missing=("number",), received_at=examples.at("2019-11-13T09:00:00"))
        return (
            replace(sample, obligations=(partly, examples.OWED_TRAFFIC), reply_by=None, next_step=None),
            replace(sample, next_step=examples.TO_THE_SUPERVISOR),
            *sample._for_each_role(),
        )


@dataclass(frozen=True, kw_only=True)
class Escalation(DueNotice):
    """What is overdue, told to somebody above."""

    name: ClassVar[str] = "escalation"

    @classmethod
    def sample(cls) -> Self:
        return cls(
            **examples.common("BC-9P3X7B", "2019-11-20T08:00:00", recipient=f"Chủ tịch {examples.DISTRICT}"),
            obligations=(replace(examples.OWED, told=examples.TOLD_OVERDUE, working_days_overdue=1),),
            role="head",
            also_to=("submitter",),
            reply_by=examples.at("2019-11-20T17:00:00"),
        )

    @classmethod
    def variants(cls) -> tuple[Self, ...]:
        sample = cls.sample()
        submitter = replace(sample, role="submitter", also_to=("head",), recipient="", reply_by=None)
        return (
            submitter,
            replace(submitter, next_step=examples.TO_THE_SUPERVISOR),
            replace(sample, role="leader", recipient="Lãnh đạo Văn phòng UBND tỉnh", also_to=()),
            *sample._for_each_role(),
        )


@dataclass(frozen=True, kw_only=True)
class Directive(DueNotice):
    """The formal request, after all reminding was in vain: to send, to explain, and to answer by a date."""

    name: ClassVar[str] = "directive"

    @classmethod
    def sample(cls) -> Self:
        return cls(
            **examples.common("BC-8D2L5N", "2019-11-26T08:00:00", recipient=f"Chủ tịch {examples.DISTRICT}"),
            obligations=(replace(examples.OWED, told=examples.TOLD_OVERDUE, working_days_overdue=5),),
            role="head",
            also_to=("supervisor",),
            reply_by=examples.at("2019-11-29T00:00:00"),
        )

    @classmethod
    def variants(cls) -> tuple[Self, ...]:
        sample = cls.sample()
        return (replace(sample, reply_by=None, also_to=()), *sample._for_each_role())
