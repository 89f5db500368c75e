"""The book of mails: a search over all of them, and one mail with all that was read from it and all that it led to."""

from datetime import datetime
from functools import partial
from urllib.parse import urlencode

from starlette.responses import Response

from intake.errors import ConfigError
from intake.office.deciding import correct, reopen
from intake.office.explaining import explain_mail
from intake.office.mailbook import find_mails
from intake.office.showing import leaves
from intake.office.teaching import Lesson, decide_and_learn
from intake.office.typed import first_instant, if_given, last_instant
from intake.office.undoing import has_decision_about, undo_last
from intake.store.search import Sought
from intake.web.choice_form import choice_of
from intake.web.visit import Visit

DISPOSITIONS = ("waiting", "report", "incident", "directive", "review", "quarantined", "duplicate", "automatic", "dsn")


def show_list(visit: Visit) -> Response:
    asked = {name: visit.asked(name)[:200] for name in ("q", "is", "agency", "from", "to")}
    sought = Sought(
        disposition=asked["is"] if asked["is"] in DISPOSITIONS else "",
        agency=asked["agency"],
        first=_day(visit, asked["from"], is_last=False),
        last=_day(visit, asked["to"], is_last=True),
    )
    return visit.page(
        "mails",
        found=find_mails(visit.desk, asked["q"], sought, visit.number("page", 1)),
        asked=asked,
        this=f"/mail?{urlencode({name: value for name, value in asked.items() if value})}",
        dispositions=DISPOSITIONS,
        agencies=[(one.code, one.name) for one in visit.desk.directory.agencies.values()],
    )


def show(visit: Visit, problem: str = "") -> Response:
    number = visit.number("id")
    explained = explain_mail(visit.desk, number)
    return visit.page(
        "mail",
        409 if problem else 200,
        mail=explained,
        case=explained.case,
        leaves=leaves(visit.desk, number),
        can_undo=has_decision_about(visit.desk, number),
        agencies=[(one.code, one.name) for one in visit.desk.directory.agencies.values()],
        types=[(one.code, one.name) for one in visit.desk.directory.report_types.values()],
        problem=problem,
    )


def reopen_it(visit: Visit) -> Response:
    """Takes the mail back to the queue with all that was recorded of it."""
    number = visit.number("id")
    try:
        reopen(visit.desk, number, visit.who, visit.told("why"))
    except ConfigError as cause:
        return show(visit, cause.sentence)
    return visit.see(f"/review/{number}")


def correct_it(visit: Visit) -> Response:
    """Books the mail otherwise; whoever was told otherwise gets a correction."""
    number = visit.number("id")
    try:
        choice = choice_of(visit)
        lesson = Lesson(choice, visit.told("learn_sender") == "yes", visit.told("learn_alias"))
        decision = partial(correct, visit.desk, number, choice, visit.who, visit.told("why"))
        decide_and_learn(visit.desk, number, lesson, visit.who, decision)
    except ConfigError as cause:
        return show(visit, cause.sentence)
    return visit.see(f"/mail/{number}")


def undo_it(visit: Visit) -> Response:
    """Takes the last decision about the mail back."""
    try:
        undo_last(visit.desk, visit.number("id"), visit.who, visit.told("why"))
    except ConfigError as cause:
        return show(visit, cause.sentence)
    return visit.see(f"/mail/{visit.number('id')}")


def _day(visit: Visit, text: str, *, is_last: bool) -> datetime | None:
    """A day of the search; what is no day asks for all."""
    try:
        return if_given(last_instant if is_last else first_instant, text, visit.desk.zone)
    except ConfigError:
        return None
