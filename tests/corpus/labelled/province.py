"""An invented province: its registry as letters and mails show it, its own words from `province.toml`."""

import csv
import io
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
LOCALITIES = ("xã ", "phường ", "đặc khu ", "huyện ", "thị xã ", "thành phố ")


@dataclass(frozen=True)
class Province:
    """The folder holds `registry/`, `config.toml`, `mails/*.toml`, `province.toml` and, for old formats, `parts/`."""

    folder: Path

    @cached_property
    def words(self) -> dict[str, Any]:
        return tomllib.loads((self.folder / "province.toml").read_text(encoding="utf-8"))

    @property
    def name(self) -> str:
        return self.words["name"]

    @property
    def domain(self) -> str:
        return self.words["domain"]

    @cached_property
    def names(self) -> dict[str, str]:
        return {row["code"]: row["name"] for row in self._rows("agencies")}

    @cached_property
    def addresses(self) -> dict[str, str]:
        """The first address of each agency that submits."""
        found: dict[str, str] = {}
        for row in self._rows("contacts"):
            if row["role"] == "submitter":
                found.setdefault(row["agency"], row["email"].replace("*", "vanthu"))
        return found

    def head(self, code: str) -> tuple[str, str]:
        """The two lines at the top left."""
        own, name = self._letterhead(code), self.names[code]
        if name.startswith("UBND "):
            usual = ("ỦY BAN NHÂN DÂN", name.removeprefix("UBND ").upper())
        else:
            usual = (f"UBND TỈNH {self.name.upper()}", name.removesuffix(" tỉnh").upper())
        return own.get("parent", usual[0]), own.get("issuer", usual[1])

    def symbol(self, code: str) -> str:
        return "UBND" if self.names[code].startswith("UBND ") else self._letterhead(code).get("symbol", code)

    def place(self, code: str) -> str:
        locality = self.names[code].removeprefix("UBND ")
        kind = next((one for one in LOCALITIES if locality.startswith(one)), "")
        return locality.removeprefix(kind) if kind else self.name

    def _letterhead(self, code: str) -> dict[str, str]:
        return self.words.get("letterheads", {}).get(code, {})

    def _rows(self, name: str) -> list[dict[str, str]]:
        text = (self.folder / "registry" / f"{name}.csv").read_text(encoding="utf-8")
        return list(csv.DictReader(io.StringIO(text)))


def provinces() -> list[Province]:
    return [Province(path.parent) for path in sorted(HERE.glob("*/province.toml"))]
