"""What goes wrong in encryption and login, on the way in and on the way out."""

import ssl
from datetime import UTC, datetime, timedelta

from certificates import Authority, Certificate

from faults import wire
from faults.imap_faults import on_wire
from faults.office import Office
from faults.playing import HOLD, Fault
from faults.sink import DROP, HANG, REPLY_AND_DROP, REPLY_AND_GARBAGE, Sink
from faults.smtp_faults import always, at_place

YESTERDAY = datetime.now(UTC) - timedelta(days=1)
HANDSHAKE = (
    at_place("STARTTLS: 454", "not available now", "STARTTLS", always("454 4.7.0 TLS not available")),
    at_place("STARTTLS: 501", "refused", "STARTTLS", always("501 5.5.4 no")),
    at_place("STARTTLS: garbage", "agrees, then sends bytes without sense", "STARTTLS", always(REPLY_AND_GARBAGE)),
    at_place("STARTTLS: handshake dies", "agrees, then hangs up", "STARTTLS", always(REPLY_AND_DROP)),
    at_place("STARTTLS: drops", "hangs up", "STARTTLS", always(DROP)),
    at_place("STARTTLS: hangs", "says nothing more", "STARTTLS", always(HANG)),
    at_place("AUTH: 535", "the password is refused", "AUTH", always("535 5.7.8 authentication failed")),
    at_place("AUTH: 454", "the login fails for a while", "AUTH", always("454 4.7.0 temporary failure")),
)


def tls_faults(authority: Authority) -> tuple[Fault, ...]:
    """Bad certificates by this authority on both sides, and what else keeps one from an encrypted session."""
    bad = {
        "expired": authority.issue("expired", until=YESTERDAY),
        "for another host": authority.issue("elsewhere", host="192.0.2.1"),
        "self-signed": authority.issue("own", own=True),
    }
    shown = [fault for why, one in bad.items() for fault in (_shown_by_imap(why, one), _shown_by_smtp(why, one))]
    return (*shown, _without_starttls(), *HANDSHAKE)


def _shown_by_imap(why: str, one: Certificate) -> Fault:
    fault = wire.Fault(tls=one.context())
    return on_wire(f"IMAP certificate: {why}", "shows another certificate", fault, hang_up=True)


def _shown_by_smtp(why: str, one: Certificate) -> Fault:
    return _with_tls(f"SMTP certificate: {why}", "shows another certificate", one)


def _without_starttls() -> Fault:
    return _with_tls("STARTTLS: not offered", "as if somebody had cut it out of the reply", None)


def _with_tls(name: str, does: str, shown: Certificate | None) -> Fault:
    """The sink with another certificate, or with none."""
    other = shown.context() if shown else None
    undo: list[tuple[Sink, ssl.SSLContext | None, int]] = []

    def begin(office: Office) -> None:
        undo.append((office.sink, office.sink.tls, office.sink.attempts.get("EHLO", 0)))
        office.sink.tls = other

    def end(_office: Office) -> None:
        sink, before, _ = undo[-1]
        sink.tls = before

    def struck() -> bool:
        sink, _, greeted = undo[-1]
        return sink.attempts.get("EHLO", 0) > greeted

    return Fault(name, does, begin, end, HOLD, struck=struck)
