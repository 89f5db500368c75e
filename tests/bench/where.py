"""Where the CPU of the whole intake goes: by job, the readers' beside the daemon's, and judging by what it calls.

Which share of judging a call has is told by a second go under a profiler, which makes everything slower alike.
"""

import cProfile
import pstats
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial

from bench.measuring import cpu_of_readers, measured, show, size_from_arguments
from bench.province import full_mailbox, mail_sink, new_office, report_mail
from bench.whole import warm
from intake.daemon import one_pass
from intake.desk import Desk
from intake.pulse import Pulse

SIZE = 300
# A function by its file and name, and what it does; what one of them calls is counted with it.
PARTS = {
    ("records/judging.py", "describe"): "taking down what was read",
    ("records/booking.py", "file_report"): "booking: completeness, version, state",
    ("records/booking.py", "obligation_for"): "finding the obligation",
    ("records/answers.py", "acknowledge"): "queueing the answer",
    ("store/incidents.py", "open_incidents"): "which urgent matters are open",
    ("store/mails.py", "same_mail"): "whether it came before",
    ("store/mails.py", "claimed_messages"): "whether it is still ours",
    ("records/outcome.py", "outcome_of_case"): "what became of it",
    ("store/session.py", "flush"): "writing the rows of a commit",
    ("orm/session.py", "commit"): "commits",
}


@dataclass
class CpuPulse(Pulse):
    """What each job used of its thread's CPU, without the jobs that were called within it."""

    cpu: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    _own: threading.local = field(default_factory=threading.local)

    @contextmanager
    def turn(self, name: str) -> Iterator[None]:
        began, before = time.thread_time(), getattr(self._own, "counted", 0.0)
        try:
            with super().turn(name):
                yield
        finally:
            inner = getattr(self._own, "counted", 0.0) - before
            used = time.thread_time() - began
            self.cpu[name] += used - inner
            self._own.counted = before + used


def by_job(desk: Desk, size: int) -> None:
    pulse = desk.pulse = CpuPulse()
    before = cpu_of_readers()
    with measured() as going:
        done = one_pass(desk)
    assert done.sent == size
    readers = cpu_of_readers() - before
    named = {"readers, two processes": readers, **pulse.cpu}
    named["writing down what was sent, and the rest"] = going.cost.cpu - sum(named.values())
    shares = sorted(named.items(), key=lambda one: -one[1])
    show(
        f"{size:,} mails with documents: CPU by job, {1000 * going.cost.cpu / size:.1f} ms a mail in all",
        ("job", "CPU ms a mail", "share"),
        [(name, f"{1000 * cpu / size:.2f}", f"{cpu / going.cost.cpu:.0%}") for name, cpu in shares if cpu > 0],
    )


def by_call(desk: Desk, size: int) -> None:
    profile = cProfile.Profile()
    profile.runcall(partial(one_pass, desk))
    found = pstats.Stats(profile).stats  # type: ignore[attr-defined]
    cumulative: dict[tuple[str, str], float] = defaultdict(float)
    for (path, _, name), (_, _, _, seconds, _) in found.items():
        cumulative["/".join(path.split("/")[-2:]), name] += seconds
    whole = cumulative["records/recording.py", "record_some"] - cumulative["records/recording.py", "await_reading"]
    parts = sorted(((cumulative[key], what) for key, what in PARTS.items()), reverse=True)
    show(
        f"{size:,} mails with documents: what judging and recording them spends its time on",
        ("part", "share"),
        [(what, f"{seconds / whole:.0%}") for seconds, what in parts],
    )


def main(size: int | None = None, pairs: int = 1) -> None:
    size = size or size_from_arguments(__doc__, SIZE, "how many mails")
    with full_mailbox(map(report_mail, range(size))) as dovecot, mail_sink() as sink:
        for go in (by_job, by_call) * pairs:
            with new_office(dovecot, sink) as desk:
                warm(desk, report_mail(0))
                go(desk, size)


if __name__ == "__main__":
    main()
