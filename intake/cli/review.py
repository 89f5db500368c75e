"""Commands of the review desk that look: review, review show, review rematch; and those about notices."""

from typing import Annotated

import typer

from intake.cli import deciding
from intake.cli.options import DEFAULT_CONFIG, AsJson, At, ConfigPath, Language, MessageId, Who, current_user, desk_for
from intake.cli.printing import console, print_json

group = typer.Typer(help="What waits for a person, and what the person decides.", invoke_without_command=True)


def add_to(app: typer.Typer) -> None:
    app.add_typer(group, name="review")
    deciding.add_to(group)


@group.callback()
def review(
    context: typer.Context,
    language: Language = "",
    as_json: AsJson = False,
    at: At = "",
    config: ConfigPath = DEFAULT_CONFIG,
) -> int | None:
    """List what waits for a person: messages, and notices that were refused or came back."""
    if context.invoked_subcommand:
        context.default_map = {context.invoked_subcommand: {"config": str(config), "at": at}}
        return None
    from intake.office.cases import cases, cases_as_json
    from intake.office.review import undelivered
    from intake.rendering.pages import page

    with desk_for(config, at) as desk:
        shown, notices = cases(desk), undelivered(desk)
        if as_json:
            for line in cases_as_json(desk, shown):
                print_json(line)
        else:
            for case in shown:
                console.print(page("case", case, desk.language(language), desk.zone), markup=False, soft_wrap=True)
        for notice in notices:
            if as_json:
                print_json(
                    {
                        "kind": "notice", "id": notice.id, "notice": notice.name, "to": notice.recipient,
                        "reference": notice.reference, "status": notice.status, "error": notice.error,
                    }
                )  # fmt: skip
            else:
                console.print(f"notice {notice.id}: {notice.name} to {notice.recipient}: {notice.error}", markup=False)
        if not as_json and not shown and not notices:
            console.print("Nothing waits for a person.")
    return 0


@group.command()
def show(
    message: MessageId,
    language: Language = "",
    as_json: AsJson = False,
    at: At = "",
    config: ConfigPath = DEFAULT_CONFIG,
) -> int:
    """Show one message whole, whether it waits or not."""
    from intake.office.cases import case_numbered, cases_as_json
    from intake.rendering.pages import page

    with desk_for(config, at) as desk:
        case = case_numbered(desk, message)
        if as_json:
            print_json(cases_as_json(desk, [case])[0])
        else:
            console.print(page("case", case, desk.language(language), desk.zone), markup=False, soft_wrap=True)
    return 0


@group.command()
def rematch(
    apply: Annotated[bool, typer.Option("--apply", help="Record them, instead of only saying so.")] = False,
    as_json: AsJson = False,
    at: At = "",
    config: ConfigPath = DEFAULT_CONFIG,
) -> int:
    """Say which waiting messages the registry in force would settle by now, or let it."""
    with desk_for(config, at) as desk:
        deciding.tell_what_settles(desk, apply=apply, as_json=as_json)
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
