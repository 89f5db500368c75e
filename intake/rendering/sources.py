"""Where a template's text comes from: the office's folder first, the shipped one for whatever is not there."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

PARTS = ("subject.txt", "body.txt", "body.html")
# What goes along as a document of the office; most notices have none.
DOCUMENT = "document.html"

Fingerprint = tuple[tuple[str, str, int, int, int], ...]


def shipped_templates() -> Path:
    """The templates that come with the program: in a wheel within the package, in a checkout beside it."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "_templates"
    return installed if installed.is_dir() else package.parent / "templates"


@dataclass(frozen=True, slots=True)
class Source:
    text: str
    path: str


@dataclass(frozen=True, slots=True)
class Sources:
    """The files that one notice may be made of, by template name, and what tells whether they have changed.

    `instead` are texts that are not saved yet, to be taken in place of files.
    """

    files: dict[str, os.DirEntry[str]]
    fingerprint: Fingerprint
    instead: Mapping[str, Source] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        return sorted({*self.files, *self.instead})

    def read(self, name: str) -> Source:
        """Raises `OSError` or `UnicodeDecodeError`. A byte-order mark, as some editors write it, is fine."""
        if name in self.instead:
            return self.instead[name]
        path = self.files[name].path
        return Source(Path(path).read_text(encoding="utf-8-sig"), path)


def folders_of(path: Path | None, language: str) -> tuple[Path, ...]:
    """Where the templates of a language stand, the office's own folder first."""
    shipped = shipped_templates() / language
    return (path / language, shipped) if path else (shipped,)


def part_of(part: str, wording: str) -> str:
    """The file of a part in a wording of its own: "body.txt" is "body.gentle.txt" for the wording "gentle"."""
    stem, _, ending = part.partition(".")
    return f"{stem}.{wording}.{ending}"


def sources_of(notice: str, folders: tuple[Path, ...], wording: str = "") -> Sources:
    """The notice's own files and the shared ones (`_*`); an earlier folder's file hides a later one's.

    With a wording, its files take the place of the plain ones; a part that has none is taken plain.
    """
    files: dict[str, os.DirEntry[str]] = {}
    for folder in folders if wording else ():
        own = dict(_entries(folder / notice, ""))
        for part in PARTS:
            if entry := own.get(part_of(part, wording)):
                files.setdefault(f"{notice}/{part}", entry)
    for folder in folders:
        for name, entry in _entries(folder, ""):
            if name.startswith("_"):
                files.setdefault(name, entry)
        for name, entry in _entries(folder / notice, f"{notice}/"):
            if entry.name in (*PARTS, DOCUMENT) or entry.name.startswith("_"):
                files.setdefault(name, entry)
    return Sources(files, tuple(_mark(name, files[name]) for name in sorted(files)))


def _entries(folder: Path, prefix: str) -> list[tuple[str, os.DirEntry[str]]]:
    try:
        with os.scandir(folder) as entries:
            return [(prefix + entry.name, entry) for entry in entries if entry.is_file()]
    except (FileNotFoundError, NotADirectoryError):
        return []


def _mark(name: str, entry: os.DirEntry[str]) -> tuple[str, str, int, int, int]:
    stat = entry.stat()
    return name, entry.path, stat.st_mtime_ns, stat.st_size, stat.st_ino


def wordings_of(notice: str, folders: tuple[Path, ...]) -> list[str]:
    """The wordings that a notice has beside its plain one."""
    names = {one.name for folder in folders for one in (folder / notice).glob("*.*.*")}
    found = {name.split(".")[1] for name in names if part_of(_plain(name), name.split(".")[1]) == name}
    return sorted(found)


def _plain(name: str) -> str:
    stem, _, rest = name.partition(".")
    return f"{stem}.{rest.partition('.')[2]}"
