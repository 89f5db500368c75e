"""A template as the mail that it makes: on made-up notices, on notices that were really written, or sent to oneself."""

import re
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from intake.desk import Desk
from intake.errors import ConfigError, PermanentError
from intake.mail.compose import compose, make_message_id
from intake.mail.parsed import Address
from intake.mail.transport import open_transport
from intake.model import OFFICE
from intake.model import Notice as NoticeRow
from intake.notices import NOTICES, Notice, OfficeLine, from_fields
from intake.office.sending import pause
from intake.rendering import Rendered, Renderer
from intake.rendering.drafts import Draft
from intake.rendering.trial import Trial, tried
from intake.store import audit, outbox

REAL_SHOWN = 15
_ROW = re.compile(r"n[0-9]{1,9}")
_PLACE = re.compile(r"[0-9]{1,3}")


@dataclass(frozen=True, slots=True)
class Choice:
    """One notice that a template can be shown on: a sample by its place, or a row of the outbox (`row`)."""

    key: str
    row: NoticeRow | None = None


def choices(desk: Desk, notice: str) -> list[Choice]:
    """The samples of a notice, and the last ones of it that were really written."""
    kind = _kind(notice)
    samples = [Choice(str(place)) for place in range(1 + len(kind.variants()))]
    with desk.database.reading() as session:
        rows = outbox.latest_notices(session, notice, REAL_SHOWN)
    return [*samples, *(Choice(f"n{row.id}", row) for row in rows)]


def chosen(desk: Desk, notice: str, key: str) -> Notice:
    """The notice behind a choice; the first sample where there is none. Raises `ConfigError` for unreadable rows."""
    kind = _kind(notice)
    if _ROW.fullmatch(key):
        with desk.database.reading() as session:
            row = next((one for one in outbox.latest_notices(session, notice, 1, int(key[1:]))), None)
        if row is None:
            raise ConfigError(f"there is no notice {key[1:]} of this kind")
        try:
            return from_fields(row.name, row.fields)
        except PermanentError as cause:
            raise ConfigError(cause.sentence) from cause
    samples = (kind.sample(), *kind.variants())
    place = int(key) if _PLACE.fullmatch(key) and int(key) < len(samples) else 0
    return replace(samples[place], office=OfficeLine.of(desk.config.office))


def preview(desk: Desk, language: str, draft: Draft | None, shown: Notice) -> Trial:
    """The mail of a draft; without one, of the files as they stand."""
    path = desk.config.templates.path
    if draft is None:
        return Trial((), renderer_in(path, desk.language(language)).render(shown))
    return tried(path, desk.language(language), draft, shown)


def send_test(desk: Desk, language: str, draft: Draft | None, shown: Notice, to: str, who: str, word: str) -> Trial:
    """Sends the mail that a notice would become to one of the office's own addresses; its subject begins with `word`.

    Raises `ConfigError` for another address, or while sending is paused.
    """
    if to not in trial_addresses(desk):
        raise ConfigError(f"{to!r} is no address of the office: a test mail goes nowhere else")
    if pause(desk):
        raise ConfigError("sending is paused: a test mail does not leave either")
    found = preview(desk, language, draft, shown)
    if found.rendered:
        _send(desk, replace(found.rendered, subject=f"{word} {found.rendered.subject}"), to)
        with desk.database.writing() as session:
            after = {"to": to, "notice": shown.name, "language": language}
            audit.record(session, desk.now, "test mail sent", f"template:{language}", who=who, after=after)
    return found


def trial_addresses(desk: Desk) -> list[str]:
    """Where a test mail may go: to the contacts of the office itself."""
    contacts = desk.directory.contacts.get(OFFICE, ())
    return sorted({one.email for one in contacts if not one.is_domain})


@cache
def renderer_in(path: Path | None, language: str) -> Renderer:
    """What renders the files as they stand, also in the language that the office does not write in."""
    return Renderer(path, language)


def _send(desk: Desk, rendered: Rendered, to: str) -> None:
    office = desk.config.office
    mail = compose(
        subject=rendered.subject,
        text=rendered.text,
        html=rendered.html,
        sender=Address(office.name, office.address),
        recipient=Address("", to),
        message_id=make_message_id(office.address.rpartition("@")[2]),
        date=desk.now.astimezone(desk.zone),
        auto_submitted="auto-generated",
    )
    with open_transport(desk.config.outgoing) as transport:
        transport.send(mail, office.address, to)


def _kind(notice: str) -> type[Notice]:
    if notice not in NOTICES:
        raise ConfigError(f"there is no notice {notice!r}")
    return NOTICES[notice]
