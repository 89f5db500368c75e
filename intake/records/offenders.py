"""Which reminder steps hold for an obligation: those of its report type, or the stricter ones for repeat offenders."""

from intake.desk import Desk
from intake.model import Obligation
from intake.rules.deadlines.reminders import StepPlan, is_repeat_offender
from intake.store.engine import Session
from intake.store.obligations import DueObligation, lateness_before


def steps_of(desk: Desk, session: Session, obligation: Obligation) -> StepPlan:
    """The steps as the agency's punctuality until now wants them; plan, remind and deliver ask alike."""
    strictly = is_taken_strictly(desk, session, obligation)
    return desk.steps_for(obligation.report_type_code, obligation.due_at, strictly)


def is_taken_strictly(desk: Desk, session: Session, obligation: Obligation | DueObligation) -> bool:
    """Whether the agency was late so often that the stricter policy of the report type holds for it."""
    policy = desk.policy_of(obligation.report_type_code)
    return bool(policy.stricter) and is_repeat_offender(
        lateness_before(session, obligation, desk.now, policy.when_late.of), policy.when_late
    )
