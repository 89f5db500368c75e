"""Commands about deadlines: extend and waive, on the office's own account or as the answer to a mail."""

from typing import Annotated

import typer

from intake.cli.obligations import AgencyCode, PeriodKey, TypeCode
from intake.cli.options import DEFAULT_CONFIG, At, ConfigPath, Who, current_user, desk_for
from intake.cli.printing import console
from intake.desk import Desk
from intake.model import Obligation
from intake.office.requests import About
from intake.office.typed import if_given, late_moment

Why = Annotated[
    str, typer.Option("--why", metavar="TEXT", help="The reason, kept in the audit trail; told to who asked.")
]
Request = Annotated[
    int, typer.Option("--request", metavar="ID", help="The message that asks for it, as `review` shows.")
]
Refuse = Annotated[bool, typer.Option("--refuse", help="Do not grant the request; the agency is told why.")]


def add_to(app: typer.Typer) -> None:
    for command in (extend, waive):
        app.command()(command)


def extend(
    agency: AgencyCode = "",
    report_type: TypeCode = "",
    period: PeriodKey = "",
    until: Annotated[str, typer.Option("--until", metavar="D", help="The last day, or a strict time on it.")] = "",
    why: Why = "",
    request: Request = 0,
    refuse: Refuse = False,
    by: Who = "",
    at: At = "",
    config: ConfigPath = DEFAULT_CONFIG,
) -> int:
    """Give one obligation a later deadline, or grant or refuse what a mail asks for (--request).

    A day counts to its end; a time is strict. Without --until a request is granted as it was asked.
    """
    from intake.office.decisions import Decision
    from intake.office.decisions import extend as decide
    from intake.office.requests import grant_extension

    _check_call(request, refuse, why, {"--agency": agency, "--report-type": report_type, "--period": period,
                                       "--until": until, "--why": why})  # fmt: skip
    with desk_for(config, at) as desk:
        moment = if_given(late_moment, until, desk.zone)
        if refuse:
            return _refused(desk, request, by or current_user(), why)
        if request:
            about = _about(report_type, period)
            found = [one.obligation for one in grant_extension(desk, request, by or current_user(), why, moment, about)]
        else:
            assert moment is not None
            found = [decide(desk, Decision(agency, report_type, period, by or current_user(), why), moment)]
        for one in found:
            due = one.due_at.astimezone(desk.zone).isoformat()
            console.print(f"Extended: {_named(one)} is late from {due} on.")
    return 0


def waive(
    agency: AgencyCode = "",
    report_type: TypeCode = "",
    period: PeriodKey = "",
    why: Why = "",
    request: Request = 0,
    refuse: Refuse = False,
    by: Who = "",
    at: At = "",
    config: ConfigPath = DEFAULT_CONFIG,
) -> int:
    """Say that one obligation need not be answered, or grant or refuse what a mail asks for (--request)."""
    from intake.office.decisions import Decision
    from intake.office.decisions import waive as decide
    from intake.office.requests import grant_waiver

    _check_call(request, refuse, why, {"--agency": agency, "--report-type": report_type, "--period": period,
                                       "--why": why})  # fmt: skip
    with desk_for(config, at) as desk:
        if refuse:
            return _refused(desk, request, by or current_user(), why)
        if request:
            about = _about(report_type, period)
            found = [one.obligation for one in grant_waiver(desk, request, by or current_user(), why, about)]
        else:
            found = [decide(desk, Decision(agency, report_type, period, by or current_user(), why))]
    for one in found:
        console.print(f"Waived: {_named(one)}.")
    return 0


def _check_call(request: int, refuse: bool, why: str, needed: dict[str, str]) -> None:
    if refuse and not (request and why):
        raise typer.BadParameter("--refuse needs --request ID, and --why for the agency")
    missing = [option for option, value in needed.items() if not value]
    if missing and not request:
        raise typer.BadParameter(f"give {', '.join(missing)}; or --request ID for what a mail asks")


def _about(report_type: str, period: str) -> About | None:
    if bool(report_type) != bool(period):
        raise typer.BadParameter("give --report-type and --period together")
    return About(report_type, period) if report_type else None


def _refused(desk: Desk, request: int, who: str, why: str) -> int:
    from intake.office.requests import refuse

    refuse(desk, request, who, why)
    console.print(f"Refused: message {request}; the answer leaves with the next pass.")
    return 0


def _named(one: Obligation) -> str:
    return f"{one.agency_code} {one.report_type_code} {one.period}"
