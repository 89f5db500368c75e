"""Directives, and what agencies were asked to confirm about them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select

from intake.errors import ConfigError
from intake.model import Demand, DemandStep, Directive, Notice
from intake.store.session import Session


def directive_numbered(session: Session, directive_id: int) -> Directive:
    """The directive with this number. Raises `ConfigError` if there is none."""
    directive = session.get(Directive, directive_id)
    if directive is None:
        raise ConfigError(f"there is no directive {directive_id}; `intake directive list` shows them")
    return directive


def all_directives(session: Session) -> Sequence[Directive]:
    return session.scalars(select(Directive).order_by(Directive.issued_at, Directive.id)).all()


def confirmations_of(session: Session, directive_ids: Iterable[int]) -> Sequence[Demand]:
    """Whom these directives were sent to, and what became of it."""
    return session.scalars(
        select(Demand).where(Demand.directive_id.in_(list(directive_ids))).order_by(Demand.agency_code, Demand.id)
    ).all()


@dataclass(frozen=True, slots=True)
class Named:
    """A demand about a directive that a mail names by our Message-ID, by our reference or by the directive's code."""

    demand: Demand
    directive: Directive


def directives_named(
    session: Session, agency: str, mail_ids: Sequence[str], references: Sequence[str], codes: Sequence[int]
) -> list[Named]:
    """What was sent to this agency of what a mail names, confirmed or not."""
    letters = (
        select(DemandStep.demand_id)
        .join(Notice, Notice.id == DemandStep.notice_id)
        .where(or_(Notice.mail_id.in_(mail_ids), Notice.reference.in_(references)))
    )
    rows = session.execute(
        select(Demand, Directive)
        .join(Directive, Directive.id == Demand.directive_id)
        .where(Demand.agency_code == agency, Demand.status != "cancelled")
        .where(or_(Demand.id.in_(letters), Directive.id.in_(codes)))
        .order_by(Demand.id)
    )
    return [Named(row[0], row[1]) for row in rows]
