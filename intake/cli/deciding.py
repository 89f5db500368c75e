"""Commands of the review desk that decide: accept, correct, reopen, incident, dismiss, undo."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from intake.cli.options import (
    DEFAULT_CONFIG,
    Agency,
    AsJson,
    At,
    ConfigPath,
    MessageId,
    Reason,
    Who,
    Why,
    current_user,
    desk_for,
)
from intake.cli.printing import console, print_json
from intake.desk import Desk
from intake.office.choosing import Choice, Report
from intake.office.typed import if_given, late_moment
from intake.records.outcome import Outcome

if TYPE_CHECKING:
    from intake.office.teaching import Lesson

Types = Annotated[
    list[str], typer.Option("--report-type", metavar="CODE", help="May be given several times, each with its --period.")
]
Periods = Annotated[list[str], typer.Option("--period", metavar="KEY", help="2019-10, 2019-Q3, 2019-W44 …")]
Documents = Annotated[
    list[str],
    typer.Option(
        "--document",
        metavar="N=R:P",
        help="Document N is report type R for period P; N=- for none; text= for the body.",
    ),
]
Due = Annotated[
    str, typer.Option("--due", metavar="D", help="The last day of a request that is not known yet (ad hoc).")
]
LearnSender = Annotated[
    bool, typer.Option("--learn-sender", help="From now on the sender's address belongs to the agency.")
]
LearnAlias = Annotated[
    str, typer.Option("--learn-alias", metavar="TEXT", help="From now on these words name the report type.")
]
Apply = Annotated[
    bool, typer.Option("--apply", help="Record at once what else in the queue is settled by what was learnt.")
]


def add_to(group: typer.Typer) -> None:
    for command in (accept, correct, reopen, incident, dismiss, undo):
        group.command()(command)


def accept(
    message: MessageId,
    agency: Agency,
    report_type: Types = [],  # noqa: B006 - typer reads the default and never changes it
    period: Periods = [],  # noqa: B006
    document: Documents = [],  # noqa: B006
    due: Due = "",
    learn_sender: LearnSender = False,
    learn_alias: LearnAlias = "",
    apply: Apply = False,
    by: Who = "",
    as_json: AsJson = False,
    at: At = "",
    config: ConfigPath = DEFAULT_CONFIG,
) -> int:
    """File a message as the report, or the reports, that it is, and acknowledge it."""
    from intake.office.deciding import accept as decide
    from intake.office.teaching import Lesson

    with desk_for(config, at) as desk:
        choice = _choice(desk, agency, report_type, period, document, due)
        lesson, who = Lesson(choice, learn_sender, learn_alias), by or current_user()
        _book(desk, message, lesson, who, partial(decide, desk, message, choice, who), apply=apply, as_json=as_json)
    return 0


def correct(
    message: MessageId,
    agency: Agency,
    why: Why,
    report_type: Types = [],  # noqa: B006
    period: Periods = [],  # noqa: B006
    document: Documents = [],  # noqa: B006
    due: Due = "",
    learn_sender: LearnSender = False,
    learn_alias: LearnAlias = "",
    apply: Apply = False,
    by: Who = "",
    as_json: AsJson = False,
    at: At = "",
    config: ConfigPath = DEFAULT_CONFIG,
) -> int:
    """Book a message otherwise that was booked wrongly. Whoever was told otherwise gets a correction."""
    from intake.office.deciding import correct as decide
    from intake.office.teaching import Lesson

    with desk_for(config, at) as desk:
        choice = _choice(desk, agency, report_type, period, document, due)
        lesson, who = Lesson(choice, learn_sender, learn_alias), by or current_user()
        _book(
            desk, message, lesson, who, partial(decide, desk, message, choice, who, why), apply=apply, as_json=as_json
        )
    return 0


def reopen(
    message: MessageId,
    why: Why,
    by: Who = "",
    as_json: AsJson = False,
    at: At = "",
    config: ConfigPath = DEFAULT_CONFIG,
) -> int:
    """Take a message back to the queue, with all that was recorded of it."""
    from intake.office.deciding import reopen as decide

    with desk_for(config, at) as desk:
        outcome = decide(desk, message, by or current_user(), why)
        if as_json:
            print_json(outcome.as_json(desk.zone))
        else:
            console.print(f"Message {message} waits again. `intake review undo {message}` takes this back.")
    return 0


def incident(
    message: MessageId,
    category: Annotated[str, typer.Option("--category", metavar="C", help="natural_disaster, fire_explosion …")] = "",
    join: Annotated[str, typer.Option("--join", metavar="INCIDENT", help="A known matter: VV-0012 or 12.")] = "",
    agency: Annotated[
        str, typer.Option("--agency", metavar="CODE", help="Where the mail does not say whose it is.")
    ] = "",
    title: Annotated[str, typer.Option("--title", metavar="TEXT", help="Where the subject is no title.")] = "",
    by: Who = "",
    as_json: AsJson = False,
    at: At = "",
    config: ConfigPath = DEFAULT_CONFIG,
) -> int:
    """Record a message as an urgent matter, a new one or one that is known, and alert the duty officers."""
    from intake.office.deciding import mark_incident
    from intake.office.incidents import incident_number

    if bool(category) == bool(join):
        raise typer.BadParameter("give --category for a new matter, or --join for a known one")
    joins = incident_number(join) if join else None
    with desk_for(config, at) as desk:
        outcome = mark_incident(
            desk, message, by or current_user(), category=category, joins=joins, agency=agency, title=title
        )
        _print_settled(outcome, desk, as_json)
    return 0


def dismiss(
    message: MessageId,
    why: Why,
    notice: Annotated[bool, typer.Option("--notice", help="ID is that of a notice that was not delivered.")] = False,
    by: Who = "",
    as_json: AsJson = False,
    at: At = "",
    config: ConfigPath = DEFAULT_CONFIG,
) -> int:
    """Settle a message without booking anything, or a notice that could not be delivered."""
    from intake.office.deciding import dismiss as decide
    from intake.office.review import dismiss_notice

    with desk_for(config, at) as desk:
        if notice:
            dismiss_notice(desk, message, why, by or current_user())
            console.print(f"Notice {message} is settled.")
        else:
            _print_settled(decide(desk, message, why, by or current_user()), desk, as_json)
    return 0


def undo(
    what: Annotated[str, typer.Argument(metavar="ID|EVENT", help="A message's id, or an event such as E12.")],
    why: Reason = "",
    by: Who = "",
    as_json: AsJson = False,
    at: At = "",
    config: ConfigPath = DEFAULT_CONFIG,
) -> int:
    """Take back the last decision about a message, or the one with this event number: what was before comes back."""
    from intake.office.undoing import undo_event, undo_last

    number = what.upper().removeprefix("E")
    if not number.isdecimal():
        raise typer.BadParameter(f"{what!r} is neither a message's id nor an event such as E12")
    with desk_for(config, at) as desk:
        take_back = undo_event if what.upper().startswith("E") else undo_last
        undone = take_back(desk, int(number), by or current_user(), why)
        if as_json:
            at_local = undone.at.astimezone(desk.zone).isoformat()
            print_json({"event": undone.event, "action": undone.action, "about": undone.subject, "at": at_local})
        else:
            what_was = f'"{undone.action}" by {undone.who}'
            console.print(f"Event E{undone.event} ({what_was}, about {undone.subject}) is taken back.", markup=False)
    return 0


def _book(
    desk: Desk, message: int, lesson: "Lesson", who: str, decide: Callable[[], Outcome], *, apply: bool, as_json: bool
) -> None:
    """Decides, says what was booked, and what was learnt by it."""
    from intake.office.teaching import decide_and_learn

    outcome, learnt = decide_and_learn(desk, message, lesson, who, decide)
    _print_settled(outcome, desk, as_json)
    _tell_learnt(desk, learnt, apply=apply, as_json=as_json)


def _choice(desk: Desk, agency: str, types: list[str], periods: list[str], documents: list[str], due: str) -> Choice:
    if len(types) != len(periods):
        raise typer.BadParameter("each --report-type needs its --period, in the same order")
    shares = dict(_share(one) for one in documents)
    reports = dict.fromkeys([*zip(types, periods, strict=True), *(one for one in shares.values() if one)])
    return Choice(agency, tuple(reports), shares, if_given(late_moment, due, desk.zone))


def _share(text: str) -> tuple[int, Report | None]:
    number, equals, report = text.partition("=")
    code, colon, period = report.rpartition(":")
    is_none = report.strip() == "-"
    if not equals or not (number.isdecimal() or number == "text") or not (is_none or (colon and code and period)):
        raise typer.BadParameter(f"--document {text}: write it as 2=KTXH-T:2019-10, 2=- or text=KTXH-T:2019-10")
    return int(number) if number.isdecimal() else 0, None if is_none else (code, period)


def _tell_learnt(desk: Desk, learnt: list[str], *, apply: bool, as_json: bool) -> None:
    if not learnt:
        return
    for sentence in learnt:
        if as_json:
            print_json({"kind": "learnt", "what": sentence})
        else:
            console.print(sentence, markup=False)
    tell_what_settles(desk, apply=apply, as_json=as_json)


def tell_what_settles(desk: Desk, *, apply: bool, as_json: bool) -> None:
    """What else in the queue the registry would settle now, or has just settled."""
    from intake.office.rematching import settle, would_settle

    outcomes = settle(desk) if apply else would_settle(desk)
    for outcome in outcomes:
        if as_json:
            print_json({"kind": "settled" if apply else "would_settle", **outcome.as_json(desk.zone)})
        else:
            reports = ", ".join(f"{one.report_type} {one.period}" for one in outcome.reports) or outcome.reason
            done = "is settled" if apply else "would be settled"
            console.print(
                f"Message {outcome.id} {done}: {outcome.disposition}, {outcome.agency}, {reports}", markup=False
            )
    if not as_json:
        console.print(_summary(len(outcomes), apply=apply))


def _summary(count: int, *, apply: bool) -> str:
    if not count:
        return "Nothing else in the queue is settled by it."
    return "" if apply else "Nothing was recorded of these: `intake review rematch --apply` does it."


def _print_settled(outcome: Outcome, desk: Desk, as_json: bool) -> None:
    if as_json:
        print_json(outcome.as_json(desk.zone))
        return
    console.print(f"Message {outcome.id} is settled: {outcome.reason}.", markup=False)
    for one in outcome.reports:
        lacking = f", missing {', '.join(one.missing)}" if one.missing else ""
        console.print(
            f"   {outcome.agency} {one.report_type} {one.period}: version {one.version}, receipt {one.receipt}, "
            f"{one.timeliness}{lacking}",
            markup=False,
        )
    console.print(f"   `intake review undo {outcome.id}` takes this back.", markup=False)
