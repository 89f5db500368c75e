"""What needs a person in; one `admin_alert` for each such thing out, once."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from intake.desk import Desk
from intake.model import OFFICE, Contact
from intake.notices import AdminAlert, AlertKind, LostLine
from intake.records.outgoing import Letterhead, enqueue
from intake.records.pacing import HELD_BACK, is_full
from intake.records.unknown import are_unknown_for_long
from intake.store import mails, outbox, sent_mails
from intake.store.engine import Session

KEY = "admin_alert:{}"
UNREAD_FOR = timedelta(minutes=15)
LEAST_FREE_BYTES = 500_000_000
ADMIN_ROLES = ("records", "duty", "leader")


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that needs a person. `key` is the same as long as it is the same trouble."""

    kind: AlertKind
    key: str
    about: str
    since: datetime | None = None
    details: tuple[str, ...] = ()
    roles: tuple[str, ...] = field(default=ADMIN_ROLES)
    lost: LostLine | None = None


def alert(desk: Desk) -> int:
    """Queues an alert for each trouble that nobody was told of. Says how many."""
    with desk.database.writing() as session:
        queued = [_queue(desk, session, one) for one in _troubles(desk, session)]
    return sum(queued)


def _troubles(desk: Desk, session: Session) -> Iterator[Trouble]:
    yield from _unread_mailboxes(desk, session)
    yield from _unknown_mails(desk, session)
    yield from _stuck_messages(session)
    yield from _lost_notices(session)
    yield from _held_back(desk, session)
    yield from _own_faults(desk)


def _unread_mailboxes(desk: Desk, session: Session) -> Iterator[Trouble]:
    for cursor in mails.cursors(session):
        if cursor.failing_since and desk.now - cursor.failing_since >= UNREAD_FOR:
            key = f"mailbox:{cursor.mailbox}:{cursor.failing_since.isoformat()}"
            yield Trouble("mailbox_unread", key, cursor.mailbox, cursor.failing_since, (cursor.error,))


def _unknown_mails(desk: Desk, session: Session) -> Iterator[Trouble]:
    for cursor in mails.cursors(session):
        if cursor.unknown_since and are_unknown_for_long(desk, cursor):
            key = f"unknown:{cursor.mailbox}:{cursor.unknown_since.isoformat()}"
            yield Trouble("mails_unknown", key, cursor.mailbox, cursor.unknown_since, (f"{cursor.unknown} mails",))


def _stuck_messages(session: Session) -> Iterator[Trouble]:
    for message in mails.needing_alert(session, KEY.format("message:")):
        if message.status == "failed":
            kind: AlertKind = "message_failed" if message.processed_at else "message_unfetched"
            yield Trouble(kind, f"message:{message.id}", str(message.id), message.stored_at, (message.error,))
        else:
            yield _quarantine(message.id, message.reason, message.received_at)


def _lost_notices(session: Session) -> Iterator[Trouble]:
    for notice in outbox.failed_notices(session):
        if notice.name != AdminAlert.name:
            kind: AlertKind = "notice_bounced" if notice.bounced_at else "notice_failed"
            lost = LostLine(notice=notice.name, reference=notice.reference, recipient=notice.recipient)
            about, details = str(notice.id), (notice.error,)
            yield Trouble(kind, f"notice:{notice.id}", about, notice.queued_at, details, lost=lost)


def _held_back(desk: Desk, session: Session) -> Iterator[Trouble]:
    """One word a day for each address, and one for all together."""
    day = desk.now.astimezone(desk.zone).date()
    for address, count in sent_mails.held_back(session, HELD_BACK):
        yield Trouble("sending_capped", f"capped:{address}:{day}", address, details=(f"{count} mails wait",))
    if is_full(desk, session):
        limit = f"per_hour = {desk.config.sending.per_hour}"
        yield Trouble("sending_capped", f"capped:{day}", details=(limit,), about="[sending]")


def _own_faults(desk: Desk) -> Iterator[Trouble]:
    if mute := _without_address(desk):
        yield Trouble("agency_without_address", f"no address:{','.join(mute)}", ", ".join(mute))
    if (free := desk.raw_messages.free_bytes()) < LEAST_FREE_BYTES:
        day = desk.now.astimezone(desk.zone).date()
        yield Trouble("storage_low", f"storage:{day}", str(desk.raw_messages.folder), details=(f"{free:,} bytes",))
    if desk.config_file and (wrong := desk.config_file.problem):
        yield Trouble("config_broken", f"config:{wrong}", "config.toml", details=tuple(wrong.splitlines()))
    for problem in desk.renderer.broken():
        yield Trouble("template_broken", f"template:{problem}", str(problem))


def _without_address(desk: Desk) -> list[str]:
    """The agencies in force that nobody could be reminded of: no submitter that can be written to."""
    today = desk.now.astimezone(desk.zone).date()
    return [
        code
        for code, agency in desk.directory.agencies.items()
        if code != OFFICE and agency.active_on(today) and not desk.directory.addresses_of(code, ["submitter"])
    ]


def _quarantine(message_id: int, reason: str, received_at: datetime) -> Trouble:
    """A secrecy mark goes to the secrecy officer; nothing of the mail is repeated to anybody."""
    if "secrecy" in reason:
        return Trouble(
            "secrecy_mark", f"message:{message_id}", str(message_id), received_at, roles=("secrecy", *ADMIN_ROLES)
        )
    return Trouble("message_quarantined", f"message:{message_id}", str(message_id), received_at, (reason,))


def _queue(desk: Desk, session: Session, trouble: Trouble) -> bool:
    contact = _admin(desk, trouble.roles)
    if contact is None:
        return False
    notice = AdminAlert(
        **vars(Letterhead(desk, contact.name)),
        kind=trouble.kind,
        about=trouble.about,
        since=trouble.since.astimezone(desk.zone) if trouble.since else None,
        lost=trouble.lost,
        details=trouble.details,
    )
    return enqueue(desk, session, notice, key=KEY.format(trouble.key), to=contact) is not None


def _admin(desk: Desk, roles: tuple[str, ...]) -> Contact | None:
    """The office's first contact in these roles; the configured admin address where no special role is asked for."""
    special = [contact for role in roles[:1] for contact in desk.directory.addresses_of(OFFICE, [role])]
    if desk.config.office.admin and not (special and roles != ADMIN_ROLES):
        return Contact(agency_code=OFFICE, email=desk.config.office.admin, role="records")
    return next(iter(desk.directory.addresses_of(OFFICE, roles)), None)
