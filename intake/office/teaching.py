"""What the registry learns from a decision, when the person says so: an address of an agency, an alias of a type.

Refused where it could make mail of others look like this agency's, or one report like another. Rows of the registry
like any other: exported with them, and said to be lost where a loaded file does not have them.
"""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from intake.desk import Desk
from intake.errors import ConfigError
from intake.mail.parsed import ParsedMessage
from intake.model import AuditEvent, Contact
from intake.office.choosing import Choice
from intake.office.deciding import read_for_booking
from intake.records.new_contacts import look_for_new_contacts
from intake.records.outcome import Outcome
from intake.registry import is_mail_address
from intake.rules.dealings.lessons import why_not_alias, why_not_sender
from intake.store import audit, mails, registry_rows
from intake.store.engine import Session


@dataclass(frozen=True, slots=True)
class Lesson:
    """What a person wants to be learnt from a decision."""

    choice: Choice
    sender: bool = False
    alias: str = ""


@dataclass(frozen=True, slots=True)
class SenderLesson:
    """What could be learnt of a mail's sender for one agency. `why_not` says in words what speaks against it."""

    address: str
    agency: str
    is_known: bool
    why_not: str


def sender_lessons(desk: Desk, message_id: int, agencies: Sequence[str]) -> dict[str, SenderLesson]:
    """For each of these agencies, whether the mail's sender could be learnt as an address of it."""
    with desk.database.reading() as session:
        row = mails.message_numbered(session, message_id)
    message = desk.readers.message(desk.raw_messages.path_of(row.sha256))
    address = message.sender.address if message.sender else ""
    found = {}
    for code in agencies:
        is_known = desk.directory.agencies_of(address) == {code}
        why_not = "" if is_known else _why_not_sender(desk, message, row.mailbox, address, code)
        found[code] = SenderLesson(address, code, is_known, why_not)
    return found


def decide_and_learn(
    desk: Desk, message_id: int, lesson: Lesson, who: str, decision: Callable[..., Outcome]
) -> tuple[Outcome, list[str]]:
    """Decides, and learns what the lesson says; a sentence for each thing that was learnt. All of it, or nothing.

    `decision` takes `rehearsing`, which decides without leaving a trace. Learning comes first, so that a sender who
    was a stranger is answered.
    """
    if not (lesson.sender or lesson.alias):
        return decision(), []
    decision(rehearsing=True)
    learnt = _teach(desk, message_id, lesson, who)
    return decision(), learnt


def _teach(desk: Desk, message_id: int, lesson: Lesson, who: str) -> list[str]:
    agency, types = lesson.choice.agency, {code for code, _ in lesson.choice.reports}
    if lesson.alias and len(types) != 1:
        raise ConfigError("an alias is learnt for one report type: name just one")
    with desk.database.reading() as session:
        message = mails.message_numbered(session, message_id)
    reading = read_for_booking(desk, message_id)
    address = reading.message.sender.address if reading.message.sender else ""
    alias = " ".join(unicodedata.normalize("NFC", lesson.alias).split())
    is_new_sender = lesson.sender and desk.directory.agencies_of(address) != {agency}
    if is_new_sender and (why := _why_not_sender(desk, reading.message, message.mailbox, address, agency)):
        raise ConfigError(f"{address or 'the sender'} is not learnt for {agency}: {why}")
    learnt = []
    if lesson.alias:
        learnt.append(_learn_alias(desk, message_id, types.pop(), alias, who))
    if is_new_sender:
        name = reading.message.sender.name if reading.message.sender else ""
        learnt.append(
            _learn_sender(
                desk, message_id, Contact(agency_code=agency, email=address, role="submitter", name=name), who
            )
        )
    elif lesson.sender:
        learnt.append(f"{address} is known as {agency}'s already")
    return learnt


def _learn_sender(desk: Desk, message_id: int, contact: Contact, who: str) -> str:
    """Only ever this one address: whoever shares its domain stays a stranger."""
    after = {"agency": contact.agency_code, "email": contact.email, "message": message_id}
    subject = f"contact:{contact.agency_code} {contact.email.casefold()}"
    sentence = f"{contact.email} is now known as an address of {contact.agency_code}"
    with desk.database.writing() as session:
        registry_rows.add_contact(session, contact)
        look_for_new_contacts(desk, session, [contact.agency_code])
        event = audit.record_numbered(
            session, desk.now, "sender learned", subject, who=who, why=f"message {message_id}", after=after
        )
        desk.mark_registry_changed(session)
        session.flush()
        sentence += f" (`intake review undo E{event}` takes this back)"
    desk.look_at_registry()
    return sentence


def _learn_alias(desk: Desk, message_id: int, report_type: str, alias: str, who: str) -> str:
    kind = desk.directory.report_types[report_type]
    if alias.casefold() in {one.casefold() for one in (kind.name, *kind.aliases)}:
        return f'"{alias}" is known as {report_type} already'
    if why := why_not_alias(desk.directory, kind, alias, desk.now.astimezone(desk.zone).date()):
        raise ConfigError(f'"{alias}" is not learnt for {report_type}: {why}')
    after = {"report_type": report_type, "alias": alias, "message": message_id}
    subject = f"report_type:{report_type}"
    with desk.database.writing() as session:
        registry_rows.set_aliases(session, report_type, [*kind.aliases, alias])
        event = audit.record_numbered(
            session, desk.now, "alias learned", subject, who=who, why=f"message {message_id}", after=after
        )
        desk.mark_registry_changed(session)
        session.flush()
        sentence = f'"{alias}" now names {report_type} (`intake review undo E{event}` takes this back)'
    desk.look_at_registry()
    return sentence


def _why_not_sender(desk: Desk, message: ParsedMessage, mailbox: str, address: str, agency: str) -> str:
    if not is_mail_address(address):
        return "it is no address that a registry could hold"
    return why_not_sender(message, agency, desk.directory, desk.own_addresses, desk.authserv_id(mailbox))


def unlearn(desk: Desk, session: Session, event: AuditEvent) -> tuple[dict[str, Any], dict[str, Any]]:
    """Takes a lesson back. Gives what there was before, and what there is after."""
    learnt = event.after
    if "email" in learnt:
        registry_rows.withdraw_contact(session, learnt["agency"], learnt["email"], "submitter", desk.now)
    else:
        aliases = registry_rows.aliases_of(session, learnt["report_type"])
        registry_rows.set_aliases(session, learnt["report_type"], [one for one in aliases if one != learnt["alias"]])
    desk.mark_registry_changed(session)
    return learnt, {"unlearned": learnt}
