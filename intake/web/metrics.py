"""The figures that Prometheus scrapes: made anew for each scrape from rows, from the process, and from the pulse."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from importlib.metadata import version

from prometheus_client.metrics_core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    InfoMetricFamily,
    Metric,
    SummaryMetricFamily,
)

from intake.desk import Desk
from intake.errors import TemporaryError
from intake.store import mails
from intake.store.figures import Figures, figures
from intake.web.processes import processes


class Collector:
    """What `prometheus_client` asks for every metric of the service."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def describe(self) -> Iterable[Metric]:
        """Names nothing beforehand: to be registered must not cost a query."""
        return []

    def collect(self) -> Iterator[Metric]:
        yield InfoMetricFamily("intake_build", "Which version runs", {"version": version("intake")})
        yield _gauge("intake_disk_free_bytes", "Room left for raw messages", self._desk.raw_messages.free_bytes())
        yield from _of_processes()
        yield from _of_pulse(self._desk)
        yield from self._of_database()

    def _of_database(self) -> Iterator[Metric]:
        desk = self._desk
        try:
            with desk.database.reading() as session:
                found, cursors = figures(session, desk.now), mails.cursors(session)
        except TemporaryError:
            yield _gauge("intake_database_up", "Whether the database answers", 0)
            return
        yield _gauge("intake_database_up", "Whether the database answers", 1)
        yield from _of_figures(found, desk.now)
        read = {one.mailbox: _seconds(one.read_to_end_at, desk.now) for one in cursors if one.read_to_end_at}
        yield _gauges("intake_mailbox_read_age_seconds", "Since the mailbox was read to its end", "mailbox", read)
        unknown = {one.mailbox: one.unknown for one in cursors}
        yield _gauges("intake_mailbox_unknown_mails", "Mails there that are not stored", "mailbox", unknown)
        failing = {one.mailbox: float(one.failing_since is not None) for one in cursors}
        yield _gauges("intake_mailbox_failing", "Whether the last reading failed", "mailbox", failing)


def _of_figures(found: Figures, now: datetime) -> Iterator[Metric]:
    yield _gauges("intake_messages", "Mails, by how far they are", "status", found.messages)
    yield _gauges("intake_dispositions", "Mails, by what became of them", "disposition", found.dispositions)
    yield _gauges("intake_notices", "Notices, by how far they are", "status", found.notices)
    ages = {status: _seconds(moment, now) for status, moment in found.oldest_notice_at.items()}
    yield _gauges("intake_notice_oldest_seconds", "Age of the oldest notice that has not left", "status", ages)
    oldest = _seconds(found.oldest_message_at, now) if found.oldest_message_at else 0.0
    yield _gauge("intake_message_oldest_seconds", "Age of the oldest mail that is not processed", oldest)
    yield _counter("intake_notices_sent", "Notices that the server took", found.notices.get("sent", 0))
    yield _counter("intake_notices_failed", "Notices given up", found.notices.get("failed", 0))
    yield _counter("intake_notices_bounced", "Notices that came back", found.bounced)
    yield _gauge("intake_sending_paused", "Whether a person holds back all mail", float(found.sending_paused))
    yield _gauge("intake_review_waiting", "Mails that wait for a person", found.in_review)
    yield _gauge("intake_incidents_open", "Urgent matters that are not closed", found.open_incidents)
    yield _gauge("intake_obligations_overdue", "Reports that are overdue", found.overdue)


def _of_processes() -> Iterator[Metric]:
    found = processes()
    memory = {name: float(sum(one.memory for one in group)) for name, group in found.items()}
    files = {name: float(sum(one.files for one in group)) for name, group in found.items()}
    counts = {name: float(len(group)) for name, group in found.items()}
    yield _gauges("intake_memory_bytes", "Resident memory", "process", memory)
    yield _gauges("intake_open_files", "Open file handles", "process", files)
    yield _gauges("intake_processes", "Processes", "process", counts)


def _of_pulse(desk: Desk) -> Iterator[Metric]:
    pulse = desk.pulse
    if pulse.still_for is not None:
        yield _gauge("intake_clockwork_still_seconds", "Since the clockwork last got on", pulse.still_for)
    took = SummaryMetricFamily("intake_turn_seconds", "Passes and jobs: how often, how long", labels=["job"])
    last = GaugeMetricFamily("intake_turn_last_seconds", "How long the last one took", labels=["job"])
    failed = CounterMetricFamily("intake_turn_failures", "Passes and jobs that ended in an error", labels=["job"])
    for name, turns in sorted(pulse.turns.items()):
        took.add_metric([name], turns.count, turns.seconds)
        last.add_metric([name], turns.last_seconds)
        failed.add_metric([name], turns.failures)
    yield from (took, last, failed)
    yield _counter("intake_worker_deaths", "Reading processes that died and were replaced", pulse.worker_deaths)


def _gauge(name: str, told: str, value: float) -> Metric:
    return GaugeMetricFamily(name, told, value=value)


def _gauges(name: str, told: str, label: str, values: dict[str, float] | dict[str, int]) -> Metric:
    family = GaugeMetricFamily(name, told, labels=[label])
    for key, value in sorted(values.items()):
        family.add_metric([key], value)
    return family


def _counter(name: str, told: str, value: float) -> Metric:
    return CounterMetricFamily(name, told, value=value)


def _seconds(since: datetime, now: datetime) -> float:
    return (now - since).total_seconds()
