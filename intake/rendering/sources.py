"""Where a template's text comes from: the office's folder first, the shipped one for whatever is not there."""

import os
from dataclasses import dataclass
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
    """The files that one notice may be made of, by template name, and what tells whether they have changed."""

    files: dict[str, os.DirEntry[str]]
    fingerprint: Fingerprint

    def read(self, name: str) -> Source:
        """Raises `OSError` or `UnicodeDecodeError`. A byte-order mark, as some editors write it, is fine."""
        path = self.files[name].path
        return Source(Path(path).read_text(encoding="utf-8-sig"), path)


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
