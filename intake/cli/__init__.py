"""The commands of the interface, one file for each thing they are about. Thin: they ask, call and print."""

import sys

import structlog
import typer
from typer.main import get_command

from intake.cli import (
    backlog,
    deadlines,
    digest,
    directives,
    explain,
    incidents,
    mails,
    obligations,
    registry,
    review,
    sending,
    setting_up,
    simulate,
    stats,
    templates,
    users,
)
from intake.cli.printing import complain
from intake.errors import ConfigError, IntakeError
from intake.interpreter import collect_rarely, take_short_turns

DONE, NEEDS_PERSON, WRONG_CALL, INTERRUPTED = 0, 1, 2, 130

app = typer.Typer(
    name="intake",
    help="Receives the reports that agencies mail to an office, acknowledges them, reminds and escalates.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
)
for room in (
    setting_up, mails, registry, obligations, deadlines, digest, incidents, directives, review, backlog, sending,
    explain, simulate, stats, templates, users,
):  # fmt: skip
    room.add_to(app)


def main() -> None:
    """The `intake` command: its exit status is 0 done, 1 needs a person, 2 the call or the config is wrong."""
    log_to_stderr()
    collect_rarely()
    take_short_turns()
    sys.exit(_status())


def _status() -> int:
    try:
        status = get_command(app).main(standalone_mode=False)
    except typer.TyperException as cause:
        _show_usage(cause)
        return WRONG_CALL
    except typer.Abort:
        return INTERRUPTED
    except ConfigError as cause:
        complain(cause.sentence)
        return WRONG_CALL
    except IntakeError as cause:
        complain(cause.sentence)
        return NEEDS_PERSON
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        return DONE
    return status if isinstance(status, int) else DONE


def _show_usage(cause: typer.TyperException) -> None:
    """What was wrong with the call, with the command's usage; typer's own base class does not declare how."""
    show = getattr(cause, "show", None)
    if show:
        show()
    else:
        complain(str(cause))


def log_to_stderr() -> None:
    """One line of key=value pairs for each event."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
            structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"], bool_as_flag=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(20),
        # Looked up for each line: a progress bar puts itself in front of stderr while it is shown.
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
    )
