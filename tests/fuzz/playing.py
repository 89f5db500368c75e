"""One target played by atheris in a process of its own: `python -m fuzz.playing TARGET FOLDER SECONDS`.

A finding that is an exception or slowness is kept, and play goes on. A hang or too much memory ends the process, and
libFuzzer keeps the input that did it.
"""

import sys
import time
import traceback
from contextlib import suppress
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["intake", "email"]):
    from fuzz.targets import TARGETS, Target

from fuzz.mutations import mutated

SLOW_SECONDS = 2.0
HANG_SECONDS = 30
MEMORY_MEGABYTES = 1500
LONGEST = 200_000


class Findings:
    """The smallest input of each kind of trouble, as files beside a text that tells the trouble."""

    def __init__(self, folder: Path, target: str) -> None:
        self._folder, self._target = folder, target
        self._sizes: dict[str, int] = {}

    def keep(self, kind: str, told: str, data: bytes) -> None:
        if len(data) >= self._sizes.get(kind, LONGEST * 10):
            return
        self._sizes[kind] = len(data)
        path = self._folder / f"{self._target}-{kind}"
        path.write_bytes(data)
        path.with_suffix(".txt").write_text(told)


def kind_of(error: Exception) -> str:
    """The exception and the innermost place of ours that it came through: the same for every input of one bug."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "/intake/" in frame.filename] or frames
    return f"{type(error).__name__}-{Path(ours[-1].filename).stem}-{ours[-1].lineno}"


def play(target: Target, findings: Findings, data: bytes) -> None:
    began = time.process_time()
    try:
        target.run(data)
    except Exception as error:
        findings.keep(kind_of(error), traceback.format_exc(), data)
    used = time.process_time() - began
    if used > SLOW_SECONDS:
        findings.keep("slow", f"{used:.1f} s of CPU for {len(data)} bytes", data)


def main(name: str, folder: Path, seconds: int) -> None:
    target, inputs, found = TARGETS[name], folder / "inputs" / name, folder / "findings"
    for made in (inputs, found):
        made.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(target.seeds()):
        if len(seed) <= LONGEST:
            (inputs / f"seed-{number:03d}").write_bytes(seed)
    findings = Findings(found, name)
    options = [
        str(inputs), f"-max_total_time={seconds}", f"-max_len={LONGEST}", f"-timeout={HANG_SECONDS}",
        f"-rss_limit_mb={MEMORY_MEGABYTES}", f"-artifact_prefix={found}/{name}-", "-len_control=20",
        "-report_slow_units=1000", "-print_final_stats=1",
    ]  # fmt: skip
    atheris.Setup(
        [sys.argv[0], *options],
        lambda data: play(target, findings, data),
        custom_mutator=lambda data, most, seed: mutated(data, most, seed, atheris.Mutate),
    )
    with suppress(KeyboardInterrupt):
        atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
