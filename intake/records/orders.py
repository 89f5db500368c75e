"""What an officer orders by mail, carried out wholly or not at all, and answered either way.

Only an address of the office may order anything, and only where our own mail server vouches for the sender. The order
and its answer are rows of the same transaction as the mail.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from intake.desk import Desk
from intake.model import OFFICE, Contact, Incident
from intake.notices import AskedLine, OfficeReceipt, OrderLine, ProblemLine
from intake.records import directives, incidents
from intake.records.answers import incident_line
from intake.records.case import Case
from intake.records.incidents import Asked, By, Matter
from intake.records.outgoing import Letterhead, enqueue
from intake.records.replies import REFERENCE
from intake.rules.dealings.answering import is_vouched_for
from intake.rules.dealings.orders import Order, Problem, order_in
from intake.rules.urgent.asked import category_of
from intake.store.engine import Session
from intake.store.incidents import incident_coded
from intake.store.outbox import notices_of

# Whoever answers an alert days later means a mail that lay about, and "trước 17h" of another day.
OLDEST = timedelta(hours=24)
_WORDS = 1_500


def follow_order(case: Case) -> bool:
    """Carries out what the mail orders, or says why not. False where it is no order but a mail like others."""
    desk, message = case.desk, case.reading.message
    officer = _officer(desk, message.sender.address if message.sender else "")
    if officer is None or message.kind != "mail":
        return False
    threads = _incidents_answered(case)
    order = order_in(message, desk.directory, case.received_at, desk.zone)
    if order is None and threads:
        first = next((line.strip() for line in message.own_text.splitlines() if line.strip()), "")
        order = Order("unknown", first, problems=(Problem("unclear", first),))
    if order is None or (order.kind not in ("request", "directive") and not threads and order.incident is None):
        return False
    if not is_vouched_for(message, desk.authserv_id(case.message.mailbox)):
        _leave(case, "it gives an order in the office's name, and our mail server does not vouch for its sender")
    elif desk.now - case.received_at > OLDEST:
        _leave(case, "it gives an order, and came too long ago to be carried out now")
    else:
        _act(case, order, threads, officer)
    return True


def _officer(desk: Desk, address: str) -> Contact | None:
    """The office's contact with this very address who may give orders."""
    return next(
        (
            one
            for one in desk.directory.contacts.get(OFFICE, ())
            if one.email.casefold() == address.casefold() and one.role in desk.config.orders.by and not one.is_domain
        ),
        None,
    )


def _incidents_answered(case: Case) -> list[Incident]:
    """The incidents of which our letters speak that the mail answers."""
    message = case.reading.message
    ids = [one for one in (message.in_reply_to, *message.references) if one]
    references = REFERENCE.findall(message.subject.upper())
    found: dict[int, Incident] = {}
    for notice in notices_of(case.session, ids, references) if ids or references else ():
        said = notice.fields.get("incident") or (notice.fields.get("order") or {}).get("incident") or {}
        incident = incident_coded(case.session, said.get("code", ""))
        if incident:
            found[incident.id] = incident
    return list(found.values())


def _act(case: Case, order: Order, threads: Sequence[Incident], officer: Contact) -> None:
    incident, problems = _meant(case.session, order, threads)
    if order.due_at and order.due_at <= case.desk.now:
        problems = (*problems, Problem("past_time", order.words))
    refused = (*order.problems, *problems)
    if refused:
        lines = tuple(ProblemLine(kind=one.kind, words=one.words) for one in dict.fromkeys(refused))
        line = OrderLine(kind=order.kind, words=order.words, done=False, problems=lines)
        _leave(case, f"an order that was not carried out: {', '.join(one.kind for one in lines)}")
    else:
        line = _carry_out(case, order, incident, By(case.message.sender, order.words))
    _answer(case, line, officer)


