"""Urgent matters that go on in; demands for the day's report out, and notices for every demand whose step has come.

The urgent twin of `remind`: the same steps, the same silence while we are blind, but hours and minutes instead of
working days, and one mail a demand, so that its answer leads to one matter. An escalation goes to somebody above.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

import structlog

from intake.desk import Desk
from intake.model import Demand, Incident
from intake.notices import RequestStage
from intake.records.demands import ask, open_demand, steps_of_demand, tell
from intake.records.truth import ACCUSING, Sight
from intake.rules.deadlines.demands import next_watch, owes_watch
from intake.rules.deadlines.reminders import tellings
from intake.store.demands import ASKED, ToldDemand, demands_due_for_a_step, demands_of, told_of
from intake.store.engine import Session
from intake.store.incidents import followed_incidents, said_to_be_over, told_at

STAGES: dict[str, RequestStage] = {"reminder": "reminder", "overdue": "overdue"}

log = structlog.get_logger()


def follow_up(desk: Desk) -> int:
    """Opens the reports of the day that are owed next, and queues what has to be said now. Says how many notices."""
    desk.look_at_registry()
    with desk.database.writing() as session:
        _open_watches(desk, session)
        due = demands_due_for_a_step(session, desk.now)
        if not due:
            return 0
        sight = Sight(desk, session)
        told = told_of(session, [one.id for one in due])
        return sum(_tell(desk, session, sight, one, told.get(one.id, [])) for one in due)


def _open_watches(desk: Desk, session: Session) -> None:
    followed = followed_incidents(session)
    ids = [one.id for one in followed]
    asked: dict[tuple[int | None, str], list[Demand]] = defaultdict(list)
    for demand in demands_of(session, ids):
        asked[demand.incident_id, demand.agency_code].append(demand)
    told, over = told_at(session, ids), said_to_be_over(session, ids)
    for incident in followed:
        key = (incident.id, incident.agency_code)
        if key not in over:
            _open_watch(desk, session, incident, asked[key], told.get(key, []))


def _open_watch(
    desk: Desk, session: Session, incident: Incident, asked: Sequence[Demand], told: Sequence[datetime]
) -> None:
    """The next report of the day of one incident, unless it is asked for already or the agency has just reported."""
    watch = next_watch(desk.config.category(incident.category).follow_up, desk.now, desk.zone)
    if watch is None or not _is_active(desk, incident.agency_code):
        return
    if any(one.kind == "update" and one.due_at == watch.due_at for one in asked):
        return
    if owes_watch(watch, told, {one.kind for one in asked if one.status == "open"}):
        open_demand(desk, session, incident, incident.agency_code, "update", watch.due_at, since=watch.since)


def _is_active(desk: Desk, agency: str) -> bool:
    known = desk.directory.agencies.get(agency)
    return known is not None and known.active_on(desk.now.astimezone(desk.zone).date())


def _tell(desk: Desk, session: Session, sight: Sight, demand: Demand, told: list[ToldDemand]) -> int:
    """Tells who is to be told now, and moves the demand on to its next step, unless we may not speak yet."""
    if not _is_active(desk, demand.agency_code):
        demand.next_step_at = None
        return 0
    asked_anew = _ask_anew(desk, session, demand, told)
    plan = steps_of_demand(desk, session, demand)
    current = [one for one in plan.current(desk.now) if one.at > demand.opened_at]
    blind = sight.why_not_accuse(demand) if any(one.step.notice in ACCUSING for one in current) else ""
    if blind:
        log.info("not accusing", demand=demand.id, agency=demand.agency_code, because=blind)
        return asked_anew
    demand.next_step_at = plan.next_at(desk.now)
    keys = {one.key for one in current}
    unreached = {one.step.recipient for one in told if one.step.step in keys and not one.arrived}
    known = {(one.step.step, one.step.recipient) for one in told}
    queued = [
        tell(desk, session, demand, one.contact, one.step.key, STAGES.get(one.step.step.notice, "escalation"), told)
        for one in tellings(current, demand.agency_code, desk.directory, known, unreached)
    ]
    return asked_anew + sum(row is not None for row in queued)


def _ask_anew(desk: Desk, session: Session, demand: Demand, told: Sequence[ToldDemand]) -> int:
    """Asks the agency's next contact where the request itself has reached nobody."""
    asked = [one for one in told if one.step.step == ASKED]
    if demand.kind == "update" or any(one.arrived for one in asked):
        return 0
    return len(ask(desk, session, demand, unreached={one.step.recipient for one in asked}))
