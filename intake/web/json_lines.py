"""Lines as `--json` prints them, for pages: their moments as moments, also in the lines within them."""

from datetime import datetime
from typing import Any


def with_moments(line: dict[str, Any]) -> dict[str, Any]:
    return {name: _shown(name, value) for name, value in line.items()}


def _shown(name: str, value: Any) -> Any:
    if isinstance(value, list):
        return [with_moments(one) if isinstance(one, dict) else one for one in value]
    is_moment = isinstance(value, str) and (name.endswith("_at") or name == "confirm_by")
    return datetime.fromisoformat(value) if is_moment else value
