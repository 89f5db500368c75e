"""What one part of the service was found to be, when it was tried."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from intake.errors import IntakeError


@dataclass(frozen=True, slots=True)
class Check:
    """`detail` says what was found, or what to mend; `unknown` counts the mails of a mailbox that are not stored."""

    part: str
    ok: bool
    detail: str
    unknown: int | None = None

    def as_json(self) -> dict[str, Any]:
        told = {"part": self.part, "ok": self.ok, "detail": self.detail}
        return told if self.unknown is None else {**told, "unknown": self.unknown}


def tried(part: str, attempt: Callable[[], str]) -> Check:
    """What an attempt tells, or why it failed."""
    try:
        return Check(part, True, attempt())
    except IntakeError as cause:
        return Check(part, False, cause.sentence)
