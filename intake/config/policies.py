"""The tables of reminder policies: when which notice goes to whom."""

import re
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from intake.config.values import Section


class Offset(Section):
    """When a step is due, relative to `due_at`: so many days, working days, hours or minutes before (negative)
    or after."""

    amount: int
    unit: Literal["d", "wd", "h", "m"]


def _offset(value: object) -> object:
    found = re.fullmatch(r"([+-])(\d{1,3})(wd|d|h|m)", value) if isinstance(value, str) else None
    if not found:
        raise ValueError('a step such as "-3d", "-1wd", "+0h", "+30m" or "+1d"')
    return Offset(amount=int(found[1] + found[2]), unit=found[3])


class Step(Section):
    at: str
    notice: Literal["reminder", "overdue", "escalation", "directive"]
    to: tuple[Literal["submitter", "head", "supervisor", "duty", "leader"], ...] = Field(min_length=1)
    wording: str = Field("", pattern=r"^[a-z0-9_-]*$")

    @model_validator(mode="after")
    def _check(self) -> Self:
        _offset(self.at)
        return self

    @property
    def offset(self) -> Offset:
        offset = _offset(self.at)
        assert isinstance(offset, Offset)
        return offset


class Often(Section):
    """How often an agency was late: so many of its last so many deadlines for one report type."""

    late: int
    of: int


def _often(value: object) -> object:
    found = re.fullmatch(r"(\d{1,3}) of (\d{1,3})", value) if isinstance(value, str) else None
    if not found or not 0 < int(found[1]) <= int(found[2]):
        raise ValueError('so many of so many, such as "3 of 6"')
    return Often(late=int(found[1]), of=int(found[2]))


class Policy(Section):
    """The steps; and the policy that an agency follows instead once it was late so often."""

    steps: tuple[Step, ...] = ()
    stricter: str = ""
    when_late: Annotated[Often, BeforeValidator(_often)] = Often(late=3, of=6)


DEFAULT_STEPS = (
    Step(at="-3d", notice="reminder", to=("submitter",)),
    Step(at="+0h", notice="overdue", to=("submitter",)),
    Step(at="+1wd", notice="escalation", to=("submitter", "head")),
)
DIRECTIVE_STEPS = (
    Step(at="-4h", notice="reminder", to=("submitter", "duty")),
    Step(at="+0h", notice="overdue", to=("submitter", "duty")),
    Step(at="+4h", notice="escalation", to=("submitter", "head")),
)
URGENT_STEPS = (
    Step(at="-30m", notice="reminder", to=("submitter", "duty")),
    Step(at="+0m", notice="overdue", to=("submitter", "duty")),
    Step(at="+30m", notice="escalation", to=("submitter", "head")),
    Step(at="+2h", notice="escalation", to=("head", "supervisor", "leader")),
)
