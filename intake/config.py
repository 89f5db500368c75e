"""config.toml to typed settings. Reports every mistake at once, each with its key and what would be right.

Relative paths are relative to the config file. Passwords come from files or the environment only.
"""

import difflib
import ipaddress
import os
import re
import tomllib
from datetime import date, time, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo, available_timezones

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from intake.errors import ConfigError

NOTICES = (
    "acknowledgment", "incomplete", "under_review", "refusal", "reminder", "overdue", "escalation", "directive",
    "incident_alert", "incident_request", "share", "office_receipt", "daily_digest", "compliance_summary",
    "secrecy_refusal", "admin_alert", "correction", "request_answer", "deadline_moved",
)  # fmt: skip
STEP_NOTICES = ("reminder", "overdue", "escalation", "directive")
AGENCY_ROLES = ("submitter", "head", "supervisor", "duty")
OFFICE_ROLES = ("duty", "leader", "records", "secrecy")
CATEGORIES = (
    "natural_disaster", "epidemic", "social_evil", "security", "public_order", "fire_explosion", "border_crossing",
    "deforestation", "other",
)  # fmt: skip

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def _duration(value: object) -> object:
    found = re.fullmatch(r"(\d+)\s*([smhd])", value) if isinstance(value, str) else None
    if not found:
        if isinstance(value, timedelta):
            return value
        raise ValueError('a duration such as "30s", "5m", "24h" or "2d"')
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


Duration = Annotated[timedelta, BeforeValidator(_duration)]


def _zone(value: object) -> str:
    if isinstance(value, str) and value in available_timezones():
        return value
    raise ValueError('the name of a time zone, such as "Asia/Ho_Chi_Minh"')


def _office_hours(value: object) -> object:
    found = re.fullmatch(r"(\d\d:\d\d)\s*-\s*(\d\d:\d\d)", value) if isinstance(value, str) else None
    if not found:
        raise ValueError('hours such as "07:00-17:30"')
    opening, closing = time.fromisoformat(found[1]), time.fromisoformat(found[2])
    if opening >= closing:
        raise ValueError("an opening hour before the closing hour")
    return opening, closing


OfficeHours = Annotated[tuple[time, time], BeforeValidator(_office_hours)]


class Section(BaseModel):
    """A table of the config: every key is known, and nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Office(Section):
    name: str = "Văn phòng UBND tỉnh"
    address: str = Field("baocao@localhost", pattern=r"^[^@\s]+@[^@\s]+$")
    timezone: Annotated[str, BeforeValidator(_zone)] = "Asia/Ho_Chi_Minh"
    phone: str = ""
    admin: str = ""

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


class Database(Section):
    url: str = "sqlite:///data/intake.db"


class Storage(Section):
    path: Path = Path("data/messages")


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


class Templates(Section):
    path: Path | None = None
    language: Literal["vi", "en"] = "vi"


class Daemon(Section):
    poll_every: Duration = timedelta(seconds=30)
    open_ahead: Duration = timedelta(days=60)
    workers: int = Field(2, ge=1, le=64)


class Sending(Section):
    """`hold_older_than`: what answers a mail that was so old when the service began waits for a person's word."""

    office_hours: OfficeHours | None = None
    hold_older_than: Duration | None = None


class Summary(Section):
    """When the summary of the month before goes out, and to whom; an empty `to` sends none."""

    day: int = Field(5, ge=1, le=28)
    at: time = time(8)
    to: tuple[Literal["leader", "agency"], ...] = ("leader", "agency")


class Calendar(Section):
    country: str = "VN"
    off: tuple[date, ...] = ()
    working: tuple[date, ...] = ()


class Offset(Section):
    """When a step is due, relative to `due_at`: so many days, working days or hours before (negative) or after."""

    amount: int
    unit: Literal["d", "wd", "h"]


def _offset(value: object) -> object:
    found = re.fullmatch(r"([+-])(\d{1,3})(wd|d|h)", value) if isinstance(value, str) else None
    if not found:
        raise ValueError('a step such as "-3d", "-1wd", "+0h" or "+1d"')
    return Offset(amount=int(found[1] + found[2]), unit=found[3])


class Step(Section):
    at: str
    notice: Literal["reminder", "overdue", "escalation", "directive"]
    to: tuple[Literal["submitter", "head", "supervisor", "duty"], ...] = Field(min_length=1)
    wording: str = Field("", pattern=r"^[a-z0-9_-]*$")

    @model_validator(mode="after")
    def _check(self) -> Self:
        _offset(self.at)
        return self

    @property
    def offset(self) -> Offset:
        offset = _offset(self.at)
        assert isinstance(offset, Offset)
        return offset


class Often(Section):
    """How often an agency was late: so many of its last so many deadlines for one report type."""

    late: int
    of: int


def _often(value: object) -> object:
    found = re.fullmatch(r"(\d{1,3}) of (\d{1,3})", value) if isinstance(value, str) else None
    if not found or not 0 < int(found[1]) <= int(found[2]):
        raise ValueError('so many of so many, such as "3 of 6"')
    return Often(late=int(found[1]), of=int(found[2]))


class Policy(Section):
    """The steps; and the policy that an agency follows instead once it was late so often."""

    steps: tuple[Step, ...] = ()
    stricter: str = ""
    when_late: Annotated[Often, BeforeValidator(_often)] = Often(late=3, of=6)


class Category(Section):
    keywords: tuple[str, ...] = ()
    first_report_within: Duration = timedelta(hours=24)
    follow_up: str = ""


