"""What was uploaded and shown, and waits on the disk to be confirmed: a folder each, under a token nobody can guess."""

import re
import secrets
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from intake.errors import ConfigError

KEPT_SECONDS = 3600
_TOKEN = re.compile(r"[0-9a-f]{32}")


class WaitingRoom:
    """The folders of one kind of upload. `lost` is what is said where one waits no longer."""

    def __init__(self, kind: str, lost: str) -> None:
        self._prefix, self._lost = f"intake-{kind}-", lost

    def new(self) -> tuple[str, Path]:
        """A token and its folder, which only we can look into."""
        self._sweep()
        token = secrets.token_hex(16)
        folder = self.folder(token)
        folder.mkdir(mode=0o700)
        return token, folder

    def folder(self, token: str) -> Path:
        """Where it waits, if it does. Raises `ConfigError` for what is no token."""
        if not _TOKEN.fullmatch(token):
            raise ConfigError(self._lost)
        return Path(tempfile.gettempdir()) / f"{self._prefix}{token}"

    def _sweep(self) -> None:
        """Forgets what nobody confirmed within an hour of the newest one."""
        since = dict(filter(None, map(_waiting_since, Path(tempfile.gettempdir()).glob(f"{self._prefix}*"))))
        newest = max(since.values(), default=0.0)
        for folder, began in since.items():
            if newest - began > KEPT_SECONDS:
                shutil.rmtree(folder, ignore_errors=True)


def _waiting_since(folder: Path) -> tuple[Path, float] | None:
    """None for what somebody else has just confirmed."""
    with suppress(FileNotFoundError):
        return folder, folder.stat().st_mtime
    return None
