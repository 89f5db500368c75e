"""One's own account: name, role, and another password."""

from starlette.responses import Response

from intake.errors import ConfigError
from intake.office.signing_in import Refused, sign_in
from intake.office.users import SHORTEST_PASSWORD, set_password
from intake.web.visit import Visit


def show(visit: Visit, problem: str = "") -> Response:
    return visit.page("account", 409 if problem else 200, problem=problem, shortest=SHORTEST_PASSWORD)


def change_password(visit: Visit) -> Response:
    """Sets another password, for whoever knows the present one; every browser signs in anew with it."""
    address = visit.request.client.host if visit.request.client else ""
    if isinstance(sign_in(visit.desk, visit.who, visit.told("present"), address), Refused):
        return show(visit, "present")
    if visit.told("password") != visit.told("again"):
        return show(visit, "again")
    try:
        set_password(visit.desk, visit.who, visit.told("password"), visit.who)
    except ConfigError:
        return show(visit, "short")
    return visit.see("/sign-in")
