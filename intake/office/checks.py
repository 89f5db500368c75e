"""Tries every part for real and says what to mend: what `intake check` prints and a monitoring system calls."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from intake.desk import Desk
from intake.documents.ocr import available, languages
from intake.errors import ConfigError, PermanentError
from intake.jobs.alert import LEAST_FREE_BYTES, UNREAD_FOR
from intake.model import OFFICE
from intake.office.check import Check, tried
from intake.office.health import NOTED_EVERY, STALLED_AFTER, got_through_at
from intake.office.review import waiting
from intake.office.sending import pause
from intake.office.server_checks import server_checks
from intake.store import mails, outbox

OPTIONAL_PROGRAMS = {
    "unar": ".rar and .7z archives are left to a person (install unar)",
}


def checks(desk: Desk) -> Iterator[Check]:
    """One line for each part, as it was tried."""
    yield _database(desk)
    yield tried("storage", lambda: _try_storage(desk))
    yield _registry(desk)
    yield from server_checks(desk)
    yield tried("workers", lambda: _try_workers(desk))
    yield _clockwork(desk)
    yield from _templates(desk)
    yield _ocr()
    for program, without in OPTIONAL_PROGRAMS.items():
        found = shutil.which(program)
        yield Check(f"program {program}", True, found or f"not installed: {without}")
    if desk.config.signatures.trust_store:
        yield tried("trust store", lambda: _try_trust_store(desk))
    yield _calendar(desk)
    yield _contacts(desk)
    yield from _lag(desk)
    yield _backlog(desk)
    yield _sending(desk)
    yield _for_a_person(desk)


def _database(desk: Desk) -> Check:
    return Check("database", True, "answers, and has the schema of this version")


def _try_storage(desk: Desk) -> str:
    desk.raw_messages.try_out()
    free = desk.raw_messages.free_bytes()
    if free < LEAST_FREE_BYTES:
        raise PermanentError(f"only {free:,} bytes are free in {desk.raw_messages.folder}: make room")
    return f"{desk.raw_messages.folder}, {free:,} bytes free"


def _try_workers(desk: Desk) -> str:
    """Starts one and has it read a mail."""
    with tempfile.TemporaryDirectory(prefix="intake-check-") as folder:
        mail = Path(folder) / "check.eml"
        mail.write_bytes(b"Subject: check\r\n\r\nRead by intake check.\r\n")
        read = desk.readers.read(mail)
    if read.message.subject != "check":
        raise PermanentError("a worker misread a mail: is the installation whole?")
    return f"{desk.config.daemon.workers} processes read mails, with {desk.config.limits.worker_memory:,} bytes each"


def _clockwork(desk: Desk) -> Check:
    """A daemon that was never started, or was stopped properly, is nobody's mistake."""
    at = got_through_at(desk)
    if at is None:
        return Check("daemon", True, "none was started, or the last one was stopped properly")
    told = at.astimezone(desk.zone).isoformat(timespec="seconds")
    if at - desk.now >= NOTED_EVERY * 5:
        return Check("daemon", False, f"its last pass ended at {told}, still to come: the clock was set back")
    if desk.now - at >= STALLED_AFTER:
        return Check("daemon", False, f"it got through no pass since {told}: it hangs or died; look at its log")
    return Check("daemon", True, f"its last pass ended at {told}")


def _ocr() -> Check:
    without = "scanned pages and photos are left to a person"
    if not languages():
        detail = f"not installed: {without} (install tesseract-ocr and tesseract-ocr-vie)"
    elif not available():
        detail = f"it has no Vietnamese: {without} (install tesseract-ocr-vie)"
    elif "osd" not in languages():
        detail = "reads scanned pages and photos, but not those that lie on their side (install tesseract-ocr-osd)"
    else:
        detail = "reads scanned pages and photos"
    return Check("program tesseract", True, detail)


def _try_trust_store(desk: Desk) -> str:
    from intake.documents.pdf_signature import trusted

    store = desk.config.signatures.trust_store
    try:
        return f"{len(trusted(store))} certificates in {store}"
    except (OSError, ValueError) as cause:
        raise ConfigError(f"the certificates in {store} cannot be read: {cause}") from cause


def _registry(desk: Desk) -> Check:
    agencies = [one for one in desk.directory.agencies if one != OFFICE]
    if not agencies:
        return Check("registry", False, "no agencies yet: fill in the workbook and `intake registry load` it")
    return Check("registry", True, f"{len(agencies)} agencies, {len(desk.directory.report_types)} report types")


def _templates(desk: Desk) -> Iterator[Check]:
    named = {(step.notice, step.wording) for policy in desk.config.policies.values() for step in policy.steps}
    missing = [desk.renderer.without_wording(*one) for one in sorted(named)]
    problems = [*desk.renderer.check_all(), *filter(None, missing)]
    for problem in problems:
        yield Check("template", False, str(problem))
    own = desk.config.templates.path
    if own and not own.is_dir():
        yield Check(
            "templates", False, f"there is no folder {own}: mails leave as shipped; set [templates] path, or make it"
        )
    elif not problems:
        yield Check("templates", True, "all of them render their samples")


def _contacts(desk: Desk) -> Check:
    """The contacts whose mail comes back for good: they are written to only where an agency has nobody else."""
    dead = [one for contacts in desk.directory.contacts.values() for one in contacts if one.bounced_at]
    if not dead:
        return Check("contacts", True, "none bounces")
    named = ", ".join(f"{one.email} ({one.role} of {one.agency_code})" for one in dead)
    return Check(
        "contacts", False, f"mail comes back for good from {named}: mend the registry, or `intake review retry`"
    )


def _calendar(desk: Desk) -> Check:
    """A year whose days off are not announced yet is computed all the same, and said to be provisional."""
    this_year = desk.now.astimezone(desk.zone).year
    provisional = [str(year) for year in (this_year, this_year + 1) if desk.working_days.is_provisional(year)]
    if not provisional:
        return Check("calendar", True, "the days off of this year and the next are known")
    named = " and ".join(provisional)
    return Check("calendar", True, f"provisional for {named}: name announced swaps in [calendar] off and working")


def _lag(desk: Desk) -> Iterator[Check]:
    with desk.database.reading() as session:
        found = mails.cursors(session)
    for cursor in found:
        failing = cursor.failing_since is not None and desk.now - cursor.failing_since >= UNREAD_FOR
        read = (
            cursor.read_to_end_at.astimezone(desk.zone).isoformat(timespec="seconds")
            if cursor.read_to_end_at
            else "never"
        )
        detail = f"last read to its end: {read}" + (f"; failing: {cursor.error}" if cursor.error else "")
        yield Check(f"reading {cursor.mailbox}", not failing, detail)


def _backlog(desk: Desk) -> Check:
    with desk.database.reading() as session:
        held = len(outbox.held_notices(session))
    detail = f"{held} answers to mail from before the service began are held: `intake backlog`"
    return Check("backlog", held == 0, detail if held else "no answer is held back")


def _sending(desk: Desk) -> Check:
    found = pause(desk)
    if found is None:
        return Check("sending", True, "mail leaves")
    since = found.since.astimezone(desk.zone).isoformat(timespec="seconds")
    told = f"all of it is paused since {since} by {found.who}: {found.why}; {found.waiting} notices wait"
    return Check("sending", False, f"{told}: `intake sending resume`")


def _for_a_person(desk: Desk) -> Check:
    found = waiting(desk)
    count = len(found.messages) + len(found.notices)
    detail = f"{len(found.messages)} messages and {len(found.notices)} notices wait: `intake review`"
    return Check("review", count == 0, detail if count else "nothing waits for a person")
