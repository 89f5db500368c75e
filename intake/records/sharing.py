"""Complete reports in; a queued copy for each of those that their type is shared with out, in the same transaction.

Each version once for each recipient, never back to where it came from, and nothing that a mark keeps with the office.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from intake.model import Agency, Contact, Message, Submission
from intake.model import Notice as NoticeRow
from intake.notices import FollowedLine, OriginalLine, Share, from_fields
from intake.records.answers import report_line
from intake.records.booking import Filed
from intake.records.case import Case
from intake.records.outgoing import Letterhead, enqueue
from intake.records.versions import completes
from intake.rules.dealings.sharing import (
    HOLDERS,
    forbids,
    is_kept_out,
    mark_in_name,
    mark_on_page,
    parts_of,
    receivers,
    recipients,
)
from intake.store import audit, mails, outbox
from intake.store.engine import Session
from intake.store.incidents import report_of
from intake.store.submissions import submissions_from, submissions_of

RECALLED = ":recalled"
UNSENT = ("queued", "held")
SUPERSEDED = "a newer version took its place before it left"


@dataclass(frozen=True, slots=True)
class Copy:
    """One report as it is passed on.

    `completed` are the incomplete versions that it needs to be whole, with their mails. `supplements` says that
    it needs an earlier complete version, which was passed on in its time.
    """

    case: Case
    filed: Filed
    alone: bool
    completed: tuple[tuple[Submission, Message], ...] = ()
    supplements: bool = False

    @property
    def name(self) -> str:
        return f"{self.filed.obligation.report_type_code} {self.filed.obligation.period}"

    @property
    def source(self) -> str:
        return self.filed.obligation.agency_code


def pass_on(case: Case, filed: Sequence[Filed]) -> None:
    """Queues the copies of what was filed of a mail, and notes with the message who gets one, or why nobody does."""
    for one in filed:
        to = _receivers(case, one) if one.submission.status == "accepted" and not one.repeated else []
        if to:
            # The copies are known by the number of what was filed.
            case.session.flush()
            said = _pass_on(_copy_of(case, one, alone=len(filed) == 1), to)
            case.message.evidence = [*case.message.evidence, said]
            audit.record(case.session, case.desk.now, "sharing", f"submission:{one.submission.id}", why=said)


def _receivers(case: Case, filed: Filed) -> list[Agency]:
    desk, obligation = case.desk, filed.obligation
    kind = desk.directory.report_types[obligation.report_type_code]
    return receivers(kind, obligation.agency_code, desk.directory, desk.now.astimezone(desk.zone).date())


def recall(case: Case) -> None:
    """Takes back the copies of what is no longer recorded of the mail: whoever got one is told not to use it."""
    in_force = {str(one.id) for one, _ in submissions_from(case.session, case.message.id)}
    if told := report_of(case.session, case.message.id):
        in_force.add(told[1].code)
    for before in outbox.notices_about(case.session, case.message.id, (Share.name,)):
        if before.key.split(":")[1] in in_force or before.key.endswith(RECALLED):
            continue
        if before.status in UNSENT:
            outbox.withdrawn(case.session, before, "the report is no longer recorded")
        elif before.status in ("sending", "sent"):
            _call_back(case, before)


def _call_back(case: Case, before: NoticeRow) -> None:
    desk, copy = case.desk, from_fields(before.name, before.fields)
    assert isinstance(copy, Share)
    agency = desk.directory.agencies.get(before.agency_code or "")
    notice = replace(
        copy,
        **vars(Letterhead(desk, before.recipient_name, agency)),
        originals=(),
        left_out=False,
        follows=FollowedLine(
            how="recalls",
            on=_left_at(before).astimezone(desk.zone).date(),
            number=copy.report.number if copy.report else None,
        ),
    )
    contact = Contact(
        agency_code=before.agency_code or "", email=before.recipient, role="submitter", name=before.recipient_name
    )
    key = f"{before.key}{RECALLED}"
    enqueue(desk, case.session, notice, key=key, to=contact, agency=before.agency_code, message=case.message)


def _copy_of(case: Case, filed: Filed, alone: bool) -> Copy:
    in_force = submissions_of(case.session, filed.obligation.id)
    if not completes(filed.submission, in_force):
        return Copy(case, filed, alone)
    completed: list[tuple[Submission, Message]] = []
    for one in reversed(in_force):
        if one.version < filed.submission.version and one.status == "accepted":
            return Copy(case, filed, alone, tuple(completed), supplements=True)
        if one.version < filed.submission.version and one.message_id is not None:
            completed.append((one, mails.message_numbered(case.session, one.message_id)))
    return Copy(case, filed, alone, tuple(completed))


def _pass_on(copy: Copy, agencies: Sequence[Agency]) -> str:
    """Queues the copies of one report. Says in words what was done."""
    case, desk = copy.case, copy.case.desk
    reasons = [forbids(case.reading), *(_forbids(case.session, message) for _, message in copy.completed)]
    if why := next(filter(None, reasons), ""):
        return f"no copy of {copy.name} is passed on: {why}"
    to = recipients(agencies, copy.source, desk.directory, {case.message.sender, *desk.own_addresses})
    originals, whole = _originals(copy)
    for agency, contact in to:
        _queue(copy, agency, contact, originals, left_out=not whole)
    codes = sorted({agency.code for agency, _ in to})
    return f"a copy of {copy.name} is passed on to {', '.join(codes) or 'nobody: there is no address to write to'}"


def _forbids(session: Session, message: Message) -> str:
    """The same of an earlier mail, by what was kept of it when it was read."""
    documents = mails.documents_of(session, message.id)
    if any(is_kept_out(one.kind, one.outcome) for one in documents):
        return "it is not safe, or not allowed, to pass it on"
    marks = [mark_in_name(name) for name in (message.subject, *(one.filename for one in documents))]
    marks += [mark_on_page(text or "") for text in (message.opening, *(one.text for one in documents))]
    return next((f"it is marked {mark}" for mark in marks if mark), "")


def _queue(
    copy: Copy, agency: Agency, contact: Contact, originals: tuple[OriginalLine, ...], *, left_out: bool
) -> None:
    case, desk = copy.case, copy.case.desk
    notice = Share(
        **vars(Letterhead(desk, contact.name, agency)),
        source=desk.directory.agencies[copy.source].name,
        report=report_line(case, copy.filed.obligation, copy.filed.submission),
        originals=originals,
        follows=_followed(copy, contact),
        left_out=left_out,
    )
    key = _key(copy.filed.submission, contact)
    enqueue(desk, case.session, notice, key=key, to=contact, agency=agency.code, message=case.message)


def _originals(copy: Copy) -> tuple[tuple[OriginalLine, ...], bool]:
    """The mails that make the report whole, the newest first; and whether all of the report can be parted from them."""
    case, report = copy.case, copy.filed.submission.documents
    required = case.desk.directory.report_types[copy.filed.obligation.report_type_code].required
    own = parts_of(case.reading, report, copy.alone, needs_text="body" in required)
    lines = [OriginalLine(mail=case.message.sha256, files=own.files, text=own.text)]
    lines += [_earlier_original(case.session, *one) for one in copy.completed]
    return tuple(lines), own.whole


def _earlier_original(session: Session, submission: Submission, message: Message) -> OriginalLine:
    attached = {one.sha256 for one in mails.documents_of(session, message.id) if one.kind not in HOLDERS}
    alone = len(submissions_from(session, message.id)) == 1
    return OriginalLine(
        mail=message.sha256,
        files=tuple(one for one in submission.documents if one in attached),
        everything=alone and attached <= set(submission.documents),
        text="body" in submission.present,
    )


def _followed(copy: Copy, contact: Contact) -> FollowedLine | None:
    """The version that the recipient got before. One that is replaced before it left does not leave any more."""
    session, zone = copy.case.session, copy.case.desk.zone
    for one in reversed(submissions_of(session, copy.filed.obligation.id)):
        before = (
            outbox.notice_keyed(session, _key(one, contact)) if one.version < copy.filed.submission.version else None
        )
        if before and before.status in UNSENT and not copy.supplements:
            outbox.withdrawn(session, before, SUPERSEDED)
        elif before:
            how: Literal["replaces", "supplements"] = "supplements" if copy.supplements else "replaces"
            return FollowedLine(how=how, on=_left_at(before).astimezone(zone).date(), number=one.number)
    return None


def _left_at(notice: NoticeRow) -> datetime:
    return notice.sent_at or notice.queued_at


def _key(submission: Submission, contact: Contact) -> str:
    return f"{Share.name}:{submission.id}:{contact.email.casefold()}"
