"""What leaves: the queue, what was sent, failed or came back; each mail as it was sent; the switch for all of it."""

from starlette.responses import Response

from intake.errors import ConfigError
from intake.office.outgoing import notice_mail, outgoing
from intake.office.review import dismiss_notice, retry_notice
from intake.office.sending import pause_sending, resume_sending
from intake.web.mail_frame import FRAMED_MAIL, kept_mail
from intake.web.visit import Visit


def show_list(visit: Visit, problem: str = "") -> Response:
    stage = visit.asked("stage") or "waiting"
    found = outgoing(visit.desk, stage, visit.asked("q"), visit.number("page", 1))
    return visit.page("outgoing", 409 if problem else 200, found=found, problem=problem)


def show(visit: Visit, problem: str = "") -> Response:
    mail = notice_mail(visit.desk, visit.number("id"))
    return visit.page("notice", 409 if problem else 200, mail=mail, problem=problem)


def framed_html(visit: Visit) -> Response:
    """The mail's HTML part as its recipient sees it, in a frame that can do nothing."""
    answer = visit.page("mail_frame", html=notice_mail(visit.desk, visit.number("id")).html)
    answer.headers.update(FRAMED_MAIL)
    return answer


def original(visit: Visit) -> Response:
    number = visit.number("id")
    return kept_mail(notice_mail(visit.desk, number).raw, f"notice-{number}.eml")


def try_again(visit: Visit) -> Response:
    """Queues a notice again that failed or came back."""
    number = visit.number("id")
    try:
        retry_notice(visit.desk, number, visit.who)
    except ConfigError as cause:
        return show(visit, cause.sentence)
    return visit.see(f"/outgoing/{number}")


def settle(visit: Visit) -> Response:
    """Somebody has seen to it in another way."""
    number = visit.number("id")
    try:
        dismiss_notice(visit.desk, number, visit.told("why"), visit.who)
    except ConfigError as cause:
        return show(visit, cause.sentence)
    return visit.see("/outgoing", stage="failed")


def pause_all(visit: Visit) -> Response:
    try:
        pause_sending(visit.desk, visit.who, visit.told("why"))
    except ConfigError as cause:
        return show_list(visit, cause.sentence)
    return visit.see("/outgoing")


def resume_all(visit: Visit) -> Response:
    try:
        resume_sending(visit.desk, visit.who, visit.told("why"))
    except ConfigError as cause:
        return show_list(visit, cause.sentence)
    return visit.see("/outgoing")
