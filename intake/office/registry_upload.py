"""A registry in two steps: what a workbook would change is shown first, and takes effect only when that is confirmed.

Between the steps the workbook waits on the disk under a token that nobody can guess.
"""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass

from intake.desk import REGISTRY_LOADED, Desk
from intake.errors import ConfigError
from intake.office.registry_loading import changes_by, load_registry
from intake.office.registry_preview import deadline_changes
from intake.office.waiting_room import WaitingRoom
from intake.registry import read_registry
from intake.registry.apart import MOST_BYTES, read_apart
from intake.store.obligations import milestone

LOST = "this workbook waits no longer: upload it again"
_ROOM = WaitingRoom("registry", LOST)


@dataclass(frozen=True, slots=True)
class Offered:
    """What loading would change, with the deadlines that would move; `token` loads it."""

    token: str
    agencies: int
    contacts: int
    report_types: int
    changes: Sequence[str]
    deadlines: Sequence[str]


def offer(desk: Desk, content: bytes, who: str) -> Offered:
    """Reads an uploaded workbook and says what it would change. Raises `RegistryError` with every mistake."""
    if not 0 < len(content) <= MOST_BYTES:
        raise ConfigError(f"a registry's workbook has at most {MOST_BYTES:,} bytes")
    token, folder = _ROOM.new()
    try:
        (folder / "registry.xlsx").write_bytes(content)
        registry = read_apart(folder / "registry.xlsx", folder / "csv", set(desk.config.policies))
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    (folder / "base").write_text(f"{registry_mark(desk)}\n{who}", encoding="utf-8")
    changes, deadlines = changes_by(desk, registry), list(deadline_changes(desk, registry))
    counts = len(registry.agencies), len(registry.contacts), len(registry.report_types)
    return Offered(token, *counts, changes, deadlines)


def confirm(desk: Desk, token: str, who: str) -> list[str]:
    """Loads what was offered to this person under the token, and says what changed.

    Raises `ConfigError` where it waits no longer, or where the registry has changed since it was shown.
    """
    folder = _ROOM.folder(token)
    if not (folder / "base").is_file():
        raise ConfigError(LOST)
    mark, _, offered_to = (folder / "base").read_text(encoding="utf-8").partition("\n")
    if offered_to != who:
        raise ConfigError("somebody else uploaded this workbook: upload it yourself")
    if mark != registry_mark(desk):
        raise ConfigError("the registry has changed since the differences were shown: upload the workbook again")
    changes = load_registry(desk, read_registry(folder / "csv", set(desk.config.policies)), who)
    shutil.rmtree(folder, ignore_errors=True)
    return changes


def registry_mark(desk: Desk) -> str:
    """What changes with every change of the registry, also when something is learnt."""
    with desk.database.reading() as session:
        changed_at = milestone(session, REGISTRY_LOADED)
    return changed_at.isoformat() if changed_at else ""
