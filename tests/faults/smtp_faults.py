"""What an SMTP server can do, at every place of the dialogue."""

from collections.abc import Callable

from faults.office import Office
from faults.playing import HOLD, Fault
from faults.sink import DROP, HANG, REPLY_AND_DROP, TAKE_AND_DROP, TAKE_AND_HANG, Dialogue, Rule

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


def greylisting(seconds_asked: int) -> Callable[[], Rule]:
    """Each recipient is refused the first times, as often as is said."""

    def made() -> Rule:
        asked: dict[str, int] = {}

        def rule(now: Dialogue) -> str | None:
            known = now.recipients[-1]
            asked[known] = asked.get(known, 0) + 1
            return "450 4.2.0 greylisted, try again" if asked[known] <= seconds_asked else None

        return rule

    return made


def after(number: int, reply: str) -> Rule:
    """Sound for so many times, then this."""
    times = 0

    def rule(now: Dialogue) -> str | None:
        nonlocal times
        times += 1
        return reply if times > number else None

    return rule


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
    at_place("rate limit 450", "two recipients, then 450", "RCPT", after(2, "450 4.7.1 too many, slow down")),
    at_place("rate limit 421", "two mails, then 421", "MAIL", after(2, "421 4.7.0 too many, slow down")),
    at_place("garbage", "answers without sense", "RCPT", always("what? \xff")),
)
FAULTS = PASSING + LASTING + MEETS_ALL + BROKEN + TAKEN + SLOWING
