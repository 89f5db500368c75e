"""The `intake` command called as from a shell, in this process: what it ended with and what it printed."""

import json
import sys
from collections.abc import Callable
from typing import Any

import pytest

from intake.cli import main


class Called:
    """What one call ended with and printed."""

    def __init__(self, status: object, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


Intake = Callable[..., Called]


def caller(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Intake:
    """The command as a function of its arguments."""

    def call(*arguments: object) -> Called:
        monkeypatch.delenv("INTAKE_CONFIG", raising=False)
        monkeypatch.setattr(sys, "argv", ["intake", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as end:
            main()
        return Called(end.value.code, *capsys.readouterr())

    return call
