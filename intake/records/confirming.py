"""That a directive has come: any mail of the agency in its thread or with its code says so, a plain "đã nhận" too."""

import re

from intake.records.case import Case
from intake.records.replies import REFERENCE
from intake.rules.urgent.asked import only_confirms, sender_agency, withholds_receipt
from intake.store.directives import directives_named

_CODE = re.compile(r"\b(?:CD|CĐ)\s?-\s?(\d{1,6})\b", re.IGNORECASE)


def confirm_directives(case: Case) -> str:
    """Notes the confirmation. The codes of the directives where the mail says no more than that, else ""."""
    desk, message = case.desk, case.reading.message
    agency = sender_agency(case.reading, desk.directory, case.received_at)
    if not agency or case.why_doubt_sender or withholds_receipt(case.reading):
        return ""
    codes = [int(one) for one in _CODE.findall(f"{message.subject}\n{message.own_text}")]
    ids = [one for one in (message.in_reply_to, *message.references) if one]
    references = REFERENCE.findall(message.subject.upper())
    named = directives_named(case.session, agency, ids, references, codes) if codes or ids or references else []
    for one in named:
        if one.demand.status == "open":
            one.demand.status, one.demand.next_step_at = "answered", None
            one.demand.answered_at, one.demand.message_id = case.message.received_at, case.message.id
    return ", ".join(one.directive.code for one in named) if only_confirms(case.reading) else ""
