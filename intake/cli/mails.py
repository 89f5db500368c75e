"""Commands about mail: parse, import, run, replay."""

import time
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Annotated

import typer

from intake.cli.options import DEFAULT_CONFIG, AsJson, At, ConfigPath, clock_for, config_or_default, desk_for
from intake.cli.printing import complain, console, print_json, print_table
from intake.clock import Clock, clock_from
from intake.config import Config, ConfigFile, load_config
from intake.desk import Desk, open_desk
from intake.errors import PermanentError, TemporaryError
from intake.mail.parsed import ParsedMessage
from intake.office.importing import import_mails, mails_in
from intake.progress import Progress
from intake.records.outcome import Outcome
from intake.rules.reading import MailReading
from intake.store.presence import only_daemon

RETRY_SECONDS = 5.0
ROWS_OF_A_TABLE = 1_000


def add_to(app: typer.Typer) -> None:
    app.command()(parse)
    app.command(name="import")(import_)
    app.command()(run)
    app.command()(replay)


def parse(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Messages as files, `-` is not one of them.")],
    as_json: AsJson = False,
    config: ConfigPath = DEFAULT_CONFIG,
) -> int:
    """Show how one message is read. Nothing is stored, no config is needed."""
    from intake.documents.as_json import reading_as_json
    from intake.documents.sandbox import Readers

    settings = config_or_default(config)
    files, missing = [one for one in files if one.is_file()], [one for one in files if not one.is_file()]
    with Readers(settings.limits, (), settings.daemon.workers, settings.signatures.trust_store) as readers:
        under_way = deque(readers.submit(one) for one in files)
        for file in files:
            reading = _read_somehow(under_way.popleft())
            line = reading_as_json(reading, settings.office.zone)
            if as_json:
                print_json(line)
            else:
                console.rule(str(file))
                console.print_json(data=line, ensure_ascii=False)
    for file in missing:
        complain(f"there is no file {file}")
    return 2 if missing else 0


def _read_somehow(under_way: Future[MailReading]) -> MailReading:
    """The reading; of a message that no reader survived, only that."""
    try:
        return under_way.result()
    except PermanentError as cause:
        return MailReading(ParsedMessage(defects=(cause.sentence,)))


def import_(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH…", help=".eml files, mbox files, Maildirs, or folders.")],
    as_json: AsJson = False,
    at: At = "",
    config: ConfigPath = DEFAULT_CONFIG,
) -> int:
    """Put stored messages through the whole intake, as if they had been fetched."""
    with desk_for(config, at) as desk:
        shown = _Shown(desk, as_json)
        with Progress("import") as progress:
            progress.expect(sum(1 for _ in mails_in(paths)))
            for outcome in import_mails(desk, mails_in(paths)):
                shown(outcome)
                progress.advance()
        shown.finish("No messages were found.")
        return shown.status


class _Shown:
    """Shows outcomes as they come, as JSON lines or in tables; remembers little but whether a person is needed."""

    def __init__(self, desk: Desk, as_json: bool) -> None:
        self.desk, self.as_json, self.status = desk, as_json, 0
        self._rows: list[tuple[object, ...]] = []
        self._is_empty = True

    def __call__(self, outcome: Outcome) -> None:
        self._is_empty = False
        if outcome.failed:
            self.status = 1
            complain(f"message {outcome.id} could not be processed: {outcome.reason}")
        if self.as_json:
            print_json(outcome.as_json(self.desk.zone))
            return
        self._rows.append(outcome_row(self.desk, outcome))
        if len(self._rows) == ROWS_OF_A_TABLE:
            self._print_rows()

    def finish(self, empty: str) -> None:
        if not self.as_json and (self._rows or self._is_empty):
            self._print_rows(empty)

    def _print_rows(self, empty: str = "") -> None:
        print_table("Messages", COLUMNS, self._rows, empty)
        self._rows.clear()


COLUMNS = ("id", "received", "from agency", "disposition", "booked", "why")


def outcome_row(desk: Desk, one: Outcome) -> tuple[object, ...]:
    booked = [f"{r.report_type} {r.period} {r.status} {r.timeliness}" for r in one.reports]
    if one.incident:
        booked.append(f"{one.incident.category} {'opened' if one.incident.opened else 'update'}")
    received = one.received_at.astimezone(desk.zone).strftime("%d/%m/%Y %H:%M:%S")
    return one.id, received, one.agency, one.disposition, "\n".join(booked), one.reason


def run(
    once: Annotated[bool, typer.Option("--once", help="One full pass, then end.")] = False,
    as_json: AsJson = False,
    at: At = "",
    config: ConfigPath = DEFAULT_CONFIG,
) -> int:
    """The daemon: fetch, process, open periods, remind and deliver, until SIGTERM."""
    from intake import daemon
    from intake.web.carrying import console_carried
    from intake.web.serving import figures_served

    settings = load_config(config)
    clock = clock_for(at, settings.office.zone)
    if at and not once:
        clock = clock_from(clock())
    with _desk_of_a_daemon(settings, clock, patiently=not once) as desk:
        if not once:
            desk.config_file = ConfigFile(config, settings)
            with figures_served(desk), console_carried(desk):
                daemon.run(desk)
            return 0
        shown = _Shown(desk, as_json)
        done = daemon.watched_pass(desk, tell=shown)
        shown.finish("No new messages.")
        if not as_json:
            console.print(
                f"{done.stored} fetched, {done.opened} periods opened, {done.reminded} reminders, {done.sent} sent"
            )
        for problem in done.problems:
            complain(problem)
        return 1 if done.problems else shown.status


@contextmanager
def _desk_of_a_daemon(config: Config, clock: Clock, *, patiently: bool) -> Iterator[Desk]:
    """The desk, with whatever lock daemons need. A daemon waits for a database that is away."""
    with ExitStack() as stack:
        while True:
            try:
                desk = stack.enter_context(open_desk(config, clock))
                stack.enter_context(only_daemon(desk.database))
                break
            except TemporaryError as cause:
                if not patiently:
                    raise
                stack.close()
                complain(f"{cause.sentence}; trying again in {RETRY_SECONDS:g} s")
                time.sleep(RETRY_SECONDS)
        yield desk


def replay(
    message: Annotated[int, typer.Argument(metavar="ID", help="The message's id, as `review` shows it.")],
    as_json: AsJson = False,
    at: At = "",
    config: ConfigPath = DEFAULT_CONFIG,
) -> int:
    """Process a stored message again: after a failure, or after the registry has learned more."""
    from intake.office.review import replay as replay_message

    with desk_for(config, at) as desk:
        shown = _Shown(desk, as_json)
        shown(replay_message(desk, message))
        shown.finish("")
        return shown.status
