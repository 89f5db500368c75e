"""What every job works with: the settings, the database, the raw messages, the registry and the clock."""

import secrets
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from intake.clock import Clock
from intake.config import Config, ConfigFile, Policy
from intake.documents.frames import Examined
from intake.documents.sandbox import Readers
from intake.errors import ConfigError
from intake.pulse import Pulse
from intake.rendering import LANGUAGES, Renderer
from intake.rules.deadlines.calendar import WorkingDays
from intake.rules.deadlines.reminders import SendingTimes, StepPlan, plan_steps
from intake.rules.names.directory import Directory
from intake.rules.opinion import Grounds
from intake.store.engine import Database, Session
from intake.store.files import RawMessages
from intake.store.obligations import advance_milestone, milestone
from intake.store.presence import Presence
from intake.store.registry_rows import current_registry

FIRST_RUN = "first run"
REGISTRY_LOADED = "registry loaded"
CONTACT_BOUNCED = "contact bounced"


@dataclass
class Desk:
    """Opened once for a command or a daemon. What is slow to make is made when it is first needed."""

    config: Config
    database: Database
    raw_messages: RawMessages
    clock: Clock
    config_file: ConfigFile | None = field(default=None, repr=False)
    pulse: Pulse = field(default_factory=Pulse, repr=False)
    _grounds: Grounds | None = field(default=None, repr=False)
    _loaded_at: datetime | None = field(default=None, repr=False)
    _bounced_at: datetime | None = field(default=None, repr=False)
    _began_at: datetime | None = field(default=None, repr=False)

    @cached_property
    def presence(self) -> Presence:
        """We as one daemon among those that work on the database."""
        return Presence(self.database)

    @property
    def now(self) -> datetime:
        return self.clock()

    def began_at(self, session: Session) -> datetime | None:
        """When the service first ran, which is never another moment once it has; None before it has."""
        self._began_at = self._began_at or milestone(session, FIRST_RUN)
        return self._began_at

    @property
    def zone(self) -> ZoneInfo:
        return self.config.office.zone

    @property
    def own_addresses(self) -> frozenset[str]:
        """The addresses that are ourselves: mail from them is never answered."""
        return frozenset({self.config.office.address.casefold()})

    def authserv_id(self, mailbox: str) -> str:
        """The name under which our own server vouches for senders in this mailbox (RFC 8601), "" for none."""
        known = {one.label: one.authserv_id for one in self.config.mailboxes}
        return known.get(mailbox, "") or next((one for one in known.values() if one), "")

    @cached_property
    def working_days(self) -> WorkingDays:
        calendar = self.config.calendar
        return WorkingDays(calendar.country, off=calendar.off, working=calendar.working)

    @cached_property
    def sending_times(self) -> SendingTimes:
        return SendingTimes(self.working_days, self.zone, self.config.sending.office_hours)

    def policy_of(self, report_type: str) -> Policy:
        """The reminder policy of a report type; one without steps for a type that is gone."""
        kind = self.directory.report_types.get(report_type)
        return self.config.policy(kind.policy) if kind else Policy()

    def steps_for(self, report_type: str, due_at: datetime, strictly: bool = False) -> StepPlan:
        """The reminder steps of one obligation, by the policy of its report type, or by the stricter one."""
        policy = self.policy_of(report_type)
        if strictly and policy.stricter:
            policy = self.config.policy(policy.stricter)
        return plan_steps(policy, due_at, self.sending_times, urgent=self.is_urgent(report_type))

    def leaves_at(self, report_type: str) -> datetime:
        """The first moment from now on at which a reminder about this type may leave."""
        return self.sending_times.leaves_at(self.now, urgent=self.is_urgent(report_type))

    def is_urgent(self, report_type: str) -> bool:
        """What is asked for in an urgent matter waits for no office hours."""
        kind = self.directory.report_types.get(report_type)
        return kind is not None and kind.frequency == "ad_hoc"

    @cached_property
    def renderer(self) -> Renderer:
        return Renderer(self.config.templates.path, self.config.templates.language)

    def language(self, asked: str = "") -> str:
        """The language asked for, else the office's. Raises `ConfigError` for one that there is none of."""
        language = asked or self.config.templates.language
        if language not in LANGUAGES:
            raise ConfigError(f"there is no language {asked!r}: {' or '.join(LANGUAGES)}")
        return language

    @cached_property
    def readers(self) -> Readers:
        probes = sorted({one for kind in self.directory.report_types.values() for one in kind.required if ":" in one})
        config = self.config
        trust_store, died = config.signatures.trust_store, self.pulse.worker_died
        return Readers(config.limits, tuple(probes), config.daemon.workers, trust_store, died).__enter__()

    @cached_property
    def directory(self) -> Directory:
        """The registry as it stood when it was last looked at."""
        with self.database.reading() as session:
            self._loaded_at = milestone(session, REGISTRY_LOADED)
            self._bounced_at = milestone(session, CONTACT_BOUNCED)
            return Directory(*current_registry(session))

    @property
    def grounds(self) -> Grounds:
        """What an opinion of a mail rests on: the registry and the settings as they are now."""
        directory, incidents = self.directory, self.config.incidents
        if self._grounds is None or (self._grounds.directory, self._grounds.categories) != (directory, incidents):
            self._grounds = Grounds(secrets.token_hex(8), directory, incidents, self.own_addresses, self.zone)
        return self._grounds

    def examine(self, sha256: str, received_at: datetime, *, before_others: bool = False) -> Future[Examined]:
        """The raw mail as it is read, as soon as a worker is free, and an opinion of it."""
        path = self.raw_messages.path_of(sha256)
        return self.readers.examine(path, self.grounds, received_at, before_others=before_others)

    def mark_registry_changed(self, session: Session, *, loaded: bool = False) -> None:
        """Lets every process know, from the commit on, that the registry is another.

        What was `loaded` is followed from now on; what was only learnt leaves it at the moment of the last loading.
        """
        earlier = milestone(session, REGISTRY_LOADED)
        advance_milestone(session, REGISTRY_LOADED, self.now if loaded else earlier or self.now)

    def look_at_config(self) -> None:
        """Takes over a config file that was changed and is right; each pass of the daemon begins with this."""
        if config := self.config_file.changed() if self.config_file else None:
            self.config = config
            for made in ("working_days", "sending_times", "renderer"):
                self.__dict__.pop(made, None)
            self.let_readers_go()

    def look_at_registry(self) -> None:
        """Takes over a registry that was loaded, or a contact that bounced, since; each pass begins with this."""
        with self.database.reading() as session:
            loaded_at, bounced_at = milestone(session, REGISTRY_LOADED), milestone(session, CONTACT_BOUNCED)
        if (loaded_at, bounced_at) != (self._loaded_at, self._bounced_at):
            self.__dict__.pop("directory", None)
        if loaded_at != self._loaded_at:
            self.let_readers_go()

    def let_readers_go(self) -> None:
        """Ends the reading processes; the next mail to be read starts others."""
        readers = self.__dict__.pop("readers", None)
        if readers is not None:
            readers.__exit__(None, None, None)

    def close(self) -> None:
        self.let_readers_go()
        if "presence" in self.__dict__:
            self.presence.leave()
        self.database.close()


@contextmanager
def open_desk(config: Config, clock: Clock) -> Iterator[Desk]:
    """The desk with its database brought up to date. Raises `ConfigError` or `TemporaryError`."""
    database = Database(config.database.url)
    database.migrate()
    desk = Desk(config, database, RawMessages(config.storage.path), clock)
    try:
        yield desk
    finally:
        desk.close()


@contextmanager
def beside(desk: Desk) -> Iterator[Desk]:
    """Another desk on the same database, for other threads: only its registry and its readers are its own."""
    own = Desk(desk.config, desk.database, desk.raw_messages, lambda: desk.now)
    try:
        yield own
    finally:
        own.let_readers_go()
