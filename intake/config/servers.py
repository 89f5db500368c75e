"""The tables of the servers that mail comes from and goes to.

Passwords come from files or the environment only.
"""

import ipaddress
import os
from datetime import timedelta
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from intake.config.values import Duration, Section
from intake.errors import ConfigError


class Secret(Section):
    """How one password is had: from a file, from the environment, or (on loopback only) literally."""

    username: str = ""
    password_file: Path | None = None
    password_env: str | None = None
    password: str | None = Field(None, repr=False)

    def read_password(self) -> str:
        """The password. Raises `ConfigError` if the file or variable is not there."""
        if self.password_file:
            try:
                return self.password_file.read_text(encoding="utf-8").rstrip("\r\n")
            except (OSError, UnicodeDecodeError) as cause:
                raise ConfigError(f"the password file {self.password_file} cannot be read: {cause}") from cause
        if self.password_env:
            if self.password_env not in os.environ:
                raise ConfigError(f"the environment variable {self.password_env} with the password is not set")
            return os.environ[self.password_env]
        return self.password or ""


Security = Literal["tls", "starttls", "none"]


class Server(Secret):
    host: str = ""
    port: int = Field(0, ge=0, le=65535)
    security: Security = "tls"
    allow_plaintext: bool = False
    ca_file: Path | None = None
    timeout: Duration = timedelta(seconds=60)

    @property
    def is_loopback(self) -> bool:
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    def _check_server(self) -> None:
        if not self.host:
            raise ValueError('host: the name of the mail server, such as "mail.example.gov.vn"')
        if self.security == "none" and not (self.is_loopback or self.allow_plaintext):
            raise ValueError(
                'security: "tls" or "starttls"; "none" sends the password readable over the network and is taken '
                "outside loopback only with allow_plaintext = true"
            )
        if self.password is not None and not self.is_loopback:
            raise ValueError("password: use password_file or password_env; a literal password is refused here")


class ImapOrMaildir(Server):
    kind: Literal["imap", "maildir"]
    name: str = ""
    path: Path | None = None
    folder: str = "INBOX"
    after: Literal["keep", "flag", "move"] = "keep"
    keyword: str = "$Intake"
    move_to: str = "Intake"
    max_size: int = Field(50_000_000, gt=0)
    authserv_id: str = ""

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.kind == "maildir":
            if self.path is None:
                raise ValueError("path: the folder of the Maildir")
        else:
            self._check_server()
        return self

    @property
    def label(self) -> str:
        """The mailbox's stable name: what a cursor and a message are kept under."""
        if self.name:
            return self.name
        return f"maildir:{self.path}" if self.kind == "maildir" else f"imap:{self.username}@{self.host}/{self.folder}"


class Outgoing(Server):
    kind: Literal["smtp", "maildir"] = "maildir"
    path: Path | None = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.kind == "maildir":
            if self.path is None:
                raise ValueError("path: the Maildir that each outgoing mail is written to")
        else:
            self._check_server()
        return self
