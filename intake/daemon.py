"""The clockwork: `schedule` as the heartbeat, signals, one guarded turn per job.

What is due is always computed from rows; the heartbeat only says when to look.
"""

import signal
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import FrameType
from typing import Any

import schedule
import structlog

from intake.desk import Desk
from intake.errors import IntakeError
from intake.flow import Flow
from intake.jobs.alert import alert
from intake.jobs.deliver import Delivered, deliver
from intake.jobs.digest import digest
from intake.jobs.follow_up import follow_up
from intake.jobs.open_periods import open_periods
from intake.jobs.pack import pack_daily
from intake.jobs.refetch import refetch
from intake.jobs.remind import remind
from intake.jobs.summary import summarise
from intake.office.health import note_pass, note_stop
from intake.progress import Progress
from intake.pulse import WHOLE, Pulse
from intake.records.outcome import Outcome
from intake.systemd import Watchdog, notify
from intake.watching import Watchers

LOOK_UP_SECONDS = 30.0

Stopping = Callable[[], bool]

log = structlog.get_logger()


@dataclass
class Pass:
    """What one pass did, and what of it needs a person. `outcomes` are kept only where nobody is told of them."""

    stopping: Stopping = field(default=lambda: False, repr=False)
    stirred: threading.Event = field(default_factory=threading.Event, repr=False)
    tell: Callable[[Outcome], None] | None = field(default=None, repr=False)
    expect: Callable[[int], None] = field(default=lambda more: None, repr=False)
    outcomes: list[Outcome] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    stored: int = 0
    opened: int = 0
    reminded: int = 0
    sent: int = 0

    def hear(self, outcome: Outcome) -> None:
        (self.tell or self.outcomes.append)(outcome)


Turn = Callable[[Desk, Pass], None]


def one_pass(
    desk: Desk,
    stopping: Stopping = lambda: False,
    tell: Callable[[Outcome], None] | None = None,
    stirred: threading.Event | None = None,
    expect: Callable[[int], None] = lambda more: None,
) -> Pass:
    """Takes mail in, opens periods, reminds, follows up, digests, alerts, delivers. A job that fails holds up no other.

    `tell` hears of each outcome as it is committed, `expect` of mails that are known to come. `stirred` is set by
    whoever watches the mailboxes when mail comes.
    """
    done = Pass(stopping, stirred or threading.Event(), tell, expect)
    _take_turns(BEFORE, desk, done)
    _guarded("clockwork", _clockwork, desk, done)
    _take_turns(AFTER, desk, done)
    return done


def watched_pass(
    desk: Desk,
    stopping: Stopping = lambda: False,
    tell: Callable[[Outcome], None] = lambda outcome: None,
    stirred: threading.Event | None = None,
) -> Pass:
    """The same, for a person to see how far the mail has come where there is much of it: a first sync, a backlog."""
    with Progress("mail taken in") as progress:

        def hear(outcome: Outcome) -> None:
            tell(outcome)
            progress.advance()

        return one_pass(desk, stopping, hear, stirred, progress.expect)


def _take_turns(turns: Mapping[str, Turn], desk: Desk, done: Pass) -> None:
    for name, turn in turns.items():
        if not done.stopping():
            _guarded(name, turn, desk, done)


def _arrive(desk: Desk, _done: Pass) -> None:
    desk.presence.arrive()


def _take_mail_in(desk: Desk, done: Pass) -> None:
    def guard(name: str, job: Callable[[], None]) -> None:
        _guarded(name, lambda _desk, _done: job(), desk, done)

    flow = Flow(desk, done.hear, done.expect, done.stopping, guard, done.stirred)
    flow.run()
    for fetched in flow.fetched:
        done.stored += fetched.messages
        for outcome in fetched.unfetched:
            done.hear(outcome)
        if fetched.problem:
            done.problems.append(f"{fetched.mailbox}: {fetched.problem}")
    for delivered in flow.delivered:
        _count(delivered, done)


def _refetch(desk: Desk, done: Pass) -> None:
    done.stored += refetch(desk)


def _clockwork(desk: Desk, done: Pass) -> None:
    """What goes by the calendar: one daemon at a time."""
    with desk.presence.lease("clockwork") as ours:
        if ours:
            _take_turns(CLOCKWORK, desk, done)


def _open_periods(desk: Desk, done: Pass) -> None:
    done.opened = open_periods(desk)


