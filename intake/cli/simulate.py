"""The command about what would have been: simulate."""

import logging
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import structlog
import typer

from intake.cli.obligations import From, To
from intake.cli.options import DEFAULT_CONFIG, AsJson, ConfigPath, desk_for, span_of
from intake.cli.printing import console, print_json, print_table
from intake.desk import Desk
from intake.office.typed import day_of
from intake.progress import Progress

if TYPE_CHECKING:
    from intake.office.simulating import SimulatedMail

SHOWN = 40
COLUMNS = ("at", "notice", "to", "subject")


def add_to(app: typer.Typer) -> None:
    app.command()(simulate)


def simulate(
    first: From,
    last: To,
    as_json: AsJson = False,
    eml: Annotated[Path | None, typer.Option("--eml", help="Write each mail into this folder.")] = None,
    svg: Annotated[Path | None, typer.Option("--svg", help="Draw the mails by day and kind.")] = None,
    config: ConfigPath = DEFAULT_CONFIG,
) -> int:
    """A past stretch of the stored mail through the rules and templates of now: every mail that would have left.

    Nothing is sent or stored. The sixty days before are played too, so that the stretch does not begin from nothing.
    """
    with desk_for(config) as desk:
        begin, end = span_of(first, last, desk.zone)
        if begin is None or end is None:
            raise typer.BadParameter("give the first and the last day: --from 2026-07-01 --to 2026-09-30")
        found = _played(desk, begin, end)
        if svg:
            svg.write_text(_picture(desk, found, first, last), encoding="utf-8")
        if eml:
            _write_mails(eml, found)
        if as_json:
            for one in found:
                print_json(_line(one, desk.zone))
        else:
            _print_tables(found, desk.zone)
    return 0


def _played(desk: Desk, begin: datetime, end: datetime) -> list["SimulatedMail"]:
    from intake.office.simulating import begins_at
    from intake.office.simulating import simulate as play

    with Progress("days simulated") as progress:
        # Thousands of events of a time that is long past would hide what is of now.
        structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
        progress.expect((end - begins_at(desk, begin)).days)
        return play(desk, begin, end, progress.advance)


def _picture(desk: Desk, found: Sequence["SimulatedMail"], first: str, last: str) -> str:
    from intake.rendering.picture import mails_by_day

    by_day: dict[date, Counter[str]] = defaultdict(Counter)
    for one in found:
        by_day[one.at.astimezone(desk.zone).date()][one.notice] += 1
    title, nature_of = f"{desk.config.office.name}: {first} - {last}", desk.working_days.nature_of
    return mails_by_day(title, by_day, day_of(first), day_of(last), nature_of, desk.language())


def _write_mails(folder: Path, found: Sequence["SimulatedMail"]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for number, one in enumerate(found, start=1):
        (folder / f"{number:05}-{one.notice}.eml").write_bytes(one.raw)


def _line(one: "SimulatedMail", zone: ZoneInfo) -> dict[str, Any]:
    about = [{"report_type": code, "period": period} for code, period in one.about]
    return {
        "kind": "mail",
        "at": one.at.astimezone(zone).isoformat(),
        "notice": one.notice,
        "to": one.to,
        "agency": one.agency,
        "subject": one.subject,
        "obligations": about,
    }


def _print_tables(found: Sequence["SimulatedMail"], zone: ZoneInfo) -> None:
    shown = [_line(one, zone) for one in found[:SHOWN]]
    rows = [[str(line[key])[:60] for key in COLUMNS] for line in shown]
    print_table("Mails that would have left", COLUMNS, rows, "No mail would have left.")
    if len(found) > SHOWN:
        console.print(f"… and {len(found) - SHOWN} more; --json or --eml shows all")
    kinds = Counter(one.notice for one in found)
    print_table("By kind", ("notice", "mails"), sorted(kinds.items()), "")
