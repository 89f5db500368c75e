"""What a line of the table of pages is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from starlette.responses import Response

from intake.model import UserRole
from intake.web.visit import Visit

Endpoint = Callable[[Visit], Response]
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Page:
    """One page, or one form that changes something. `area` is the entry of the navigation that it belongs to."""

    path: str
    endpoint: Endpoint
    role: UserRole | Literal["anyone"]
    method: Literal["GET", "POST"] = "GET"
    area: str = ""
    most_bytes: int = MEGABYTE
