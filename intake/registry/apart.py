"""A workbook that somebody uploaded is read in a process of its own: a few bytes can unpack to gigabytes.

`python -m intake.registry.apart WORKBOOK FOLDER` reads one request of policies from stdin, writes what it read as CSV
files into the folder, and answers on stdout with the mistakes, as JSON.
"""

import json
import resource
import subprocess
import sys
import zipfile
from collections.abc import Collection
from pathlib import Path

from intake.errors import RegistryError
from intake.registry import Registry, read_registry, write_registry

MOST_BYTES = 5_000_000
UNPACKED_BYTES = 60_000_000
MOST_PARTS = 500
CPU_SECONDS = 20
WALL_SECONDS = 60
MEMORY = 900_000_000


def read_apart(workbook: Path, folder: Path, policies: Collection[str]) -> Registry:
    """The registry in a workbook, kept as CSV files in the folder. Raises `RegistryError` with every mistake."""
    _refuse_bomb(workbook)
    command = [sys.executable, "-P", "-m", "intake.registry.apart", str(workbook), str(folder)]
    try:
        ended = subprocess.run(  # noqa: S603 - our own module, and two paths that we made
            command, input=json.dumps(sorted(policies)).encode(), capture_output=True, timeout=WALL_SECONDS,
            check=False, env={},
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise _too_costly() from None
    if ended.returncode != 0:
        raise _too_costly()
    mistakes = tuple(json.loads(ended.stdout))
    if mistakes:
        raise RegistryError("\n".join(mistakes), mistakes)
    return read_registry(folder, policies)


def _refuse_bomb(workbook: Path) -> None:
    """Says no before anything is unpacked, by what the archive states of itself; the limits hold where it lies."""
    try:
        with zipfile.ZipFile(workbook) as archive:
            parts = archive.infolist()
    except (OSError, zipfile.BadZipFile, ValueError) as cause:
        raise RegistryError("the file is no workbook; save it as .xlsx, without a password") from cause
    if len(parts) > MOST_PARTS or sum(one.file_size for one in parts) > UNPACKED_BYTES:
        raise _too_costly()


def _too_costly() -> RegistryError:
    return RegistryError("the workbook costs more to read than a registry may; copy its three sheets into a new one")


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (UNPACKED_BYTES, UNPACKED_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    workbook, folder = Path(sys.argv[1]), Path(sys.argv[2])
    try:
        write_registry(folder, read_registry(workbook, set(json.load(sys.stdin))))
        mistakes: tuple[str, ...] = ()
    except RegistryError as cause:
        mistakes = cause.mistakes or (cause.sentence.replace(str(workbook), workbook.name),)
    sys.stdout.write(json.dumps(mistakes))


if __name__ == "__main__":
    main()
