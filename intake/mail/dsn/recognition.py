"""Whether a mail is a delivery status notification: an RFC 3464 report, or written by a mail system in words.

A person who writes that a mail came back writes no notification: words alone count only together with who wrote them.
"""

import re
from collections.abc import Iterator

from intake.mail.dsn.candidate import Candidate
from intake.mail.dsn.prose import names_recipients
from intake.mail.dsn.returned import report_and_copy
from intake.mail.dsn.wording import MAIL, NOT_DELIVERED, OPENINGS, SUBJECTS, SYSTEM_NAMES, any_of
from intake.mail.structure import Part

STATUS_TYPES = ("message/delivery-status", "message/global-delivery-status")
_SYSTEM = re.compile(
    r"""(?:mail(?:er)?[-_.]?daemon | (?:post[-_.]?master|mdaemon)(?=$|[-_.\d]) | ndr$ | bounces?(?:$|[-_.+])
      | mail[-_.]?(?:er|system|server|robot|admin(?:istrator)?)$ | mail[-_.]?delivery | microsoftexchange
      | system[-_. ]?administrator | (?:smtp|e?mail)[-_.]?(?:gateway|server|service))""",
    re.IGNORECASE | re.VERBOSE,
)
_SYSTEM_NAME = any_of(SYSTEM_NAMES, before=r"\W*")
_SUBJECT = any_of(
    SUBJECTS,
    before=r"\s*(?:\[[^\]]{1,40}\]\s*)?\W*"
    r"(?:(?:mail|email|e-mail|message|smtp|permanent|temporary|automatic|fatal|final|local|system)\W+){0,3}",
)
_NOT_DELIVERED = any_of(NOT_DELIVERED)
_OPENING = any_of(OPENINGS, before=r"\W*")
_OF_MAIL = any_of(MAIL)
_ANSWER = re.compile(r"\s*(?:re|fwd?|tr|aw|wg|vs|sv|antw|tl|trả lời|chuyển tiếp)\s*(?:\[\d+\])?:", re.IGNORECASE)
_HEAD = 6000
_NO_DOCUMENTS = (".eml", ".msg", ".txt", ".p7s", ".asc")


def is_delivery_status(candidate: Candidate) -> bool:
    """The mail notifies of what became of another mail, of ours or not."""
    return (
        _is_report(candidate)
        or _is_refusing_receipt(candidate)
        or "x-failed-recipients" in candidate.fields
        or _is_in_words(candidate)
    )


def _is_report(candidate: Candidate) -> bool:
    root = candidate.root
    if root.content_type == "multipart/report" and root.parameters.get("report-type", "").lower() == "delivery-status":
        return True
    if not any(part.content_type in STATUS_TYPES for part in _all_parts(root)):
        return False
    # A person may pass a bounce on with all its parts.
    return _is_from_system(candidate) or not _ANSWER.match(candidate.subject)


def _all_parts(part: Part) -> Iterator[Part]:
    yield part
    for child in part.parts:
        yield from _all_parts(child)


def _is_refusing_receipt(candidate: Candidate) -> bool:
    """A receipt (RFC 8098) that tells of no reading but of a refusal, as a Sieve script writes it (RFC 5429)."""
    receipt = candidate.root.parameters.get("report-type", "").lower() == "disposition-notification"
    return receipt and b"(rejected" in candidate.fields.first("auto-submitted").lower()


def _is_in_words(candidate: Candidate) -> bool:
    by_system = _is_from_system(candidate) and not _ANSWER.match(candidate.subject)
    subject_says = bool(_SUBJECT.match(candidate.subject))
    if _carries_a_document(candidate):
        return False
    if by_system and subject_says:
        return True
    if not (by_system or subject_says):
        return bool(_OPENING.match(candidate.text)) and names_recipients(candidate)
    report, copy = report_and_copy(candidate.text)
    if not _NOT_DELIVERED.search(report, 0, _HEAD):
        return False
    if by_system:
        return _is_unattended(candidate) or bool(copy) or names_recipients(candidate)
    # Parcels are delivered, too.
    speaks_of_mail = _OF_MAIL.search(f"{candidate.subject}\n{report[:500]}")
    return bool(speaks_of_mail) and (_is_unattended(candidate) or names_recipients(candidate))


def _carries_a_document(candidate: Candidate) -> bool:
    """A mail system sends mails back, no documents of its own. Who sends some may be a person with an odd address."""
    return any(
        not one.content_type.startswith(("message/", "text/", "image/"))
        and bool(one.filename)
        and not one.filename.lower().endswith(_NO_DOCUMENTS)
        for one in candidate.attachments
    )


def _is_from_system(candidate: Candidate) -> bool:
    sender = candidate.sender
    if sender is None or not sender.address.strip("<>"):
        return "from" in candidate.fields
    return bool(_SYSTEM.match(sender.address.partition("@")[0].strip('"'))) or bool(_SYSTEM_NAME.match(sender.name))


def _is_unattended(candidate: Candidate) -> bool:
    """Nobody wants an answer: the null reverse-path, or a mail that says it was made by a machine."""
    submitted = candidate.fields.first("auto-submitted").strip().lower()
    return candidate.fields.first("return-path").strip() == b"<>" or submitted.startswith(b"auto")
