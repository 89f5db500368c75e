"""What a new office starts from: a commented config, the registry workbook, its own copy of the templates."""

import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from intake.registry import template_workbook
from intake.rendering import shipped_templates


def begin(folder: Path) -> Iterator[tuple[Path, bool]]:
    """Writes what is not there yet; overwrites nothing. Yields each path and whether it was written."""
    folder.mkdir(parents=True, exist_ok=True)
    shipped = shipped_templates()
    yield _written(folder / "config.toml", partial(shutil.copyfile, shipped_config()))
    yield _written(folder / "registry.xlsx", template_workbook)
    for source in sorted(one for one in shipped.rglob("*") if one.is_file()):
        target = folder / "templates" / source.relative_to(shipped)
        yield _written(target, partial(shutil.copyfile, source))


def shipped_config() -> Path:
    """The commented config that comes with the program: in a wheel within the package, in a checkout beside it."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "_config.example.toml"
    return installed if installed.is_file() else package.parent / "config.example.toml"


def _written(path: Path, write: Callable[[Path], object]) -> tuple[Path, bool]:
    if path.exists():
        return path, False
    path.parent.mkdir(parents=True, exist_ok=True)
    write(path)
    return path, True
