"""What a person decides a mail to be: a report or several, an urgent matter, something to look at again.

Each decision is one audit event with the state before and after, from which `undoing` brings back what was. What is
recorded, what was answered and how the obligations stand follow at once.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from intake.config import CATEGORIES, Limits
from intake.desk import Desk
from intake.errors import ConfigError
from intake.mail.message import parse_message
from intake.model import Message
from intake.office.choosing import Choice, bookings_of
from intake.office.decisions import owed_obligation
from intake.office.states import message_state
from intake.records.ad_hoc import open_ad_hoc
from intake.records.booking import Filed, file_report
from intake.records.case import Case
from intake.records.correcting import follow, recorded_of
from intake.records.outcome import Outcome, outcome_of
from intake.records.suggesting import suggest
from intake.records.urgent import take_back_telling, tell_of
from intake.records.versions import take_back
from intake.rules.reading import MailReading
from intake.rules.verdicts import Suggestion
from intake.store import audit, mails
from intake.store.incidents import incident_numbered
from intake.store.submissions import submissions_from

NOTHING_READ = MailReading(parse_message(b"", Limits()))


@dataclass(frozen=True, slots=True)
class Ruling:
    """Who decides and why. `undoes` is the event that it takes back; `rehearsing` leaves no trace."""

    action: str
    who: str
    why: str
    undoes: int | None = None
    rehearsing: bool = False


def accept(desk: Desk, message_id: int, choice: Choice, who: str, *, rehearsing: bool = False) -> Outcome:
    """Files a message that waits as the reports that a person says it is, and acknowledges it."""

    def act(case: Case) -> Sequence[Filed]:
        refuse_settled(case.message)
        return _book(case, choice, who, f"accepted by {who}")

    ruling = Ruling("review decided", who, f"accepted by {who}", rehearsing=rehearsing)
    return decide(desk, message_id, read_for_booking(desk, message_id), ruling, act)


def correct(desk: Desk, message_id: int, choice: Choice, who: str, why: str, *, rehearsing: bool = False) -> Outcome:
    """Books a message otherwise that was booked, or left unbooked, wrongly: what it was booked as is taken back."""

    def act(case: Case) -> Sequence[Filed]:
        if mails.waits(case.message):
            raise ConfigError(
                f"message {message_id} waits for a decision: `intake review accept {message_id}` books it"
            )
        booked = submissions_from(case.session, message_id)
        names = {(one.agency_code, one.report_type_code, one.period) for _, one in booked}
        if names == {(choice.agency, *report) for report in choice.reports} and not choice.documents:
            raise ConfigError(f"message {message_id} is booked just so already")
        _unbook(case)
        return _book(case, choice, who, f"corrected by {who}: {why}")

    ruling = Ruling("corrected", who, why, rehearsing=rehearsing)
    return decide(desk, message_id, read_for_booking(desk, message_id), ruling, act)


def reopen(desk: Desk, message_id: int, who: str, why: str) -> Outcome:
    """Takes a message back to the queue, with all that was recorded of it."""

    def act(case: Case) -> Sequence[Filed]:
        message = case.message
        if mails.waits(message) or message.disposition is None:
            raise ConfigError(f"message {message_id} waits for a decision already")
        booked = submissions_from(case.session, message_id)
        if booked:
            suggest(case, [Suggestion(one.agency_code, one.report_type_code, one.period) for _, one in booked])
        _unbook(case)
        disposition = message.disposition if message.disposition in mails.NEEDS_PERSON else "review"
        conclude(case, disposition, f"taken back to the queue by {who}: {why}", settled=False)
        return ()

    return decide(desk, message_id, read_again(desk, message_id), Ruling("reopened", who, why), act)


def mark_incident(
    desk: Desk,
    message_id: int,
    who: str,
    *,
    category: str = "",
    joins: int | None = None,
    agency: str = "",
    title: str = "",
) -> Outcome:
    """Records a message that waits as an urgent matter: a new one of that category, or one that is known."""

    def act(case: Case) -> Sequence[Filed]:
        refuse_settled(case.message)
        of = _agency_of(case, agency)
        named = incident_numbered(case.session, joins).category if joins is not None else category
        if named not in CATEGORIES:
            raise ConfigError(f"the category is one of {', '.join(CATEGORIES)}, not {category!r}")
        case.message.agency_code = of
        tell_of(case, named, of, title or case.message.subject, joins)
        conclude(case, "incident", f"an urgent matter, as decided by {who}", settled=True)
        case.message.evidence = [*case.message.evidence, f"decided by {who}"]
        return ()

    ruling = Ruling("review decided", who, f"an urgent matter, as decided by {who}")
    return decide(desk, message_id, read_for_booking(desk, message_id), ruling, act)


def dismiss(desk: Desk, message_id: int, why: str, who: str) -> Outcome:
    """Settles a message without booking anything. It keeps its disposition."""

    def act(case: Case) -> Sequence[Filed]:
        refuse_settled(case.message)
        conclude(case, case.message.disposition, f"dismissed by {who}: {why}", settled=True)
        return ()

    return decide(desk, message_id, NOTHING_READ, Ruling("review decided", who, why), act)


def refuse_settled(message: Message) -> None:
    if not mails.waits(message):
        raise ConfigError(f"message {message.id} does not wait for a decision: {message.reason}")


def decide(
    desk: Desk, message_id: int, reading: MailReading, ruling: Ruling, act: Callable[[Case], Sequence[Filed]]
) -> Outcome:
    """One decision in one transaction, with the letters and the audit event. `act` does it and gives what it files."""
    transaction = desk.database.trying if ruling.rehearsing else desk.database.writing
    with transaction() as session:
        message = mails.message_numbered(session, message_id)
        case = Case(desk, session, message, reading)
        before, recorded = message_state(session, message), recorded_of(case)
        filed = act(case)
        follow(case, recorded, filed, ruling.who, ruling.why)
        after = message_state(session, message)
        if ruling.undoes is not None:
            after["undoes"] = ruling.undoes
        subject, who, why = f"message:{message_id}", ruling.who, ruling.why
        audit.record(session, desk.now, ruling.action, subject, who=who, why=why, before=before, after=after)
        return outcome_of(session, message)


def read_again(desk: Desk, message_id: int) -> MailReading:
    """What the stored message holds."""
    with desk.database.reading() as session:
        stored = mails.message_numbered(session, message_id)
    return desk.readers.read(desk.raw_messages.path_of(stored.sha256))


def read_for_booking(desk: Desk, message_id: int) -> MailReading:
    """What the stored message holds. Raises `ConfigError` where nobody may take it for a report."""
    with desk.database.reading() as session:
        stored = mails.message_numbered(session, message_id)
    if stored.status == "failed":
        raise ConfigError(f"message {message_id} was never read; `intake replay {message_id}` first")
    reading = read_again(desk, message_id)
    if reading.secrecy:
        raise ConfigError(f"message {message_id} bears a secrecy mark: it is not taken as a report by ordinary mail")
    return reading


def _book(case: Case, choice: Choice, who: str, reason: str) -> Sequence[Filed]:
    message, desk, session = case.message, case.desk, case.session
    filed = []
    for one in bookings_of(choice, case.reading, desk.directory, case.received_at.date(), who):
        named = (one.agency, one.report_type, one.period)
        if choice.due_at:
            obligation = open_ad_hoc(desk, session, *named, choice.due_at, who=who, why=reason)
        else:
            obligation = owed_obligation(desk, session, *named)
        filed.append(file_report(case, obligation, one))
    message.agency_code = choice.agency
    is_new = any(not one.repeated for one in filed)
    conclude(case, "report" if is_new else "duplicate", reason, settled=True)
    message.evidence = [*message.evidence, f"decided by {who}"]
    return filed


def _unbook(case: Case) -> None:
    for submission, _ in submissions_from(case.session, case.message.id):
        take_back(case.desk, case.session, submission)
    take_back_telling(case)


def conclude(case: Case, disposition: str | None, reason: str, *, settled: bool) -> None:
    """Says what the message is now, and whether it still waits."""
    message = case.message
    message.disposition, message.reason = disposition, reason
    message.settled_at = case.desk.now if settled else None


def _agency_of(case: Case, agency: str) -> str:
    """The agency that a person names, else the only one that the mail can be from."""
    directory = case.desk.directory
    named = agency or case.message.agency_code
    known = {named} if named else set(directory.agencies_of(case.message.sender))
    if len(known) != 1:
        raise ConfigError("say which agency tells of it: --agency CODE")
    [code] = known
    if code not in directory.agencies:
        raise ConfigError(f"there is no agency {code!r} in the registry")
    return code
