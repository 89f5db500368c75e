"""A registry read from its files in; the stored registry made equal to it, in one commit."""

from collections.abc import Iterator

from intake.desk import Desk
from intake.model import AuditEvent
from intake.office.undoing import ABOUT_REGISTRY, is_taken_back
from intake.records.new_contacts import look_for_new_contacts
from intake.registry import Registry, differences
from intake.store import audit
from intake.store.registry_rows import current_registry, replace_registry


def stored_registry(desk: Desk) -> Registry:
    """The registry in force."""
    with desk.database.reading() as session:
        return Registry(*current_registry(session))


def changes_by(desk: Desk, registry: Registry) -> list[str]:
    """What loading a registry would change, a sentence each; what people had taught and it does not have, too."""
    stored = stored_registry(desk)
    return [*differences(stored, registry), *_forgotten(desk, stored, registry)]


def load_registry(desk: Desk, registry: Registry, who: str = audit.SERVICE) -> list[str]:
    """Takes the registry over, and says in words what changed. Obligations follow at the next pass."""
    changes = changes_by(desk, registry)
    if changes:
        with desk.database.writing() as session:
            reached = replace_registry(session, registry.agencies, registry.contacts, registry.report_types, desk.now)
            look_for_new_contacts(desk, session, reached)
            desk.mark_registry_changed(session, loaded=True)
            audit.record(session, desk.now, "registry loaded", "registry", who=who, after={"changes": changes})
        desk.look_at_registry()
    return changes


def _forgotten(desk: Desk, stored: Registry, registry: Registry) -> Iterator[str]:
    with desk.database.reading() as session:
        lessons = [
            one
            for one in audit.events_of(session, ABOUT_REGISTRY)
            if not is_taken_back(one, audit.events_about(session, one.subject))
        ]
    for event in lessons:
        if _has(stored, event) and not _has(registry, event):
            learnt, day = event.after, event.at.astimezone(desk.zone).date()
            what = learnt.get("email") or f'the alias "{learnt["alias"]}" of {learnt["report_type"]}'
            yield (
                f"{what} was learnt from message {learnt['message']} by {event.who} on {day} and is not in the file: "
                "it will be forgotten, unless the registry is exported and the file completed first"
            )


def _has(registry: Registry, event: AuditEvent) -> bool:
    learnt = event.after
    if "email" in learnt:
        known = {(one.agency_code, one.email.casefold()) for one in registry.contacts}
        return (learnt["agency"], learnt["email"].casefold()) in known
    return any(one.code == learnt["report_type"] and learnt["alias"] in one.aliases for one in registry.report_types)
