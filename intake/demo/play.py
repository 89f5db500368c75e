"""Plays the whole month in a folder, shows what happened, and serves the console on it unless told otherwise."""

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path

import structlog
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from intake.demo import screen
from intake.demo.month import BEGINS, ENDS, Hands, Month, moments, walk_through
from intake.demo.serving import serve_month
from intake.demo.settings import settings
from intake.demo.story import HERE, at
from intake.desk import Desk, open_desk
from intake.office.incidents import incident_lines
from intake.office.obligations import obligations
from intake.office.registry_loading import load_registry
from intake.office.review import waiting
from intake.registry import read_registry

SHOWN_IN_FULL: tuple[tuple[str, str, datetime], ...] = (
    ("acknowledgment", "phuongtanloc@sonha.example", BEGINS),
    ("incomplete", "phuongdongan@sonha.example", BEGINS),
    ("reminder", "xadabac@sonha.example", BEGINS),
    ("escalation", "chutich.dabac@sonha.example", BEGINS),
    ("daily_digest", "lanhdao@vp.sonha.example", at(14, "12:00")),
)


def play(console: Console, folder: Path, *, serve: bool = False) -> Month:
    """Plays the demo, shows it and leaves its files in `folder`, which must be empty. Then, if told to, serves it."""
    began = time.monotonic()
    hands = Hands()
    screen.introduction(console)
    with logged_to(folder / "log.txt"), open_desk(settings(folder), hands) as desk:
        load_registry(desk, read_registry(HERE / "registry"))
        month = _walk(console, desk, hands)
        show(console, desk, month)
        screen.where_it_is(console, time.monotonic() - began, folder)
        if serve:
            serve_month(desk, partial(screen.where_to_look, console))
    return month


@contextmanager
def logged_to(path: Path) -> Iterator[None]:
    """Keeps the service's log off the screen, in a file of its own."""
    before = structlog.get_config()
    with path.open("w", encoding="utf-8") as file:
        structlog.configure(logger_factory=structlog.WriteLoggerFactory(file))
        try:
            yield
        finally:
            structlog.configure(**before)


def _walk(console: Console, desk: Desk, hands: Hands) -> Month:
    columns = (TextColumn("Playing October 2026"), BarColumn(), TextColumn("{task.fields[day]}"))
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=len(moments()), day="")
        return walk_through(desk, hands, lambda now: progress.update(task, advance=1, day=f"{now:%d/%m %H:%M}"))


def show(console: Console, desk: Desk, month: Month) -> None:
    """Everything about a month that was played."""
    lines = obligations(desk, BEGINS, ENDS)
    kinds = list(desk.directory.report_types.values())
    screen.what_is_owed(console, kinds, Counter(line["report_type"] for line in lines))
    screen.what_came(console, month)
    screen.who_was_told(console, month.told)
    screen.in_full(console, [month.first(*one) for one in SHOWN_IN_FULL])
    screen.who_is_late(console, lines, [kind.code for kind in kinds])
    screen.what_waits(console, waiting(desk).messages)
    screen.what_was_urgent(console, incident_lines(desk), month.told)
    screen.summary(console, month, lines)
