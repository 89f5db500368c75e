"""The versions of one obligation, from what each mail brought: what they hold together, and which of them decides.

The first complete version decides. Until there is one, the first arrival stands as incomplete.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from intake.model import ObligationStatus
from intake.rules.papers.completeness import combine
from intake.rules.verdicts import Completeness


@dataclass(frozen=True, slots=True)
class Delivery:
    """What one mail brought for an obligation. `replaces` where it says that it takes the place of what came before."""

    arrived_at: datetime
    brought: Completeness
    replaces: bool = False


@dataclass(frozen=True, slots=True)
class Version:
    """The report as it stands after a delivery, and since when. `completes` where an earlier one supplies a part."""

    received_at: datetime
    found: Completeness
    completes: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """How the versions answer an obligation, leaving waivers aside."""

    status: ObligationStatus = "open"
    received_at: datetime | None = None
    first_received_at: datetime | None = None
    missing: tuple[str, ...] = ()


def versions_of(deliveries: Sequence[Delivery]) -> list[Version]:
    """The version that each delivery makes. What two mails complete together is complete when the later one came."""
    versions: list[Version] = []
    for one in deliveries:
        completed = combine(versions[-1].found.present, one.brought) if versions and not one.replaces else one.brought
        if completed == one.brought:
            versions.append(Version(one.arrived_at, one.brought))
        else:
            since = max(one.arrived_at, versions[-1].received_at)
            versions.append(Version(since, completed, completes=True))
    return versions


def answered_by(deliveries: Sequence[Delivery], due_at: datetime) -> Answered:
    """How an obligation with this deadline stands by what came for it, in the order of filing.

    What came first may be filed last: a person took his time over it, or it lay in another mailbox.
    """
    if not deliveries:
        return Answered()
    versions = versions_of(deliveries)
    first = min(one.arrived_at for one in deliveries)
    complete = [one.received_at for one in versions if not one.found.missing]
    if complete:
        return Answered("late" if min(complete) >= due_at else "on_time", min(complete), first)
    received_at = min(one.received_at for one in versions)
    return Answered("incomplete", received_at, first, versions[-1].found.missing)
