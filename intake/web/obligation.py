"""One obligation: how it stands, why its deadline is what it is, what happened, and what can be decided about it."""

from collections.abc import Callable

from starlette.responses import Response

from intake.errors import ConfigError
from intake.office.decisions import Decision, extend, receive, waive
from intake.office.explaining import explain_obligation
from intake.office.typed import late_moment, moment_of
from intake.office.undoing import undo_event
from intake.web.visit import Visit


def show(visit: Visit) -> Response:
    return _shown(visit, visit.asked("agency"), visit.asked("type"), visit.asked("period"))


def receive_otherwise(visit: Visit) -> Response:
    """Records a report that came by another channel."""
    return _decided(visit, lambda decision: receive(visit.desk, decision, moment_of(visit.told("on"), visit.desk.zone)))


def extend_deadline(visit: Visit) -> Response:
    """Gives a later last day. A day counts to its end."""
    return _decided(
        visit, lambda decision: extend(visit.desk, decision, late_moment(visit.told("until"), visit.desk.zone))
    )


def waive_report(visit: Visit) -> Response:
    return _decided(visit, lambda decision: waive(visit.desk, decision))


def undo(visit: Visit) -> Response:
    """Takes back a decision about the obligation."""
    return _decided(visit, lambda decision: undo_event(visit.desk, visit.number("event"), visit.who, decision.why))


def _decided(visit: Visit, act: Callable[[Decision], object]) -> Response:
    named = {name: visit.told(name) for name in ("agency", "type", "period")}
    decision = Decision(named["agency"], named["type"], named["period"], visit.who, visit.told("why"))
    try:
        act(decision)
    except ConfigError as cause:
        return _shown(visit, named["agency"], named["type"], named["period"], cause.sentence)
    return visit.see("/obligation", **named, done="yes")


def _shown(visit: Visit, agency: str, report_type: str, period: str, problem: str = "") -> Response:
    found = explain_obligation(visit.desk, agency, report_type, period)
    return visit.page(
        "obligation", 409 if problem else 200, one=found, problem=problem, done=visit.asked("done") == "yes",
        now=visit.now.astimezone(visit.desk.zone).strftime("%Y-%m-%dT%H:%M"),
    )  # fmt: skip
