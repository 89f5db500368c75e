"""The review desk: the queue, one case with what it may be, and the decision. The commands call the same functions."""

from collections.abc import Callable
from functools import partial

from starlette.responses import Response

from intake.config import CATEGORIES
from intake.errors import ConfigError, IntakeError
from intake.office import requests
from intake.office.cases import case_numbered
from intake.office.deciding import accept, dismiss, mark_incident
from intake.office.incidents import incident_lines
from intake.office.queue import next_after, queue
from intake.office.rematching import settle, would_settle
from intake.office.review import replay
from intake.office.showing import leaves
from intake.office.teaching import Lesson, SenderLesson, decide_and_learn, sender_lessons
from intake.office.typed import if_given, late_moment
from intake.office.undoing import undo_last
from intake.web.choice_form import choice_of
from intake.web.visit import Visit


def show_queue(visit: Visit) -> Response:
    return visit.page("review", waits=queue(visit.desk), settled=visit.number("settled"))


def show(visit: Visit, problem: str = "") -> Response:
    """One case; a mail that no longer waits is shown among the mails."""
    number = visit.number("id")
    case = case_numbered(visit.desk, number)
    if not case.waits and not problem:
        return visit.see(f"/mail/{number}")
    agencies = list(dict.fromkeys(one.agency for one in case.candidates if one.agency))
    return visit.page(
        "case",
        409 if problem else 200,
        case=case,
        leaves=leaves(visit.desk, number),
        lessons=_lessons(visit, number, agencies) if case.disposition == "review" else {},
        agencies=[(one.code, one.name) for one in visit.desk.directory.agencies.values()],
        types=[(one.code, one.name) for one in visit.desk.directory.report_types.values()],
        categories=CATEGORIES,
        incidents=[one for one in incident_lines(visit.desk) if one["status"] == "open"],
        following=next_after(visit.desk, number),
        settled=visit.number("settled"),
        problem=problem,
    )


def _lessons(visit: Visit, number: int, agencies: list[str]) -> dict[str, SenderLesson]:
    """What could be learnt; a mail that cannot be read again teaches nothing."""
    try:
        return sender_lessons(visit.desk, number, agencies)
    except IntakeError:
        return {}


def accept_as(visit: Visit) -> Response:
    """Files the mail as the reports that the form names, and learns what is ticked."""

    def act(number: int) -> list[str]:
        choice = choice_of(visit)
        lesson = Lesson(choice, visit.told("learn_sender") == "yes", visit.told("learn_alias"))
        decision = partial(accept, visit.desk, number, choice, visit.who)
        return decide_and_learn(visit.desk, number, lesson, visit.who, decision)[1]

    return _decided(visit, act)


def dismiss_it(visit: Visit) -> Response:
    return _decided(visit, lambda number: dismiss(visit.desk, number, _why(visit), visit.who))


def mark_as_incident(visit: Visit) -> Response:
    """A new urgent matter of a category, or a report of a known one."""
    joins, category = visit.told("joins"), visit.told("category")

    def act(number: int) -> None:
        mark_incident(
            visit.desk,
            number,
            visit.who,
            category="" if joins else category,
            joins=int(joins) if joins.isdecimal() else None,
            agency=visit.told("agency"),
            title=visit.told("title"),
        )

    return _decided(visit, act)


def answer_request(visit: Visit) -> Response:
    """Grants or refuses the later deadline, or the waiver, that the mail asks for."""

    def act(number: int) -> object:
        if visit.told("answer") == "refuse":
            return requests.refuse(visit.desk, number, visit.who, _why(visit))
        about = requests.About(visit.told("type"), visit.told("period")) if visit.told("type") else None
        if visit.told("kind") == "waiver":
            return requests.grant_waiver(visit.desk, number, visit.who, visit.told("why"), about)
        until = if_given(late_moment, visit.told("until"), visit.desk.zone)
        return requests.grant_extension(visit.desk, number, visit.who, visit.told("why"), until, about)

    return _decided(visit, act)


def undo(visit: Visit) -> Response:
    """Takes the last decision about the mail back; it is looked at again at once."""
    undo_last(visit.desk, visit.number("id"), visit.who, visit.told("why"))
    return visit.see(f"/review/{visit.number('id')}")


def try_again(visit: Visit) -> Response:
    """Processes a mail again that failed."""
    return _decided(visit, lambda number: replay(visit.desk, number))


def show_learnt(visit: Visit) -> Response:
    """What else in the queue the registry would settle by now."""
    return visit.page("learnt", outcomes=[one.as_json(visit.desk.zone) for one in would_settle(visit.desk)])


def settle_learnt(visit: Visit) -> Response:
    settle(visit.desk)
    return visit.see("/review")


def _why(visit: Visit) -> str:
    if not visit.told("why"):
        raise ConfigError("say why")
    return visit.told("why")


def _decided(visit: Visit, act: Callable[[int], object]) -> Response:
    """Decides, and goes on to the next case; what cannot be done is said on the case itself."""
    number = visit.number("id")
    try:
        learnt = act(number)
    except ConfigError as cause:
        return show(visit, cause.sentence)
    if isinstance(learnt, list) and learnt and all(isinstance(one, str) for one in learnt):
        return visit.see("/review/learnt")
    following = next_after(visit.desk, number)
    return visit.see(f"/review/{following}" if following else "/review", settled=number)
