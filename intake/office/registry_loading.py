"""A registry read from its files in; the stored registry made equal to it, in one commit."""

from intake.desk import REGISTRY_LOADED, Desk
from intake.registry import Registry, differences
from intake.store import audit
from intake.store.obligations import advance_milestone
from intake.store.registry_rows import current_registry, replace_registry


def stored_registry(desk: Desk) -> Registry:
    """The registry in force."""
    with desk.database.reading() as session:
        return Registry(*current_registry(session))


def load_registry(desk: Desk, registry: Registry, who: str = audit.SERVICE) -> list[str]:
    """Takes the registry over, and says in words what changed. Obligations follow at the next pass."""
    changes = differences(stored_registry(desk), registry)
    if changes:
        with desk.database.writing() as session:
            replace_registry(session, registry.agencies, registry.contacts, registry.report_types, desk.now)
            advance_milestone(session, REGISTRY_LOADED, desk.now)
            audit.record(session, desk.now, "registry loaded", "registry", who=who, after={"changes": changes})
        desk.look_at_registry()
    return changes
