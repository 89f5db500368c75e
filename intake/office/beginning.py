"""What a new office starts from: a commented config, the registry workbook, its own copy of the templates."""

import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from intake.registry import template_workbook
from intake.rendering import shipped_templates


def begin(folder: Path) -> Iterator[tuple[Path, int, int]]:
    """Writes what is not there yet; overwrites nothing. Yields each path, and how many files were written and kept."""
    folder.mkdir(parents=True, exist_ok=True)
    shipped = shipped_templates()
    for path, write in (
        (folder / "config.toml", partial(shutil.copyfile, shipped_config())),
        (folder / "registry.xlsx", template_workbook),
    ):
        written = _written(path, write)
        yield path, int(written), int(not written)
    templates = [one.relative_to(shipped) for one in shipped.rglob("*") if one.is_file()]
    own = folder / "templates"
    made = sum(_written(own / one, partial(shutil.copyfile, shipped / one)) for one in templates)
    yield own, made, len(templates) - made


def shipped_config() -> Path:
    """The commented config that comes with the program: in a wheel within the package, in a checkout beside it."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "_config.example.toml"
    return installed if installed.is_file() else package.parent / "config.example.toml"


def _written(path: Path, write: Callable[[Path], object]) -> bool:
    if path.exists():
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    write(path)
    return True
