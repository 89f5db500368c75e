"""A draft is tried in a process of its own, which may take neither long nor much memory: a template is a program.

`python -m intake.rendering.trial` reads one request from stdin and answers on stdout, both JSON.
"""

import json
import resource
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from intake.notices import Notice, from_fields, to_fields
from intake.rendering.drafts import Draft, problems_of, render_draft
from intake.rendering.templates import Problem, Rendered, TemplateError

CPU_SECONDS = 10
WALL_SECONDS = 60
MEMORY = 700_000_000
LONGEST_ANSWER = 20_000_000


@dataclass(frozen=True, slots=True)
class Trial:
    """What was found: what is wrong, or else, where a notice was to be shown, the mail that it becomes."""

    problems: tuple[Problem, ...]
    rendered: Rendered | None = None


def tried(path: Path | None, language: str, draft: Draft, shown: Notice | None = None) -> Trial:
    """Tries the draft apart: on all samples, or only on the notice to be shown."""
    notice = {"name": shown.name, "fields": to_fields(shown)} if shown else None
    request = {"path": str(path) if path else None, "language": language, "draft": asdict(draft), "shown": notice}
    command = [sys.executable, "-P", "-m", "intake.rendering.trial"]
    try:
        ended = subprocess.run(  # noqa: S603 - our own module, and nothing of the request in the command
            command, input=json.dumps(request).encode(), capture_output=True, timeout=WALL_SECONDS, check=False, env={}
        )
    except subprocess.TimeoutExpired:
        return _died(draft)
    if ended.returncode != 0 or len(ended.stdout) > LONGEST_ANSWER:
        return _died(draft)
    told = json.loads(ended.stdout)
    rendered = Rendered(**told["rendered"]) if told["rendered"] else None
    return Trial(tuple(Problem(**one) for one in told["problems"]), rendered)


def _died(draft: Draft) -> Trial:
    what = f"it takes more than {CPU_SECONDS} seconds or more memory than a mail may cost"
    return Trial((Problem(draft.notice, draft.name, 0, what),))


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    request = json.load(sys.stdin)
    found = _answer(request)
    answer: dict[str, Any] = {
        "problems": [asdict(one) for one in found.problems],
        "rendered": asdict(found.rendered) if found.rendered else None,
    }
    sys.stdout.write(json.dumps(answer))


def _answer(request: dict[str, Any]) -> Trial:
    path = Path(request["path"]) if request["path"] else None
    language, draft, shown = request["language"], Draft(**request["draft"]), request["shown"]
    if shown is None:
        return Trial(tuple(problems_of(path, language, draft)))
    try:
        return Trial((), render_draft(path, language, draft, from_fields(shown["name"], shown["fields"])))
    except TemplateError as cause:
        return Trial((cause.problem,))


if __name__ == "__main__":
    main()
