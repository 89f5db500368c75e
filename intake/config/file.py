"""The config file while the daemon runs: a right one is taken over, a wrong one leaves the old in force, in words."""

from pathlib import Path

from intake.config.loading import load_config
from intake.config.tables import Config
from intake.errors import ConfigError

# What is open for as long as the daemon lives.
FIXED = ("database", "storage")


class ConfigFile:
    """`problem` says why the file as it is now is not wholly in force; "" where it is."""

    def __init__(self, path: Path, config: Config) -> None:
        self.problem = ""
        self._path, self._config = path, config
        self._seen = self._bytes()

    def changed(self) -> Config | None:
        """The config to work with from now on; None where it stays."""
        seen = self._bytes()
        if seen == self._seen:
            return None
        self._seen, self.problem = seen, ""
        try:
            new = load_config(self._path)
        except ConfigError as cause:
            self.problem = cause.sentence
            return None
        fixed = {name: getattr(self._config, name) for name in FIXED}
        if changed := [name for name, value in fixed.items() if getattr(new, name) != value]:
            self.problem = f"[{'], ['.join(changed)}] are taken over only when the daemon is started anew"
        self._config = new.model_copy(update=fixed)
        return self._config

    def _bytes(self) -> bytes | None:
        try:
            return self._path.read_bytes()
        except OSError:
            return None
