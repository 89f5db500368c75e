"""The unit that an office is given, as systemd itself judges it."""

import shutil
import subprocess
from pathlib import Path

import pytest

UNIT = Path(__file__).parent.parent / "docs" / "systemd" / "intake.service"
MOST_EXPOSED = 2.0

pytestmark = pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")


def analyzed(*arguments: str) -> str:
    done = subprocess.run(["systemd-analyze", *arguments], capture_output=True, text=True, timeout=60, check=False)
    return done.stdout + done.stderr


def test_systemd_finds_no_mistake_in_it(tmp_path: Path) -> None:
    unit = tmp_path / "intake.service"
    unit.write_text(UNIT.read_text().replace("/srv/intake/.venv/bin/intake", "/bin/true"))
    told = [line for line in analyzed("verify", str(unit)).splitlines() if "intake.service" in line]
    assert told == []


def test_systemd_finds_it_little_exposed() -> None:
    told = analyzed("security", "--offline=true", str(UNIT))
    if "Overall exposure level" not in told:
        pytest.skip("this systemd judges no files")
    exposure = float(told.rpartition("intake.service: ")[2].split()[0])
    assert exposure <= MOST_EXPOSED
