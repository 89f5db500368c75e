"""What a new registry would change in the old one, in words, before it is loaded."""

from collections.abc import Sequence

from intake.model import Agency, Contact, ReportType
from intake.registry.columns import Sheet
from intake.registry.values import Entry, text_of


def differences_of(noun: str, sheet: Sheet, old: Sequence[Entry], new: Sequence[Entry]) -> list[str]:
    """A sentence for each entry that is added, changed or withdrawn, in this order."""
    before, after = {_key(one): one for one in old}, {_key(one): one for one in new}
    added = [f"{noun} {_title(one)} is added" for key, one in after.items() if key not in before]
    changed = [
        f"{noun} {_title(one)}: {change}"
        for key, one in after.items()
        if key in before
        for change in _changes(sheet, before[key], one)
    ]
    withdrawn = [f"{noun} {_title(one)} is withdrawn" for key, one in before.items() if key not in after]
    return added + changed + withdrawn


def _changes(sheet: Sheet, old: Entry, new: Entry) -> list[str]:
    pairs = [(name, text_of(old, name), text_of(new, name)) for name in sheet.names]
    return [f"{name} {_shown(before)} becomes {_shown(after)}" for name, before, after in pairs if before != after]


def _shown(text: str) -> str:
    return f'"{text}"' if text else "(empty)"


def _key(entry: Entry) -> str:
    if isinstance(entry, Contact):
        return f"{entry.agency_code} {entry.email.casefold()} {entry.role}"
    return entry.code


def _title(entry: Agency | Contact | ReportType) -> str:
    if isinstance(entry, Contact):
        return f"{entry.email} ({entry.role} of {entry.agency_code})"
    return f"{entry.code} ({entry.name})"
