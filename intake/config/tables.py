"""The tables of the config, each with its defaults, and the whole that they make."""

from datetime import date, time, timedelta
from pathlib import Path
from typing import Literal, Self
from zoneinfo import ZoneInfo

from pydantic import Field, model_validator

from intake.config.monitoring import Metrics
from intake.config.names import CATEGORIES
from intake.config.policies import DEFAULT_STEPS, DIRECTIVE_STEPS, URGENT_STEPS, Policy
from intake.config.servers import ImapOrMaildir, Outgoing
from intake.config.values import Daily, Duration, MailAddress, OfficeHours, Section, TimeOfDay, Zone
from intake.config.web import Web


class Office(Section):
    name: str = "Văn phòng UBND tỉnh"
    address: MailAddress = "baocao@localhost"
    timezone: Zone = "Asia/Ho_Chi_Minh"
    phone: str = ""
    admin: str = ""

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


class Database(Section):
    url: str = "sqlite:///data/intake.db"


class Storage(Section):
    """`pack_after`: mails older than this go into dated archives; without it they stay files."""

    path: Path = Path("data/messages")
    pack_after: Duration | None = None


class Templates(Section):
    path: Path | None = None
    language: Literal["vi", "en"] = "vi"


class Daemon(Section):
    poll_every: Duration = timedelta(seconds=30)
    open_ahead: Duration = timedelta(days=60)
    workers: int = Field(2, ge=1, le=64)


class Sending(Section):
    """`hold_older_than`: what answers a mail that was so old when the service began waits for a person's word.

    Not more than `per_minute` and `per_hour` mails leave in all (0 a minute sets no limit), and `per_address` an hour
    to one address, what acknowledges a new report not counted.
    """

    office_hours: OfficeHours | None = None
    hold_older_than: Duration | None = None
    per_minute: int = Field(0, ge=0)
    per_hour: int = Field(10_000, gt=0)
    per_address: int = Field(30, gt=0)


class Summary(Section):
    """When the summary of the month before goes out, and to whom; an empty `to` sends none."""

    day: int = Field(5, ge=1, le=28)
    at: time = time(8)
    to: tuple[Literal["leader", "agency"], ...] = ("leader", "agency")


class Digest(Section):
    """When the day's synthesis leaves, each day of the year, and to which roles; an empty `to` sends none."""

    at: TimeOfDay = time(17, 30)
    to: tuple[Literal["leader", "duty", "records"], ...] = ("leader", "duty")


class Sharing(Section):
    """`max_bytes`: of larger attachments a copy only says that they are there."""

    max_bytes: int = Field(15_000_000, gt=0)


class Paper(Section):
    """The head and the foot of a document of the office (Decree 30/2020, appendix I). What is empty a pen fills in."""

    above: str = "UBND TỈNH"
    symbol: str = "BC-VP"
    place: str = ""
    signing: tuple[str, ...] = ("CHÁNH VĂN PHÒNG",)
    signer: str = ""


class Calendar(Section):
    country: str = "VN"
    off: tuple[date, ...] = ()
    working: tuple[date, ...] = ()


class Category(Section):
    """How an urgent matter of this kind is recognised, and what is owed about it, by the hour, on every day.

    `answer_within` holds for a request that names no hour; `policy` names the reminder steps. `share_with` are the
    agencies and groups that get a copy of each report of such a matter.
    """

    keywords: tuple[str, ...] = ()
    first_report_within: Duration = timedelta(hours=24)
    answer_within: Duration = timedelta(hours=2)
    follow_up: Daily = ()
    closing_report_within: Duration = timedelta(days=3)
    policy: str = "urgent"
    share_with: tuple[str, ...] = ()


class Orders(Section):
    """What the office orders: who may do so by mail, and by when agencies confirm that they have got a directive.

    `report_type` is the one, due on request, under which the report on carrying out a directive is owed.
    """

    by: tuple[Literal["duty", "leader", "records"], ...] = ("duty", "leader", "records")
    confirm_within: Duration = timedelta(hours=24)
    report_type: str = ""
    policy: str = "directive"


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
    digest: Digest = Digest()
    sharing: Sharing = Sharing()
    paper: Paper = Paper()
    calendar: Calendar = Calendar()
    policies: dict[str, Policy] = Field(default_factory=dict)
    incidents: dict[str, Category] = Field(default_factory=dict)
    orders: Orders = Orders()
    limits: Limits = Limits()
    signatures: Signatures = Signatures()
    metrics: Metrics = Metrics()
    web: Web | None = None

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

    @property
    def console(self) -> Web:
        """The console's table; as it is by default where the config has none, and the daemon carries none."""
        return self.web or Web()

    def policy(self, name: str) -> Policy:
        """The named reminder policy; `standard`, or a plain built-in one, where it is not configured."""
        return self.policies.get(name) or self.policies.get("standard") or Policy(steps=DEFAULT_STEPS)

    def category(self, name: str) -> Category:
        """What is owed in urgent matters of this category; the defaults where it is not configured."""
        return self.incidents.get(name) or Category()

    def urgent_policy(self, name: str) -> Policy:
        """The named policy for urgent matters; a plain built-in one, in minutes, where it is not configured."""
        return self.policies.get(name) or Policy(steps=URGENT_STEPS)

    def directive_policy(self) -> Policy:
        """The steps by which agencies are reminded to confirm a directive; plain built-in ones without a policy."""
        return self.policies.get(self.orders.policy) or Policy(steps=DIRECTIVE_STEPS)
