"""The candidates that a person is shown for a mail, each with what speaks for it and what against it."""

from collections.abc import Sequence

from intake.records.case import Case
from intake.records.replies import replies_in
from intake.rules.matching.weighing import weigh
from intake.rules.verdicts import Suggestion


def suggest(case: Case, candidates: Sequence[Suggestion]) -> None:
    told = [obligation for reply in replies_in(case.session, case.reading.message) for obligation in reply.obligations]
    weighed = weigh(case.reading, case.desk.directory, case.received_at.date(), told, candidates)
    case.message.suggestions = [
        {
            "agency": one.candidate.agency,
            "report_type": one.candidate.report_type,
            "period": one.candidate.period,
            "for": list(one.pros),
            "against": list(one.cons),
        }
        for one in weighed
    ]
