"""What a mail answers: our earlier notices that it names by Message-ID or by reference code."""

import re
from collections import defaultdict

from intake.mail.parsed import ParsedMessage
from intake.model import Notice
from intake.notices import Share
from intake.rules.matching.match import Reply
from intake.store.demands import demand_told_by
from intake.store.directives import directive_numbered
from intake.store.engine import Session
from intake.store.outbox import notices_of, steps_told
from intake.store.submissions import submissions_from

REFERENCE = re.compile(r"\[(BC-[0-9A-Z]{4,12})\]")


# What answers a mail by itself; a reminder is answered by people.
OWN_ANSWERS = ("acknowledgment", "incomplete", "under_review", "refusal", "secrecy_refusal")


def answers_our_answer(session: Session, message: ParsedMessage) -> bool:
    """Whether the mail names one of our own answers as the one it replies to."""
    named = [message.in_reply_to] if message.in_reply_to else list(message.references[-1:])
    return bool(named) and any(one.name in OWN_ANSWERS for one in notices_of(session, named, []))


def replies_in(session: Session, message: ParsedMessage) -> list[Reply]:
    """For each agency that our named notices went to: the obligations that they spoke of, as (type, period)."""
    mail_ids = [one for one in (message.in_reply_to, *message.references) if one]
    references = REFERENCE.findall(message.subject.upper())
    spoken: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for notice in notices_of(session, mail_ids, references) if mail_ids or references else ():
        # A copy of another agency's report asks nothing of those who got it.
        if notice.agency_code and notice.name != Share.name:
            spoken[notice.agency_code] |= _spoken_of(session, notice)
    return [Reply(agency, tuple(sorted(obligations))) for agency, obligations in sorted(spoken.items())]


def _spoken_of(session: Session, notice: Notice) -> set[tuple[str, str]]:
    told = {(one.report_type_code, one.period) for _, one in steps_told(session, notice.id)}
    if (demanded := demand_told_by(session, notice.id)) and demanded[1].directive_id is not None:
        directive = directive_numbered(session, demanded[1].directive_id)
        told |= {(directive.report_type_code, directive.code)} if directive.report_type_code else set()
    if notice.message_id is None:
        return told
    return told | {(one.report_type_code, one.period) for _, one in submissions_from(session, notice.message_id)}
