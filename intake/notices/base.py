"""What every notice has in common: who writes to whom, about what, and when it was queued."""

from dataclasses import dataclass
from typing import ClassVar, Self

from pydantic import AwareDatetime

from intake.notices.lines import OfficeLine


@dataclass(frozen=True, kw_only=True)
class Notice:
    """The variables that each template may use.

    `reference` is the code for the subject, without brackets. `recipient` and `agency` are names, "" where unknown.
    `now` is the moment of queueing.
    """

    name: ClassVar[str]

    office: OfficeLine
    reference: str
    now: AwareDatetime
    recipient: str = ""
    agency: str = ""

    @classmethod
    def sample(cls) -> Self:
        """A made-up notice of this kind, to check and to show its template."""
        raise NotImplementedError(cls)

    @classmethod
    def variants(cls) -> tuple[Self, ...]:
        """Further samples that take the template's other branches."""
        return ()
