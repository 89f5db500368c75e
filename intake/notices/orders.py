"""The notices about what the office orders: a directive passed on to an agency, and what became of an order."""

from dataclasses import dataclass, replace
from typing import ClassVar, Self

from pydantic import AwareDatetime

from intake.notices import examples
from intake.notices.base import Notice
from intake.notices.lines import (
    AskedLine,
    FileLine,
    IncidentLine,
    OrderKind,
    OriginalLine,
    ProblemKind,
    RequestStage,
    Role,
    TellingLine,
)


@dataclass(frozen=True, kw_only=True)
class DirectiveOrder(Notice):
    """Passes a directive on to an agency with its document, reminds of confirming it, or takes that back.

    `due_at` is when the report on carrying it out is due, None where none is asked for. `known` is what the office
    wrote. `files` are filled in from `originals`, the office's own mail, when it leaves.
    """

    name: ClassVar[str] = "directive_order"

    code: str
    title: str
    issued_at: AwareDatetime
    confirm_by: AwareDatetime
    due_at: AwareDatetime | None = None
    stage: RequestStage = "asked"
    role: Role = "submitter"
    known: tuple[str, ...] = ()
    told: tuple[TellingLine, ...] = ()
    originals: tuple[OriginalLine, ...] = ()
    files: tuple[FileLine, ...] = ()
    too_large: bool = False

    @classmethod
    def sample(cls) -> Self:
        return cls(
            **examples.common("BC-6H3V9K", "2019-11-05T09:00:00"),
            code="CD-0003",
            title="Tăng cường phòng cháy, chữa cháy rừng mùa khô",
            issued_at=examples.at("2019-11-05T09:00:00"),
            confirm_by=examples.at("2019-11-06T09:00:00"),
            due_at=examples.at("2019-11-15T17:00:00"),
            known=("Thực hiện nghiêm Công văn số 2451/UBND-NL gửi kèm.",),
            files=(replace(examples.FILES[1], filename="2451 UBND-NL.signed.pdf"),),
        )

    @classmethod
    def variants(cls) -> tuple[Self, ...]:
        sent = cls.sample()
        told = (
            TellingLine(step="asked", at=sent.issued_at),
            TellingLine(step="-4h", at=examples.at("2019-11-06T05:00")),
        )
        reminder = replace(sent, stage="reminder", now=told[1].at, told=told[:1])
        overdue = replace(sent, stage="overdue", now=sent.confirm_by, told=told, due_at=None)
        return (
            replace(sent, due_at=None, known=(), files=()),
            replace(sent, too_large=True),
            reminder,
            overdue,
            replace(overdue, stage="escalation", role="head", recipient=""),
            replace(overdue, stage="escalation", role="supervisor", recipient="", due_at=sent.due_at),
            replace(sent, stage="withdrawn"),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemLine:
    """Why an order was not, or not wholly, carried out. `words` are those of the order, "" where none are meant."""

    kind: ProblemKind
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderLine:
    """What an officer ordered by mail, and what became of it. Nothing was done unless `done`."""

    kind: OrderKind
    words: str
    done: bool
    incident: IncidentLine | None = None
    directive: str = ""
    title: str = ""
    asked: tuple[AskedLine, ...] = ()
    problems: tuple[ProblemLine, ...] = ()


ASSIGNED = OrderLine(
    kind="assign",
    words="GIAO Sở Y tế trước 17h",
    done=True,
    incident=examples.FOREST_FIRE,
    asked=(AskedLine(agency="Sở Y tế", due_at=examples.at("2019-11-05T17:00:00")),),
)
REQUESTED = replace(
    ASSIGNED,
    kind="request",
    words="YÊU CẦU BÁO CÁO: UBND huyện Sông Lam, Sở Y tế: cháy rừng, trước 17h",
    asked=(*ASSIGNED.asked, replace(ASSIGNED.asked[0], agency=examples.DISTRICT, reached=False)),
)
CLOSED = replace(ASSIGNED, kind="close", words="ĐÓNG", asked=())
DIRECTED = OrderLine(
    kind="directive",
    words="CHỈ ĐẠO: UBND huyện Sông Lam: phòng cháy rừng, trước ngày 15/11",
    done=True,
    directive="CD-0003",
    title="phòng cháy rừng",
    asked=(replace(ASSIGNED.asked[0], agency=examples.DISTRICT),),
)
REFUSED = OrderLine(
    kind="request",
    words="YÊU CẦU BÁO CÁO: UBND huyện Chư Lao: cháy rừng, sáng mai",
    done=False,
    problems=(
        ProblemLine(kind="unknown_unit", words="UBND huyện Chư Lao"),
        ProblemLine(kind="unclear_time", words="sáng mai"),
        ProblemLine(kind="ambiguous_unit", words="Bến Đá"),
        ProblemLine(kind="past_time", words="trước 8h"),
    ),
)
UNCLEAR = OrderLine(
    kind="unknown",
    words="xem lại giúp",
    done=False,
    problems=(
        ProblemLine(kind="unclear", words="xem lại giúp"),
        ProblemLine(kind="no_incident"),
        ProblemLine(kind="several_incidents", words="VV-0012, VV-0015"),
        ProblemLine(kind="unknown_incident", words="VV-0099"),
        ProblemLine(kind="closed_incident", words="VV-0012"),
        ProblemLine(kind="no_unit"),
        ProblemLine(kind="no_subject"),
    ),
)
