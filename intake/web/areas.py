"""The parts of the console, as the navigation names them, in its order. The texts `areas.<name>` are their words."""

from dataclasses import dataclass

from intake.model import UserRole


@dataclass(frozen=True, slots=True)
class Area:
    name: str
    path: str
    role: UserRole = "viewer"


AREAS: tuple[Area, ...] = (
    Area("board", "/board"),
    Area("review", "/review"),
    Area("mail", "/mail"),
    Area("incidents", "/incidents"),
    Area("directives", "/directives"),
    Area("statistics", "/statistics"),
    Area("outgoing", "/outgoing"),
    Area("registry", "/registry"),
    Area("templates", "/templates"),
    Area("health", "/health"),
)
