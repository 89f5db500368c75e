"""The registry's files: agencies, contacts and report types from a workbook or three CSV files, and back.

All or nothing: a registry with a mistake is not loaded, and every mistake is named with its sheet, row and column.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from intake.errors import RegistryError
from intake.model import OFFICE, Agency, Contact, ReportType
from intake.registry.checks import check_agencies, check_contacts, check_report_types
from intake.registry.columns import AGENCIES, CONTACTS, REPORT_TYPES, SHEETS
from intake.registry.differences import differences_of
from intake.registry.entries import agency_from, contact_from, is_mail_address, report_type_from
from intake.registry.tables import Mistake, did_you_mean, read_tables
from intake.registry.values import Entry
from intake.registry.writing import template_workbook, write_tables

__all__ = [
    "Registry",
    "did_you_mean",
    "differences",
    "is_mail_address",
    "read_registry",
    "template_workbook",
    "write_registry",
]


@dataclass(frozen=True, slots=True)
class Registry:
    """Whole and checked. Where the files do not list the receiving office, it is there by its code."""

    agencies: Sequence[Agency]
    contacts: Sequence[Contact]
    report_types: Sequence[ReportType]


def read_registry(path: Path, policies: Collection[str] | None = None) -> Registry:
    """Reads an `.xlsx` workbook or a folder with three CSV files.

    `policies` are the names of the config's reminder policies, where they are to be checked.
    Raises `RegistryError` with every mistake at once.
    """
    mistakes: list[Mistake] = []
    tables = read_tables(path, mistakes)
    agencies = [(row, agency_from(row)) for row in tables[AGENCIES.name]]
    contacts = [(row, contact_from(row)) for row in tables[CONTACTS.name]]
    types = [(row, report_type_from(row)) for row in tables[REPORT_TYPES.name]]
    check_agencies(agencies)
    check_contacts(contacts, agencies)
    check_report_types(types, agencies, policies)
    if not agencies and not mistakes:
        mistakes.append(Mistake(AGENCIES.name, 2, "sheet agencies, row 2: there is no agency; a registry needs one"))
    if mistakes:
        raise _registry_error(path, mistakes)
    return Registry(
        _with_office([agency for _, agency in agencies]), [one for _, one in contacts], [one for _, one in types]
    )


def write_registry(path: Path, registry: Registry) -> None:
    """Writes what `read_registry` takes: a workbook where the path ends in `.xlsx`, else a folder of CSV files."""
    sheets: tuple[Sequence[Entry], ...] = (registry.agencies, registry.contacts, registry.report_types)
    write_tables(path, {sheet.name: entries for sheet, entries in zip(SHEETS, sheets, strict=True)})


def differences(old: Registry, new: Registry) -> list[str]:
    """What loading `new` over `old` would add, change and withdraw, a sentence each."""
    return [
        *differences_of("agency", AGENCIES, old.agencies, new.agencies),
        *differences_of("contact", CONTACTS, old.contacts, new.contacts),
        *differences_of("report type", REPORT_TYPES, old.report_types, new.report_types),
    ]


def _registry_error(path: Path, mistakes: list[Mistake]) -> RegistryError:
    order = [sheet.name for sheet in SHEETS]
    lines = tuple(one.words for one in sorted(mistakes, key=lambda one: (order.index(one.sheet), one.row)))
    count = "1 mistake" if len(lines) == 1 else f"{len(lines)} mistakes"
    return RegistryError(f"{count} in {path}, nothing was loaded:\n" + "\n".join(f"  {line}" for line in lines), lines)


def _with_office(agencies: list[Agency]) -> list[Agency]:
    if any(agency.code == OFFICE for agency in agencies):
        return agencies
    return [Agency(code=OFFICE, name=OFFICE), *agencies]
