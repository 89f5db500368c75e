"""May a mail be answered, and to which address? Only ever to its From address, and never where a loop could start.

A stranger is written to only if our own server vouches for the sender: From fields are forged.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from authres import AuthenticationResultsHeader, AuthResError

from intake.mail.parsed import ParsedMessage
from intake.rules.language.text import fold_letters
from intake.rules.names.directory import Directory

_MACHINE = re.compile(
    r"(mailer-daemon|postmaster|majordomo|listserv|bounces?([-+.=].*)?|.*-(bounces|owner|request)|owner-.*"
    r"|(.*[._-])?(no[._-]?reply|do[._-]?not[._-]?reply|khong[._-]?tra[._-]?loi)([._+-].*)?)",
    re.IGNORECASE,
)
# What a program writes of its own mail where no field says so.
_SAYS_AUTOMATIC = re.compile(
    r"\bday la (?:thu|email|tin|tin nhan) (?:duoc )?(?:(?:gui|tra loi|phan hoi|tao) )?tu dong\b"
    r"|\b(?:thu|email|tin|tin nhan) nay (?:duoc )?(?:he thong )?(?:gui|tra loi|phan hoi|tao) (?:ra )?tu dong\b"
    r"|\((?:thu|email|tin nhan) (?:(?:tra loi|phan hoi) )?tu dong\b"
    r"|\b(?:vui long|xin|de nghi) (?:khong|dung) (?:tra loi|phan hoi|hoi dap) (?:lai )?(?:thu|email|tin nhan) nay\b"
    r"|\bdo not reply to this\b|\bthis is an automat(?:ed|ic)\b|\bautomatically generated\b"
)
_FIRST_WORD = re.compile(r"[^\s;]+")
_SPF_FAILED = re.compile(
    r"\s*fail\s*\((?P<server>[\w.-]+):\s*domain of\s+(?:\S*@)?(?P<domain>[\w-]+(?:\.[\w-]+)+)\s", re.IGNORECASE
)
_MOST_READ = 5_000
# Only the very domain counts here; a relaxed alignment is for the server to find, which then says dmarc=pass.
_DOMAIN_PROPERTIES = {
    "dkim": (("header", "d"), ("header", "i")),
    "spf": (("smtp", "mailfrom"),),
    "dmarc": (("header", "from"),),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """The address to write to, or None. `reason` says why, for the log and for the person who asks."""

    address: str | None
    reason: str


def answer_to(
    message: ParsedMessage,
    agency: str | None,
    directory: Directory,
    own_addresses: Collection[str],
    authserv_id: str,
    *,
    recorded: bool = False,
) -> Answer:
    """Where an acknowledgment of this mail may go. `agency` is the one it was booked for, if any.

    `authserv_id` is how our own server signs its Authentication-Results (RFC 8601); "" if none of ours does. What was
    `recorded` of a mail is receipted also where its sender asks programs not to answer: document systems set that on
    whatever they send, and a receipt is owed for a report.
    """
    address = message.sender.address if message.sender else ""
    if silence := _why_silent(message, address, own_addresses):
        return Answer(None, silence)
    if message.wants_no_answer and not recorded:
        return Answer(None, "its sender asks programs not to answer")
    if not (recorded or message.attachments) and says_it_is_automatic(message):
        return Answer(None, "it says itself that a program wrote it")
    if agency is not None and agency in directory.agencies_of(address):
        return Answer(address, f"{address} belongs to {agency}")
    if is_vouched_for(message, authserv_id):
        return Answer(address, f"our mail server vouches for {address}")
    return Answer(None, f"{address} is not an address of the agency, and our mail server does not vouch for it")


def says_it_is_automatic(message: ParsedMessage) -> bool:
    """Whether its own words say that a program wrote it, or that nobody reads an answer."""
    return _SAYS_AUTOMATIC.search(fold_letters(message.own_text[:_MOST_READ])) is not None


def is_vouched_for(message: ParsedMessage, authserv_id: str) -> bool:
    """Whether our own server found that the mail comes from the domain of its From address."""
    domain = _from_domain(message)
    results = _own_results(message.authentication_results, authserv_id)
    return bool(domain) and any(_passed_domain(result) == domain for result in results)


def why_doubt_sender(message: ParsedMessage, authserv_id: str) -> str:
    """Why the From address may not be the sender's, so that nothing is booked by it; "" where nothing says so.

    A mail has one From field (RFC 5322, section 3.6), and one sender. Our own server may have found that its domain
    disowns the mail. Nothing is gained by forging that, so where no `authserv_id` is declared the server that took the
    mail is believed.
    """
    if any(defect.startswith("more than one from ") for defect in message.defects):
        return "the mail names more than one From address: who sent it is not certain"
    results = _own_results(message.authentication_results, authserv_id or _server_in(message))
    if failed := _disowned_by(results, _from_domain(message)) or ("" if results else _older_field(message)):
        return f"our own mail server found that the sender's domain disowns the mail ({failed}=fail)"
    return ""


def _from_domain(message: ParsedMessage) -> str:
    return message.sender.address.rpartition("@")[2].casefold() if message.sender else ""


def _server_in(message: ParsedMessage) -> str:
    """The name of the topmost results that are those of the server that took the mail, or of its domain."""
    by = message.received_by
    names = (found[0].casefold() for field in message.authentication_results if (found := _FIRST_WORD.search(field)))
    return next((one for one in names if by and _of_one_house(one, by)), "")


def _older_field(message: ParsedMessage) -> str:
    """SPF as the server that took the mail told it before there were results of all checks (RFC 7208, section 9.1)."""
    found = _SPF_FAILED.match(next(iter(message.received_spf), ""))
    if not (found and message.received_by and _of_one_house(found["server"].casefold(), message.received_by)):
        return ""
    return "spf" if found["domain"].casefold() == _from_domain(message) else ""


def _of_one_house(name: str, by: str) -> bool:
    domain = by.partition(".")[2]
    return name == by or ("." in domain and domain in (name, name.partition(".")[2]))


def _disowned_by(results: Sequence[Any], domain: str) -> str:
    """The check by which the From domain disowns the mail: DMARC, or one of its own that failed while none passed."""
    failed = {_method(one): one for one in results if str(one.result).casefold() == "fail"}
    if "dmarc" in failed:
        return "dmarc"
    if any(_passed_domain(one) == domain for one in results):
        return ""
    return next((method for method, one in failed.items() if domain and _domain_of(one) == domain), "")


def _why_silent(message: ParsedMessage, address: str, own_addresses: Collection[str]) -> str:
    local_part, at, domain = address.rpartition("@")
    if not (local_part and at and domain):
        return "the mail has no From address to write to"
    if message.kind != "mail":
        return "automatic mail is never answered"
    if message.return_path == "":
        return "the reverse-path is null: its sender wants no answer"
    if message.from_list:
        return "the mail came through a mailing list"
    if address.casefold() in {own.casefold() for own in own_addresses}:
        return "the mail comes from ourselves"
    if _MACHINE.fullmatch(local_part):
        return f"nobody reads {address}"
    return ""


def _own_results(fields: tuple[str, ...], authserv_id: str) -> list[Any]:
    """The results of the topmost field that our server wrote; those below may have been forged by the sender."""
    for field in fields if authserv_id else ():
        try:
            header = AuthenticationResultsHeader.parse(f"Authentication-Results: {field}")
        except AuthResError:
            # It may have been ours, and then what stands below it is not to be believed.
            return []
        if header.authserv_id.casefold() == authserv_id.casefold():
            return list(header.results)
    return []


def _method(result: Any) -> str:
    return str(result.method).casefold()


def _passed_domain(result: Any) -> str | None:
    """The domain that a passed check stands for: the one that signed, that may send, or whose policy was met."""
    return _domain_of(result) if str(result.result).casefold() == "pass" else None


def _domain_of(result: Any) -> str | None:
    """The domain that a check was about."""
    names = _DOMAIN_PROPERTIES.get(_method(result), ())
    values = {(found.type, found.name): found.value for found in result.properties}
    stated = next((values[name] for name in names if values.get(name)), "")
    return stated.rpartition("@")[2].casefold() or None
