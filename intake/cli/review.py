"""Commands about what waits for a person: review, review accept, review dismiss."""

from typing import Annotated, Any

import typer

from intake.cli.options import DEFAULT_CONFIG, AsJson, At, ConfigPath, Who, current_user, desk_for
from intake.cli.printing import console, print_json
from intake.records.outcome import Outcome

group = typer.Typer(help="What waits for a person.", invoke_without_command=True)
MessageId = Annotated[int, typer.Argument(metavar="ID", help="The message's id.")]


def add_to(app: typer.Typer) -> None:
    app.add_typer(group, name="review")


@group.callback()
def review(
    context: typer.Context, as_json: AsJson = False, at: At = "", config: ConfigPath = DEFAULT_CONFIG
) -> int | None:
    """List what waits for a person: messages, and notices that were refused or came back."""
    if context.invoked_subcommand:
        context.default_map = {context.invoked_subcommand: {"config": str(config), "at": at}}
        return None
    from intake.office.review import waiting

    with desk_for(config, at) as desk:
        found = waiting(desk)
        for outcome in found.messages:
            if as_json:
                print_json({"kind": "message", **outcome.as_json(desk.zone)})
            else:
                _show(outcome, desk.zone)
        for notice in found.notices:
            line: dict[str, Any] = {
                "kind": "notice", "id": notice.id, "notice": notice.name, "to": notice.recipient,
                "reference": notice.reference, "status": notice.status, "error": notice.error,
            }  # fmt: skip
            if as_json:
                print_json(line)
            else:
                console.print(f"notice {notice.id}: {notice.name} to {notice.recipient}: {notice.error}", markup=False)
    if not as_json and not found.messages and not found.notices:
        console.print("Nothing waits for a person.")
    return 0


def _show(outcome: Outcome, zone: Any) -> None:
    received = outcome.received_at.astimezone(zone).strftime("%d/%m/%Y %H:%M")
    subject = outcome.subject or "(no subject)"
    console.print(f"message {outcome.id}  {received}  {outcome.agency or '(agency unknown)'}  {subject}", markup=False)
    console.print(f"   {outcome.disposition}: {outcome.reason}", markup=False)
    for line in outcome.evidence:
        console.print(f"   - {line}", markup=False)
    if outcome.request:
        _show_request(outcome)
        return
    for one in outcome.suggestions:
        options = " ".join(f"--{name.replace('_', '-')} {value}" for name, value in one.items() if value)
        console.print(f"   intake review accept {outcome.id} {options}", markup=False)


def _show_request(outcome: Outcome) -> None:
    """What is asked for, and the command that grants it."""
    request = outcome.request
    command = "extend" if request["kind"] == "extension" else "waive"
    for one in request["obligations"]:
        until = f" until {one['until']}" if one["until"] else ""
        console.print(f"   asks for {request['kind']}: {one['report_type']} {one['period']}{until}", markup=False)
    known = "" if request["obligations"] else " --report-type … --period …"
    day = " --until D" if command == "extend" and not (known or request["until"]) else ""
    console.print(
        f"   intake {command} --request {outcome.id}{known}{day} --why TEXT    (or --refuse --why TEXT)", markup=False
    )


@group.command()
def accept(
    message: MessageId,
    agency: Annotated[str, typer.Option("--agency", metavar="CODE")],
    report_type: Annotated[str, typer.Option("--report-type", metavar="CODE")],
    period: Annotated[str, typer.Option("--period", metavar="KEY")],
    by: Who = "",
    as_json: AsJson = False,
    at: At = "",
    config: ConfigPath = DEFAULT_CONFIG,
) -> int:
    """File a message as the report that it is, and acknowledge it."""
    from intake.office.review import accept as decide

    with desk_for(config, at) as desk:
        outcome = decide(desk, message, agency, report_type, period, by or current_user())
        _print_settled(outcome, desk.zone, as_json)
    return 0


@group.command()
def dismiss(
    message: MessageId,
    why: Annotated[str, typer.Option("--why", metavar="TEXT", help="The reason, kept in the audit trail.")],
    notice: Annotated[bool, typer.Option("--notice", help="ID is that of a notice that was not delivered.")] = False,
    by: Who = "",
    as_json: AsJson = False,
    at: At = "",
    config: ConfigPath = DEFAULT_CONFIG,
) -> int:
    """Settle a message without booking anything, or a notice that could not be delivered."""
    from intake.office.review import dismiss as decide
    from intake.office.review import dismiss_notice

    with desk_for(config, at) as desk:
        if notice:
            dismiss_notice(desk, message, why, by or current_user())
            console.print(f"Notice {message} is settled.")
        else:
            _print_settled(decide(desk, message, why, by or current_user()), desk.zone, as_json)
    return 0


@group.command()
def retry(
    notice: Annotated[int, typer.Argument(metavar="ID", help="The notice's id.")],
    by: Who = "",
    at: At = "",
    config: ConfigPath = DEFAULT_CONFIG,
) -> int:
    """Send a notice once more that could not be delivered. It leaves with the next pass."""
    from intake.office.review import retry_notice

    with desk_for(config, at) as desk:
        retried = retry_notice(desk, notice, by or current_user())
    console.print(f"Notice {retried.id} to {retried.recipient} is queued again.", markup=False)
    return 0


def _print_settled(outcome: Outcome, zone: Any, as_json: bool) -> None:
    if as_json:
        print_json(outcome.as_json(zone))
    else:
        console.print(f"Message {outcome.id} is settled: {outcome.reason}.", markup=False)