def _remind(desk: Desk, done: Pass) -> None:
    done.reminded = remind(desk)


def _follow_up(desk: Desk, done: Pass) -> None:
    done.reminded += follow_up(desk)


def _summarise(desk: Desk, _done: Pass) -> None:
    summarise(desk)


def _digest(desk: Desk, _done: Pass) -> None:
    digest(desk)


def _pack(desk: Desk, done: Pass) -> None:
    pack_daily(desk, done.stopping)


def _alert(desk: Desk, _done: Pass) -> None:
    alert(desk)


def _deliver(desk: Desk, done: Pass) -> None:
    _count(deliver(desk, done.stopping), done)


def _count(delivered: Delivered, done: Pass) -> None:
    done.sent += delivered.sent
    done.problems += [one for one in delivered.problems if one not in done.problems]


def _look_at_config(desk: Desk, _done: Pass) -> None:
    desk.look_at_config()


def _look_at_registry(desk: Desk, _done: Pass) -> None:
    desk.look_at_registry()


BEFORE: Mapping[str, Turn] = {
    "config": _look_at_config,
    "presence": _arrive,
    "registry": _look_at_registry,
    "refetch": _refetch,
    "mail": _take_mail_in,
}
CLOCKWORK: Mapping[str, Turn] = {
    "open_periods": _open_periods,
    "remind": _remind,
    "follow_up": _follow_up,
    "summarise": _summarise,
    "digest": _digest,
    "alert": _alert,
}
AFTER: Mapping[str, Turn] = {"deliver": _deliver, "pack": _pack}


def _guarded(name: str, turn: Turn, desk: Desk, done: Pass) -> None:
    try:
        with desk.pulse.turn(name):
            turn(desk, done)
    except IntakeError as cause:
        log.warning("job failed", job=name, error=cause.sentence)
        done.problems.append(f"{name}: {cause.sentence}")
    except Exception as cause:
        log.exception("job failed unexpectedly", job=name)
        done.problems.append(f"{name}: {type(cause).__name__}: {cause}")


def run(desk: Desk) -> None:
    """Works until SIGTERM or SIGINT, which let the message in hand be finished."""
    stop, wake = threading.Event(), threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _stopper(stop, wake))
    stopping = _under_watch(desk.pulse, stop.is_set)
    heartbeat, watchers = schedule.Scheduler(), Watchers(wake)

    def beat() -> None:
        watchers.follow(desk.config.mailboxes)
        _beat(desk, stopping, wake)

    log.info("daemon started", mailboxes=[settings.label for settings in desk.config.mailboxes])
    notify("READY=1")
    while not stopping():
        _wait_for_work(desk, heartbeat, wake, beat)
    notify("STOPPING=1")
    watchers.end()
    note_stop(desk)
    log.info("daemon stopped")


def _wait_for_work(desk: Desk, heartbeat: schedule.Scheduler, wake: threading.Event, beat: Callable[[], None]) -> None:
    """One beat when mail came or it is time, by a clock that nobody can set back."""
    seconds = max(1, int(desk.config.daemon.poll_every.total_seconds()))
    if not heartbeat.jobs or heartbeat.jobs[0].interval != seconds:
        heartbeat.clear()
        heartbeat.every(seconds).seconds.do(beat)
        wake.set()
    idle = heartbeat.idle_seconds or 0.0
    if wake.wait(min(LOOK_UP_SECONDS, max(0.0, idle))) or idle > 2 * seconds:
        wake.clear()
        heartbeat.run_all()
    else:
        heartbeat.run_pending()


def _under_watch(pulse: Pulse, stopping: Stopping) -> Stopping:
    """The same question, each time taken for progress: systemd's watchdog is fed by nothing else."""
    if watchdog := Watchdog.of_environment():
        pulse.on_beat, pulse.hung_after = watchdog.feed, watchdog.seconds / 2
    return pulse.beating(stopping)


def _beat(desk: Desk, stopping: Stopping, wake: threading.Event) -> None:
    with desk.pulse.turn(WHOLE):
        watched_pass(desk, stopping, stirred=wake)
    note_pass(desk)


def _stopper(stop: threading.Event, wake: threading.Event) -> Callable[[int, FrameType | None], Any]:
    def stopping(_number: int, _frame: FrameType | None) -> None:
        stop.set()
        wake.set()

    return stopping