def _meant(session: Session, order: Order, threads: Sequence[Incident]) -> tuple[Incident | None, tuple[Problem, ...]]:
    """The incident that an order is about: by the code that it names, else by the letter that it answers."""
    if order.incident is not None:
        named = incident_coded(session, f"VV-{order.incident:04d}")
        if named is None:
            return None, (Problem("unknown_incident", f"VV-{order.incident:04d}"),)
        if threads and named not in threads and order.kind in ("assign", "close", "end"):
            return None, (Problem("several_incidents", ", ".join(one.code for one in (named, *threads))),)
        threads = [named]
    elif order.kind in ("request", "directive"):
        return None, ()
    if len(threads) != 1:
        kind, words = ("several_incidents", ", ".join(one.code for one in threads)) if threads else ("no_incident", "")
        return None, (Problem(kind, words),)  # type: ignore[arg-type]
    [incident] = threads
    if order.kind != "directive" and incident.closed_at:
        return None, (Problem("closed_incident", incident.code),)
    return incident, ()


def _carry_out(case: Case, order: Order, incident: Incident | None, by: By) -> OrderLine:
    desk, session = case.desk, case.session
    line = OrderLine(kind=order.kind, words=order.words, done=True)
    if order.kind == "directive":
        return _direct(case, order, by, line)
    if order.kind in ("request", "assign"):
        matter = Matter(
            order.title[:1].upper() + order.title[1:],
            category_of(order.title, desk.config.incidents, case.received_at.date()),
        )
        requested = incidents.request(
            desk,
            session,
            order.units,
            incident.id if incident else matter,
            by,
            due_at=order.due_at,
            words=_words(case, order),
            source=case.message if case.files else None,
        )
        _settle(case, "incident", "the office asks for a report")
        about = incident_line(desk, requested.incident)
        return replace(line, incident=about, asked=_asked_lines(desk, requested.asked))
    assert incident
    if order.kind == "end":
        ended = incidents.end(desk, session, incident.id, by)
        line = replace(line, asked=_asked_lines(desk, ended.asked))
    else:
        incidents.close(desk, session, incident.id, by)
    _settle(case, "incident", "the office says that the matter is over")
    return replace(line, incident=incident_line(desk, incident))


def _words(case: Case, order: Order) -> str:
    """What the agencies are told: the text of a request, what stands behind the colon of an assignment."""
    return case.reading.message.own_text.strip()[:_WORDS] if order.kind == "request" else order.title


def _direct(case: Case, order: Order, by: By, line: OrderLine) -> OrderLine:
    text = case.reading.message.own_text.strip()[:_WORDS]
    source = case.message if case.files else None
    issued = directives.issue(
        case.desk, case.session, order.units, order.title, by, due_at=order.due_at, text=text, message=source
    )
    _settle(case, "directive", f"a directive of the office, {issued.directive.code}")
    problems = () if issued.is_followed else (ProblemLine(kind="no_report_type"),)
    asked = _asked_lines(case.desk, issued.asked)
    return replace(line, directive=issued.directive.code, title=order.title, asked=asked, problems=problems)


def _asked_lines(desk: Desk, asked: Sequence[Asked]) -> tuple[AskedLine, ...]:
    return tuple(
        AskedLine(
            agency=desk.directory.agencies[one.demand.agency_code].name,
            due_at=one.demand.due_at.astimezone(desk.zone),
            reached=one.reached,
        )
        for one in asked
    )


def _settle(case: Case, disposition: str, reason: str) -> None:
    message = case.message
    message.agency_code, message.disposition, message.reason = OFFICE, disposition, reason
    message.evidence = [f"sender {message.sender} is registered for {OFFICE}", "our mail server vouches for the sender"]


def _leave(case: Case, reason: str) -> None:
    case.message.agency_code, case.message.disposition, case.message.reason = OFFICE, "review", reason


def _answer(case: Case, line: OrderLine, officer: Contact) -> None:
    notice = OfficeReceipt(
        **vars(Letterhead(case.desk, officer.name)),
        received_at=case.received_at,
        message=case.message.id,
        sender=case.message.sender,
        mail_subject=case.message.subject,
        order=line,
    )
    key = f"{notice.name}:{case.message.content_key}:{officer.email.casefold()}"
    enqueue(case.desk, case.session, notice, key=key, to=officer, agency=OFFICE, message=case.message)
