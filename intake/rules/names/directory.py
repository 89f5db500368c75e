"""The registry as the rules see it: agencies, contacts and report types, looked up by code, address and day."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from intake.model import OFFICE, Agency, Contact, ReportType
from intake.rules.language.phrases import Phrases, phrase
from intake.rules.names.agency_names import AgencyNames
from intake.rules.names.titles import Titles
from intake.rules.verdicts import Round

# Who of an agency is written to, in this order, where none of those asked for can be reached.
_NEXT_IN_LINE = ("submitter", "duty", "head")
_WITHOUT_PERIOD = ("ad_hoc", "once")


class Directory:
    """An unchanging view of one registry. Built once, asked for every mail."""

    def __init__(
        self, agencies: Iterable[Agency], contacts: Iterable[Contact], report_types: Iterable[ReportType]
    ) -> None:
        self.agencies = {agency.code: agency for agency in agencies}
        self.report_types = {report_type.code: report_type for report_type in report_types}
        self.contacts: dict[str, list[Contact]] = defaultdict(list)
        self._addresses: dict[str, set[str]] = defaultdict(set)
        self._domains: dict[str, set[str]] = defaultdict(set)
        self._of_groups: dict[frozenset[str], list[Agency]] = {}
        self._periodic: tuple[date, Phrases] = (date.min, Phrases())
        for contact in contacts:
            self.contacts[contact.agency_code].append(contact)
            address = contact.email.casefold()
            if contact.is_domain:
                self._domains[address[2:]].add(contact.agency_code)
            elif contact.role != "supervisor":
                self._addresses[address].add(contact.agency_code)

    def __reduce__(self) -> tuple[Any, ...]:
        """Another process builds its own indexes."""
        contacts = [one for listed in self.contacts.values() for one in listed]
        return Directory, (list(self.agencies.values()), contacts, list(self.report_types.values()))

    def agencies_of(self, address: str) -> frozenset[str]:
        """The agencies that an address belongs to: listed for them, else within a domain of theirs.

        A supervisor watches over agencies from the office and speaks for none of them.
        """
        wanted = address.casefold()
        listed = self._addresses.get(wanted)
        return frozenset(listed or self._domains.get(wanted.rpartition("@")[2], set()))

    @cached_property
    def agency_names(self) -> AgencyNames:
        """The index by which agencies are found in texts. Built when first asked for."""
        return AgencyNames(self.agencies.values())

    @cached_property
    def titles(self) -> Titles:
        """The index by which report types are found in texts. Built when first asked for."""
        return Titles(self.report_types.values())

    def periodic_names(self, day: date) -> Phrases:
        """The names of the reports for a period that there are on a day, kept for the next mail of that day."""
        known_on, names = self._periodic
        if known_on != day:
            names = Phrases(one for one in map(phrase, self._names_of_periodic(day)) if one.folded)
            self._periodic = (day, names)
        return names

    def _names_of_periodic(self, day: date) -> Iterator[str]:
        for report_type in self.report_types.values():
            if report_type.frequency not in _WITHOUT_PERIOD and report_type.active_on(day):
                yield from (report_type.name, *report_type.aliases)

    def owes(self, agency: Agency, report_type: ReportType, day: date) -> bool:
        """Whether an agency owes a report type for a period whose last day is `day`.

        What is due on request may be asked of any agency, where the type names no groups.
        """
        anybody = report_type.frequency == "ad_hoc" and not report_type.groups
        asked = anybody or not set(report_type.groups).isdisjoint(agency.groups)
        return agency.code != OFFICE and asked and report_type.active_on(day) and agency.active_on(day)

    def asked_of(self, one: Round) -> tuple[str, ...]:
        """The agencies of a round that owe its report by this registry."""
        kind, known = self.report_types.get(one.report_type), self.agencies
        if kind is None:
            return ()
        return tuple(code for code in one.agencies if code in known and self.owes(known[code], kind, one.period_end))

    def owed_by(self, agencies: Iterable[str], day: date) -> list[str]:
        """The types that one of these agencies or another owes for a period whose last day is `day`."""
        active = (self.agencies[code] for code in agencies if code != OFFICE)
        groups = {group for agency in active if agency.active_on(day) for group in agency.groups}
        return [
            code
            for code, report_type in self.report_types.items()
            if report_type.active_on(day) and not groups.isdisjoint(report_type.groups)
        ]

    def knows(self, agency: str, report_type: str) -> bool:
        """Whether both codes stand in the registry."""
        return agency in self.agencies and report_type in self.report_types

    def addresses_of(self, agency: str, roles: Sequence[str], unreached: Collection[str] = ()) -> list[Contact]:
        """The contacts of an agency in these roles that can be written to, each address once, in the roles' order.

        An address that bounces for good, or that stands in `unreached`, gives way to the others; where there is none,
        to the agency's next contact; and is written to only where nobody else is left.
        """
        wanted = self._in_roles(agency, roles)
        reached = [one for one in wanted if _is_reached(one, unreached)]
        if reached or not wanted or agency == OFFICE or set(roles) == {"supervisor"}:
            return reached or wanted
        others = [one for one in self._in_roles(agency, _NEXT_IN_LINE) if _is_reached(one, unreached)]
        return others[:1] or wanted

    def _in_roles(self, agency: str, roles: Sequence[str]) -> list[Contact]:
        """A `leader` is always the office's own: nobody else stands above all agencies."""
        found: dict[str, Contact] = {}
        for role in roles:
            for contact in self.contacts.get(OFFICE if role == "leader" else agency, ()):
                if contact.role == role and not contact.is_domain:
                    found.setdefault(contact.email.casefold(), contact)
        return list(found.values())

    def owing(self, report_type: ReportType, day: date) -> list[Agency]:
        """The agencies that owe a report type for a period whose last day is `day`."""
        if not report_type.active_on(day):
            return []
        return [agency for agency in self._members(frozenset(report_type.groups)) if agency.active_on(day)]

    def _members(self, groups: frozenset[str]) -> list[Agency]:
        """The agencies in one of these groups, sought once."""
        if groups not in self._of_groups:
            known = self.agencies.values()
            self._of_groups[groups] = [a for a in known if a.code != OFFICE and groups.intersection(a.groups)]
        return self._of_groups[groups]


def _is_reached(contact: Contact, unreached: Collection[str]) -> bool:
    return contact.bounced_at is None and contact.email.casefold() not in unreached