class Limits(Section):
    """What one message and one document may cost before reading stops."""

    message_bytes: int = Field(50_000_000, gt=0)
    header_bytes: int = Field(262_144, gt=0)
    header_line_bytes: int = Field(32_768, gt=0)
    parts: int = Field(500, gt=0)
    depth: int = Field(100, gt=0, le=150)
    nested_messages: int = Field(5, ge=0)
    text_chars: int = Field(2_000_000, gt=0)
    archive_files: int = Field(200, gt=0)
    archive_bytes: int = Field(200_000_000, gt=0)
    archive_depth: int = Field(3, gt=0)
    worker_memory: int = Field(1_000_000_000, gt=0)
    worker_seconds: int = Field(30, gt=0)
    ocr_seconds: int = Field(15, ge=0)


class Signatures(Section):
    """Whose digital signatures are trusted: the authorities' certificates, a PEM or DER file or a folder of such."""

    trust_store: Path | None = None


DEFAULT_STEPS = (
    Step(at="-3d", notice="reminder", to=("submitter",)),
    Step(at="+0h", notice="overdue", to=("submitter",)),
    Step(at="+1wd", notice="escalation", to=("submitter", "head")),
)


class Config(Section):
    office: Office = Office()
    database: Database = Database()
    storage: Storage = Storage()
    mailboxes: tuple[ImapOrMaildir, ...] = ()
    outgoing: Outgoing = Outgoing(kind="maildir", path=Path("data/outgoing"))
    templates: Templates = Templates()
    daemon: Daemon = Daemon()
    sending: Sending = Sending()
    summary: Summary = Summary()
    calendar: Calendar = Calendar()
    policies: dict[str, Policy] = Field(default_factory=dict)
    incidents: dict[str, Category] = Field(default_factory=dict)
    limits: Limits = Limits()
    signatures: Signatures = Signatures()

    @model_validator(mode="after")
    def _check(self) -> Self:
        for name in self.incidents:
            if name not in CATEGORIES:
                raise ValueError(f"incidents.{name}: one of {', '.join(CATEGORIES)}")
        for name, policy in self.policies.items():
            if policy.stricter and policy.stricter not in self.policies:
                raise ValueError(f"policies.{name}.stricter: one of {', '.join(self.policies)}")
        labels = [mailbox.label for mailbox in self.mailboxes]
        if len(set(labels)) != len(labels):
            raise ValueError("mailboxes: each mailbox once, or each with a name of its own")
        return self

    def policy(self, name: str) -> Policy:
        """The named reminder policy; `standard`, or a plain built-in one, where it is not configured."""
        return self.policies.get(name) or self.policies.get("standard") or Policy(steps=DEFAULT_STEPS)


def load_config(path: Path) -> Config:
    """Reads the config file.

    Raises `ConfigError` with every mistake at once, each with its key and what would be right.
    """
    try:
        with path.open("rb") as file:
            tables = tomllib.load(file)
    except FileNotFoundError:
        raise ConfigError(f"there is no config file {path}; `intake init` writes one") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as cause:
        raise ConfigError(f"{path} cannot be read: {cause}") from cause
    return config_from(tables, path.parent)


def config_from(tables: dict[str, Any], base: Path) -> Config:
    """The settings in `tables`, with relative paths taken from `base`. Raises `ConfigError`."""
    try:
        config = Config.model_validate(tables)
    except ValidationError as cause:
        mistakes = tuple(_mistake(error) for error in cause.errors(include_url=False))
        raise ConfigError("the config is wrong:\n" + "\n".join(f"  {line}" for line in mistakes), mistakes) from cause
    return _with_absolute_paths(config, base.absolute())


def _mistake(error: Any) -> str:
    key = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in error["loc"]).lstrip(".")
    if error["type"] == "extra_forbidden":
        known = _known_keys(error["loc"])
        close = difflib.get_close_matches(str(error["loc"][-1]), known, n=1)
        return f"{key}: unknown key" + (f"; did you mean {close[0]}?" if close else f"; known are {', '.join(known)}")
    wanted = error["msg"].removeprefix("Value error, ")
    given = error["input"]
    shown = f" (it is {given!r})" if isinstance(given, str | int | float | bool) and "password" not in key else ""
    return f"{key}: {wanted}{shown}" if key else wanted


def _known_keys(location: tuple[str | int, ...]) -> list[str]:
    section: type[Section] = Config
    for part in location[:-1]:
        field = section.model_fields.get(str(part))
        section = (_section_of(field.annotation) if field else None) or section
    return list(section.model_fields)


def _section_of(annotation: Any) -> type[Section] | None:
    """The kind of table that a field holds: itself, or within a tuple or a dict."""
    inner = [annotation, *getattr(annotation, "__args__", ())]
    return next((one for one in inner if isinstance(one, type) and issubclass(one, Section)), None)


def _with_absolute_paths(config: Config, base: Path) -> Config:
    def placed(path: Path | None) -> Path | None:
        return None if path is None else base / path.expanduser()

    def server(section: Any) -> Any:
        return section.model_copy(
            update={key: placed(getattr(section, key)) for key in ("path", "password_file", "ca_file")}
        )

    url = config.database.url
    if found := re.fullmatch(r"sqlite:///(?!:memory:)([^/].*)", url):
        url = f"sqlite:///{base / found[1]}"
    return config.model_copy(
        update={
            "database": Database(url=url),
            "storage": Storage(path=base / config.storage.path.expanduser()),
            "templates": config.templates.model_copy(update={"path": placed(config.templates.path)}),
            "mailboxes": tuple(server(mailbox) for mailbox in config.mailboxes),
            "outgoing": server(config.outgoing),
            "signatures": Signatures(trust_store=placed(config.signatures.trust_store)),
        }
    )
