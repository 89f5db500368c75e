"""Daemons killed at random moments while mail comes in: what is lost, booked twice or answered twice then.

Each daemon has a log of its own, whose last word tells from outside at what it was when it died.
"""

import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from faults.office import Office, Tally

# After which word of a daemon it is killed, for how many of ten kills; how often it was said by then at most.
ANY_MOMENT = "any moment"
MOMENTS = (ANY_MOMENT,) * 2 + ("messages stored",) + ("message processed",) * 4 + ("notice sent",) * 3
MOST_TIMES = {"messages stored": 1, "message processed": 4, "notice sent": 4}
ANY_MOMENT_SECONDS, AFTERWARDS_SECONDS = 1.5, 0.05
# So many mails lie ahead of the daemons, lest they come to rest.
AHEAD = 20
LONGEST_WAIT = 6.0
SETTLING = 3.0
STILL_SECONDS = 120.0
PHASES = {
    "": "starting",
    "daemon started": "looking into the mailbox",
    "messages stored": "reading and judging",
    "message processed": "answering",
    "notice sent": "sending, or at rest",
}
# So much later than its sender's end a mail that was on the wire may be counted.
LAG_SECONDS = 0.5
_EVENT = re.compile(r'event="([^"]+)"')


@dataclass(frozen=True)
class Killed:
    """What was counted at the end. `unexplained` are doubled notices with no kill of their own between the copies."""

    kills: int
    tally: Tally
    unexplained: int
    phases: Counter[str]
    with_mail_waiting: int
    seconds: float


@dataclass
class Killing:
    """So many mails come in, a few at a time; of so many daemons one at a time dies. `count` may come early."""

    office: Office
    mails: int
    kills: int
    daemons: int = 1
    tell: Callable[["Killing"], None] = lambda _killing: None
    chance: random.Random = field(default_factory=lambda: random.Random(7))
    ids: list[str] = field(default_factory=list)
    killed: list[float] = field(default_factory=list)
    phases: Counter[str] = field(default_factory=Counter)
    with_mail_waiting: int = 0
    began: float = field(default_factory=time.monotonic)
    _logs: dict[int, Path] = field(default_factory=dict)
    _said: Counter[tuple[int, str]] = field(default_factory=Counter)
    _started: int = 0

    def run(self) -> None:
        for _ in range(self.daemons):
            self._start()
        for number in range(1, self.kills + 1):
            due = min(self.mails, AHEAD + self.mails * number // self.kills)
            self.ids += self.office.put(due - len(self.ids))
            self._kill_one()
            self._start()
            self.tell(self)

    def count(self) -> Killed:
        """Lets the daemons do what is left, and counts."""
        self._await_answers()
        time.sleep(SETTLING)
        return Killed(
            kills=len(self.killed),
            tally=self.office.tally(self.ids),
            unexplained=doubles_without_a_kill(self.office.copies(), self.killed),
            phases=self.phases,
            with_mail_waiting=self.with_mail_waiting,
            seconds=time.monotonic() - self.began,
        )

    @property
    def waiting(self) -> int:
        """How many mails were not answered yet."""
        return len(self.ids) - len(self.office.answers())

    def _start(self) -> None:
        self._started += 1
        log = self.office.folder / f"daemon-{self._started}.log"
        self._logs[self.office.start(log=log)] = log

    def _kill_one(self) -> None:
        self._said = self._work()
        self._await_moment(self.chance.choice(MOMENTS))
        process = self._busiest() or self.chance.choice(list(self._logs))
        self.with_mail_waiting += self.waiting > 0
        self.office.kill(process)
        self.killed.append(time.time())
        self.phases[phase_of(self._logs.pop(process))] += 1

    def _await_moment(self, moment: str) -> None:
        if moment == ANY_MOMENT:
            time.sleep(self.chance.uniform(0.0, ANY_MOMENT_SECONDS / self.daemons))
            return
        times = self.chance.randint(1, MOST_TIMES[moment])
        until = time.monotonic() + LONGEST_WAIT
        while self._times_said(moment) < times and time.monotonic() < until:
            time.sleep(0.005)
        time.sleep(self.chance.uniform(0.0, AFTERWARDS_SECONDS))

    def _times_said(self, word: str) -> int:
        """How often it was said since the last kill."""
        return sum(times for (_, said), times in (self._work() - self._said).items() if said == word)

    def _busiest(self) -> int | None:
        """The daemon that did most since the last kill."""
        did: Counter[int] = Counter()
        for (process, _), times in (self._work() - self._said).items():
            did[process] += times
        return did.most_common(1)[0][0] if did else None

    def _work(self) -> Counter[tuple[int, str]]:
        """What each daemon that runs has said of its work so far."""
        return Counter((one, word) for one, log in self._logs.items() for word in _events(log) if word in MOST_TIMES)

    def _await_answers(self) -> None:
        """Until all are answered, or nothing more comes."""
        waiting, since = self.waiting, time.monotonic()
        while waiting and time.monotonic() - since < STILL_SECONDS:
            time.sleep(0.1)
            if (now := self.waiting) < waiting:
                waiting, since = now, time.monotonic()


def phase_of(log: Path) -> str:
    """At what the daemon was when it died, by its last word."""
    return PHASES.get(next(iter(_events(log)[::-1]), ""), "something else")


def _events(log: Path) -> Sequence[str]:
    return _EVENT.findall(log.read_text(encoding="utf-8")) if log.exists() else []


def doubles_without_a_kill(copies: Iterable[tuple[str, float]], kills: Iterable[float]) -> int:
    """How many copies too many there are that no kill explains: each must have one to itself since the copy before."""
    times: dict[str, list[float]] = {}
    for mail_id, at in copies:
        times.setdefault(mail_id, []).append(at)
    gaps = [gap for one in times.values() for gap in pairwise(sorted(one))]
    left, unexplained = sorted(kills), 0
    for earlier, later in sorted(gaps, key=lambda gap: gap[1]):
        guilty = next((one for one in left if earlier - LAG_SECONDS <= one <= later), None)
        if guilty is None:
            unexplained += 1
        else:
            left.remove(guilty)
    return unexplained
