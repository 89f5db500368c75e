"""Notifications in free text: for which recipients they say that a mail failed or waits, and with what words.

An address counts by the place where it stands: a line of its own, a label, a line of an SMTP dialogue, a sentence.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, takewhile
from typing import Self

from intake.mail.dsn.candidate import Candidate
from intake.mail.dsn.reasons import code_in, is_permanent, status_of
from intake.mail.dsn.returned import Returned, report_and_copy
from intake.mail.dsn.wording import DELAYED, any_of
from intake.mail.parsed import DeliveryStatus

_MOST = 20_000
_WINDOW = 400
_BLOCK = 2000
_MOST_RECIPIENTS = 500
_NEVER = r"\s@<>()\[\]\"'`,;:=|：；，。、（）「」"
_ADDRESS = rf"[^{_NEVER}]{{1,100}}@[^{_NEVER}\\/]{{1,200}}"
_OPEN, _CLOSE = r"[\[<(\"'`]{0,2}(?:mailto:|smtp:|rfc822;[ ]?)?", r"[\]>)\"'`]{0,2}"
_LABEL = (
    r"(?:recipients?|addressee|address|addressed to|user(?:id)?|mail ?box|error-for|destinataires?|empfänger"
    r"|destinatario|người nhận|收件人|宛先|rcpt to)"
)
_NO_RECIPIENT = (
    "from|sender|reply|return|contact|subject|cc|message|help|support|admin|server|url|date"
    r"|on\b|by\b|via\b|to\b"
)
_DELIVERING = (
    r"(?:deliver\w*|undeliverable|sent|addressed|(?:e-?)?mail|message|gửi|chuyển|zustell\w*|entregar|reach\w*)"
)
_FORMS = tuple(
    re.compile(form.replace("ADDRESS", f"{_OPEN}(?P<address>{_ADDRESS}){_CLOSE}"), re.IGNORECASE | re.MULTILINE)
    for form in (
        # Alone on a line, or at its start with the reason or a date behind it.
        r"^[ \t>*|•·\-–#]*(?:\d{1,3}[.)][ \t]+)?ADDRESS"
        r"(?=[ \t]*(?:$|[:;,(<\[=–-]|\.\.|\.[ \t]*$|on\b|failed\b|invalid\b|\w{0,5}[ \t]?\d\d?\D))",
        # Behind a label that says what it is, or of the X.400 kind.
        rf"^[ \t>*|\-]*(?:\w+[ \t'’-]+){{0,4}}{_LABEL}(?:[ \t]+\w+)?[ \t]*[:=：][ \t]*ADDRESS",
        r"(?:smtp=|[\[;]smtp:)ADDRESS",
        # Behind a label of another kind.
        rf"^[ \t>*|\-]*(?!(?:{_NO_RECIPIENT}))[^\n@:<]{{3,80}}:[ \t]*ADDRESS",
        # In an SMTP dialogue.
        r"rcpt to:[ \t]*ADDRESS",
        # Behind a name.
        r"^(?![^\n]*(?:contact|assistance|help|question|send))[ \t*]*[^\n<>()@:]{1,60}[ \t]?(?=[<(])ADDRESS[ \t]*"
        r"(?:<mailto:[^>\n]*>)?[ \t]*$",
        r"(?:generated|expanded|forwarded) from:?[ \t]*ADDRESS",
        # In the answer of a server.
        r"^[^\n]{0,40}\b[45]\d\d[ \-][^\n]{0,80}?(?=<)ADDRESS",
        # In a sentence.
        rf"\b{_DELIVERING}\b[^\n@:]{{0,60}}?(?:,|\s(?:to|for|à|a|tới|đến|cho|an|user))\s+ADDRESS",
        r"\b(?:mail ?box|user|account|address|recipient)[ \t]+ADDRESS",
        r"(?<![^\s<(\"'])ADDRESS[ \t]*(?:is|was|has|does|did|could|cannot|can't|isn't|doesn't|not|user|unknown)\b",
        # Where the mail was addressed to.
        r"(?:^|\s)to:[^\n@]{0,60}?ADDRESS",
    )
)
_FURTHER = re.compile(rf"[ \t]*[,;]\s*{_OPEN}(?P<address>{_ADDRESS}){_CLOSE}(?=\s*(?:[,;]|$))", re.MULTILINE)
_BARE_NAME = re.compile(
    r"(?:recipient|address|user)[^\n]{0,160}(?:\n[^\n]{0,160})?:[ \t]*\n\s*(?P<name>[\w.+\-]{2,64})[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_ORIGIN = re.compile(
    r"\(?(?:(?:ultimately )?generated from|expanded from|forwarded from|originally addressed to|original address)"
    rf"\s*:?\s*{_OPEN}({_ADDRESS})",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"(?:post-?master|mailer-?daemon|mail-?daemon|abuse|hostmaster|webmaster|help-?desk|support|no-?reply)$", re.I
)
_DELAYED = any_of(DELAYED)


@dataclass(frozen=True, slots=True)
class _Named:
    """An address that the report names as a recipient, where, and where the mail went on to from there."""

    address: str
    start: int
    final: str = ""


@dataclass(frozen=True, slots=True)
class _Said:
    """A reason: its status code, "" if the words are not plain, and the line with a code."""

    status: str
    diagnostic: str

    @classmethod
    def in_text(cls, text: str, action: str) -> Self:
        line = next((line for line in text.splitlines() if code_in(line)), "")
        return cls(status_of(text, action), " ".join(line.split())[:500])


def names_recipients(candidate: Candidate) -> bool:
    """The text of the mail names somebody for whom a mail may have failed."""
    return bool(_named(candidate, report_and_copy(candidate.text)[0][:_MOST]))


def prose_statuses(candidate: Candidate) -> tuple[DeliveryStatus, ...]:
    """What the text says of each recipient that it names."""
    report = report_and_copy(candidate.text)[0][:_MOST]
    return _statuses(candidate, report, _failed_in_header(candidate, report) or _named(candidate, report))


def presumed_statuses(candidate: Candidate, returned: list[Returned]) -> tuple[DeliveryStatus, ...]:
    """The same for a text that names nobody in plain words, by the mail that came back."""
    report = report_and_copy(candidate.text)[0][:_MOST]
    return _statuses(candidate, report, _presumed(candidate, report, returned))


def _statuses(candidate: Candidate, report: str, named: list[_Named]) -> tuple[DeliveryStatus, ...]:
    if not named:
        return ()
    action = "delayed" if _DELAYED.search(f"{candidate.subject}\n{report}") else "failed"
    behind = report[max(one.start for one in named) :]
    for_all = _Said.in_text(behind if code_in(behind) else report, action)
    starts = sorted(one.start for one in named)
    return tuple(_status(one, _said_of(one, starts, report, action) or for_all, action) for one in named)


def _failed_in_header(candidate: Candidate, report: str) -> list[_Named]:
    """Exim names them in the header."""
    field = b",".join(candidate.fields.all("x-failed-recipients")).decode("utf-8", "replace")
    addresses = list(dict.fromkeys(one.strip(" <>") for one in field.split(",") if "@" in one))[:_MOST_RECIPIENTS]
    folded = report.casefold()
    return [_Named(one, max(0, folded.find(one.casefold()))) for one in addresses]


def _named(candidate: Candidate, report: str) -> list[_Named]:
    """The addresses found by the first form that finds any, those that the mail came to only if there are no others."""
    own = {one.address.casefold() for one in candidate.to}
    leftover: list[_Named] = []
    for form in _FORMS:
        found = list(islice(_eligible(form, report, candidate), _MOST_RECIPIENTS))
        others = [one for one in found if one.address.casefold() not in own]
        if others:
            return others
        leftover = leftover or found
    return leftover


def _eligible(form: re.Pattern[str], report: str, candidate: Candidate) -> Iterator[_Named]:
    sender = candidate.sender.address.casefold() if candidate.sender else ""
    seen = set()
    for match in _all_named(form, report):
        address = _cleaned(match["address"])
        key = address.casefold()
        if key == sender or key in seen or _NOBODY.match(address.partition("@")[0]):
            continue
        origin = _ORIGIN.search(report, match.end(), match.end() + 200)
        if origin and not re.search(r"\n[ \t]*\n|@", report[match.end() : origin.start()]):
            seen |= {key, _cleaned(origin[1]).casefold()}
            yield _Named(_cleaned(origin[1]), match.start(), address)
        else:
            seen.add(key)
            yield _Named(address, match.start())


def _all_named(form: re.Pattern[str], report: str) -> Iterator[re.Match[str]]:
    """Each address that stands where the form says, and those behind it in the same list."""
    for match in form.finditer(report):
        named: re.Match[str] | None = match
        while named:
            yield named
            named = _FURTHER.match(report, named.end())


def _cleaned(address: str) -> str:
    local, at, domain = address.rstrip(".!?*").rpartition("@")
    return f"{local}{at}{domain.lower()}"


def _presumed(candidate: Candidate, report: str, returned: list[Returned]) -> list[_Named]:
    """A recipient of the mail that came back, if the report names it or if it is the only one; else a bare name."""
    addressed = list(dict.fromkeys(one for mail in returned for one in mail.recipients))
    folded = report.casefold()
    named = [one for one in addressed if one.casefold() in folded]
    if named or len(addressed) == 1:
        return [_Named(one, max(0, folded.find(one.casefold()))) for one in named or addressed]
    bare = _BARE_NAME.search(report)
    if bare is None or candidate.sender is None:
        return []
    # A name without a domain is one of the system that writes.
    return [_Named(f"{bare['name']}@{candidate.sender.address.rpartition('@')[2].lower()}", bare.start("name"))]


def _status(one: _Named, said: _Said, action: str) -> DeliveryStatus:
    permanent = is_permanent(action, said.status)
    return DeliveryStatus(one.address, action, said.status, permanent, said.diagnostic, one.final)


def _said_of(one: _Named, starts: list[int], report: str, action: str) -> _Said | None:
    """The reason given for this recipient alone: beside its address, or below it."""
    following = bisect_right(starts, one.start)
    block = report[one.start : starts[following] if following < len(starts) else len(report)][:_BLOCK]
    mentions = re.finditer(re.escape(one.final or one.address), report)
    for text in (*(_window(report, found.start()) for found in islice(mentions, 10)), block):
        if code_in(text):
            return _Said.in_text(text, action)
    said = _Said.in_text(block, action)
    return said if said.status else None


def _window(report: str, position: int) -> str:
    """The line, with the lines below it that go on with it, as one."""
    begins = report.rfind("\n", 0, position) + 1
    lines = report[begins : begins + _WINDOW].split("\n")
    following = takewhile(lambda line: line[:1].isspace() and line.strip(), lines[1:])
    return " ".join([lines[0], *map(str.strip, following)])
