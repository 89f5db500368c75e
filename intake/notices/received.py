"""The notices that answer a mail: what was received, what is missing, what is being looked at, what was not taken."""

from dataclasses import dataclass, replace
from typing import ClassVar, Literal, Self

from pydantic import AwareDatetime

from intake.notices import examples
from intake.notices.base import Notice
from intake.notices.lines import FileLine, IncidentLine, ReportLine

ReviewReason = Literal[
    "", "sender", "agency", "report_type", "period", "contradiction", "no_document", "unreadable", "request",
]  # fmt: skip
RefusalReason = Literal["encrypted", "malware", "unsafe", "too_large"]


@dataclass(frozen=True, kw_only=True)
class Acknowledgment(Notice):
    """The answer to a mail with nothing missing: reports, an urgent matter, or both.

    `duplicate` says that all of it had been received before: then `reports` are the earlier ones, with their receipts.
    `incident_opened` tells a first report of an incident from a further one; `next_report_by` is when more is expected.
    """

    name: ClassVar[str] = "acknowledgment"

    received_at: AwareDatetime
    reports: tuple[ReportLine, ...] = ()
    files: tuple[FileLine, ...] = ()
    duplicate: bool = False
    incident: IncidentLine | None = None
    incident_opened: bool = False
    next_report_by: AwareDatetime | None = None
    mail_subject: str = ""

    @classmethod
    def sample(cls) -> Self:
        return cls(
            **examples.common("BC-3F7K2Q", "2019-10-16T16:46:00"),
            received_at=examples.RECEIVED,
            reports=(examples.ECONOMY, examples.TRAFFIC),
            files=examples.FILES,
        )

    @classmethod
    def variants(cls) -> tuple[Self, ...]:
        sample = cls.sample()
        newer = replace(examples.ECONOMY, version=2, number="530/BC-UBND", **examples.REPLACED)
        late = replace(newer, timeliness="late")
        completed = replace(examples.TRAFFIC, version=2, **examples.COMPLETED)
        flood = replace(sample, reports=(), incident=examples.FLOOD, mail_subject="Báo cáo nhanh mưa lũ tại xã Bến Đá")
        return (
            replace(sample, reports=(late,), files=examples.FILES[:1]),
            replace(sample, reports=(replace(examples.TRAFFIC, timeliness="early"),), files=()),
            replace(sample, received_at=examples.at("2019-10-18T08:00:00"), duplicate=True),
            replace(flood, incident_opened=True, next_report_by=examples.at("2019-11-01T17:00:00")),
            replace(flood, files=(), mail_subject=""),
            replace(sample, reports=(completed, replace(late, replaces=None)), files=()),
        )


@dataclass(frozen=True, kw_only=True)
class Incomplete(Notice):
    """The answer to a mail that lacks something: an acknowledgment that asks for the rest.

    `reports` are all that the mail carried, the complete ones too.
    """

    name: ClassVar[str] = "incomplete"

    received_at: AwareDatetime
    reports: tuple[ReportLine, ...]
    files: tuple[FileLine, ...] = ()

    @classmethod
    def sample(cls) -> Self:
        return cls(
            **examples.common("BC-8W4N6D", "2019-09-17T10:06:00", examples.DEPARTMENT),
            received_at=examples.REFORM.received_at,
            reports=(examples.REFORM,),
            files=(examples.REFORM_FILE,),
        )

    @classmethod
    def variants(cls) -> tuple[Self, ...]:
        sample = cls.sample()
        bare = replace(examples.REFORM, number=None, present=(), missing=("number", "xlsx:BVR01!C8"), timeliness="late")
        second = replace(bare, version=2, **examples.COMPLETED)
        return (
            replace(sample, reports=(examples.REFORM, examples.ECONOMY)),
            replace(sample, reports=(second,), files=(), now=examples.at("2019-09-20T08:00:00")),
        )


@dataclass(frozen=True, kw_only=True)
class UnderReview(Notice):
    """The answer to a mail that a person has to look at. `reason` is only ever one that is safe to tell the sender.

    `is_urgent` says that the duty officers were told of it.
    """

    name: ClassVar[str] = "under_review"

    received_at: AwareDatetime
    mail_subject: str = ""
    files: tuple[FileLine, ...] = ()
    reason: ReviewReason = ""
    is_urgent: bool = False

    @classmethod
    def sample(cls) -> Self:
        return cls(
            **examples.common("BC-6Q2M9T", "2019-11-05T08:21:00"),
            received_at=examples.at("2019-11-05T08:20:15"),
            mail_subject="BC thang 10 gui VP",
            files=examples.FILES[:1],
            reason="period",
        )

    @classmethod
    def variants(cls) -> tuple[Self, ...]:
        sample = cls.sample()
        reasons: tuple[ReviewReason, ...] = (
            "", "sender", "agency", "report_type", "contradiction", "no_document", "unreadable", "request",
        )  # fmt: skip
        stranger = replace(sample, agency="", recipient="Nguyễn Văn An", reason="sender", files=(), mail_subject="")
        urgent = replace(sample, reason="", is_urgent=True, files=())
        return (stranger, urgent, *(replace(sample, reason=reason) for reason in reasons))


@dataclass(frozen=True, kw_only=True)
class Refusal(Notice):
    """The answer to a mail whose files could not be opened safely. Carries nothing of its content.

    `is_urgent` says that it may have told of an urgent matter, so that its sender should call.
    """

    name: ClassVar[str] = "refusal"

    received_at: AwareDatetime
    reason: RefusalReason
    is_urgent: bool = False

    @classmethod
    def sample(cls) -> Self:
        return cls(
            **examples.common("BC-7H5C3W", "2019-11-12T09:02:00"),
            received_at=examples.at("2019-11-12T09:01:10"),
            reason="encrypted",
        )

    @classmethod
    def variants(cls) -> tuple[Self, ...]:
        reasons: tuple[RefusalReason, ...] = ("malware", "unsafe", "too_large")
        others = (replace(cls.sample(), reason=reason) for reason in reasons)
        return (*others, replace(cls.sample(), is_urgent=True))


@dataclass(frozen=True, kw_only=True)
class SecrecyRefusal(Notice):
    """The answer to a mail that must not come by ordinary mail. Carries nothing of its content."""

    name: ClassVar[str] = "secrecy_refusal"

    received_at: AwareDatetime

    @classmethod
    def sample(cls) -> Self:
        return cls(
            **examples.common("BC-4K8D2R", "2019-11-12T14:31:00"), received_at=examples.at("2019-11-12T14:30:05")
        )
