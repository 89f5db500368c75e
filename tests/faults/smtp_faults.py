"""What an SMTP server can do, at every place of the dialogue."""

import time
from collections import deque

from faults.office import Office
from faults.playing import HOLD, Fault
from faults.sink import DROP, HANG, REPLY_AND_DROP, TAKE_AND_DROP, TAKE_AND_HANG, Dialogue, Rule, Sink

PLACES = ("greeting", "EHLO", "MAIL", "RCPT", "DATA", "content")


def at_place(name: str, does: str, place: str, rule: Rule, *, lasts: float = HOLD, to_review: bool = False) -> Fault:
    """A fault of the sink: what its rule for one place says."""

    reached: list[Dialogue] = []

    def counted(now: Dialogue) -> str | None:
        reached.append(now)
        return rule(now)

    def begin(office: Office) -> None:
        office.sink.rules = {place: counted}

    def end(office: Office) -> None:
        office.sink.rules = {}

    return Fault(name, does, begin, end, lasts, to_review, struck=lambda: bool(reached))


def always(reply: str) -> Rule:
    return lambda now: reply


def greylisting(seconds: float) -> Rule:
    """Each recipient is refused until so long after it was first seen."""
    seen: dict[str, float] = {}

    def rule(now: Dialogue) -> str | None:
        first = seen.setdefault(now.recipients[-1], time.monotonic())
        return "451 4.7.1 greylisted, try again" if time.monotonic() - first < seconds else None

    return rule


def at_most(number: int, seconds: float, reply: str) -> Rule:
    """Sound for so many times within so many seconds, else this."""
    times: deque[float] = deque(maxlen=number)

    def rule(now: Dialogue) -> str | None:
        moment = time.monotonic()
        if len(times) == number and moment - times[0] < seconds:
            return reply
        times.append(moment)
        return None

    return rule


def smaller_than(limit: int) -> Fault:
    """The server says in EHLO how large a mail may be, and ours is larger."""
    sinks: list[Sink] = []

    def begin(office: Office) -> None:
        sinks.append(office.sink)
        office.sink.size_limit = limit

    def end(office: Office) -> None:
        office.sink.size_limit = 0

    does = f"EHLO says that a mail may have {limit} bytes, and MAIL is answered by 552"
    return Fault("too large by SIZE", does, begin, end, HOLD, True, struck=lambda: sinks[-1].refused_as_too_large > 0)


PASSING = tuple(
    at_place(f"451 at {place}", "a passing refusal", place, always("451 4.3.0 try again later")) for place in PLACES
) + tuple(
    at_place(f"421 at {place}", "goes down at this place", place, always("421 4.3.2 shutting down")) for place in PLACES
)
LASTING = tuple(
    at_place(f"{reply[:3]} at {place}", "refused for good", place, always(reply), to_review=True)
    for place, reply in (
        ("RCPT", "550 5.1.1 no such user"),
        ("DATA", "554 5.6.0 no"),
        ("content", "554 5.7.1 looks like spam"),
        ("content", "552 5.3.4 too large"),
    )
)
MEETS_ALL = tuple(
    at_place(f"{reply[:3]} at {place}, for all", "a refusal that would meet every mail", place, always(reply))
    for place, reply in (
        ("greeting", "554 5.7.1 no service for you"),
        ("EHLO", "550 5.7.1 no"),
        ("MAIL", "553 5.7.1 not your address"),
        ("RCPT", "554 5.7.1 relay access denied"),
        ("RCPT", "530 5.7.0 authenticate first"),
    )
)
BROKEN = tuple(at_place(f"hangs at {place}", "says nothing more", place, always(HANG)) for place in PLACES) + tuple(
    at_place(f"drops at {place}", "hangs up", place, always(DROP)) for place in PLACES
)
TAKEN = (
    at_place("taken, then dropped", "takes the mail and hangs up before it says so", "content", always(TAKE_AND_DROP)),
    at_place("taken, then hangs", "takes the mail and never says so", "content", always(TAKE_AND_HANG)),
    at_place("250, then dropped", "takes the mail, says so and hangs up", "content", always(REPLY_AND_DROP)),
)
SLOWING = (
    at_place(
        "greylisting", "451 for each recipient until 10 s after it was first named", "RCPT", greylisting(10), lasts=20
    ),
    at_place(
        "rate limit 450", "two recipients in 5 s, else 450", "RCPT", at_most(2, 5, "450 4.7.1 slow down"), lasts=12
    ),
    at_place("rate limit 421", "two mails in 5 s, else 421", "MAIL", at_most(2, 5, "421 4.7.0 slow down"), lasts=12),
    smaller_than(500),
    at_place("garbage", "answers without sense", "RCPT", always("what? \xff")),
)
FAULTS = PASSING + LASTING + MEETS_ALL + BROKEN + TAKEN + SLOWING
