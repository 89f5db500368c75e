"""The command about what would have been: simulate."""

import logging
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from typing import Annotated

import structlog
import typer

from intake.cli.obligations import From, To
from intake.cli.options import DEFAULT_CONFIG, AsJson, ConfigPath, desk_for, first_instant, last_instant, parse_day
from intake.cli.printing import console, print_json, print_table

SHOWN = 40


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
    from intake.office.simulating import simulate as play
    from intake.rendering.picture import mails_by_day

    # Thousands of events of a time that is long past would hide what is of now.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    with desk_for(config) as desk:
        begin, end = first_instant(first, desk.zone), last_instant(last, desk.zone)
        if begin is None or end is None:
            raise typer.BadParameter("give the first and the last day: --from 2026-07-01 --to 2026-09-30")
        found = play(desk, begin, end)
        by_day: dict[date, Counter[str]] = defaultdict(Counter)
        for one in found:
            by_day[one.at.astimezone(desk.zone).date()][one.notice] += 1
        if svg:
            title, nature_of = f"{desk.config.office.name}: {first} - {last}", desk.working_days.nature_of
            picture = mails_by_day(title, by_day, parse_day(first), parse_day(last), nature_of, desk.language())
            svg.write_text(picture, encoding="utf-8")
        lines = [
            {"kind": "mail", "at": one.at.astimezone(desk.zone).isoformat(), "notice": one.notice, "to": one.to,
             "agency": one.agency, "subject": one.subject,
             "obligations": [{"report_type": code, "period": period} for code, period in one.about]}
            for one in found
        ]  # fmt: skip
    if eml:
        eml.mkdir(parents=True, exist_ok=True)
        for number, one in enumerate(found, start=1):
            (eml / f"{number:05}-{one.notice}.eml").write_bytes(one.raw)
    if as_json:
        for line in lines:
            print_json(line)
        return 0
    rows = [[str(line[key])[:60] for key in ("at", "notice", "to", "subject")] for line in lines[:SHOWN]]
    print_table("Mails that would have left", ("at", "notice", "to", "subject"), rows, "No mail would have left.")
    if len(lines) > SHOWN:
        console.print(f"… and {len(lines) - SHOWN} more; --json or --eml shows all")
    kinds = Counter(one.notice for one in found)
    print_table("By kind", ("notice", "mails"), sorted(kinds.items()), "")
    return 0
