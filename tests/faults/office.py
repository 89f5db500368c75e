"""An office of 200 communes whose daemon is a real process, between a wire to Dovecot and the worst of SMTP servers.

Every mail is a report for an obligation of its own, so that each can be counted from outside: booked, in front of a
person, lost, answered twice.
"""

import contextlib
import os
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import sqlalchemy
import tomlkit
from builders import OFFICE_ADDRESS, at, docx, mail
from certificates import Certificate
from servers import PASSWORD, Dovecot

from faults.nursery import Nursery
from faults.sink import PASSWORD as SMTP_PASSWORD
from faults.sink import USERNAME as SMTP_USERNAME
from faults.sink import Sink, sink_server
from faults.wire import Wire, wire_before
from intake.model import OFFICE, Agency, Contact, ReportType
from intake.registry import Registry, write_registry

FIRST = ("An", "Bình", "Cẩm", "Đại", "Gia", "Hòa", "Kim", "Long", "Minh", "Nam", "Quảng", "Sơn", "Tân", "Thanh",
         "Trung", "Văn", "Vĩnh", "Xuân", "Yên", "Ia")  # fmt: skip
SECOND = ("Cường", "Đông", "Hải", "Khê", "Lộc", "Mỹ", "Nghĩa", "Phước", "Thọ", "Trị")
COMMUNES = [f"UBND xã {one} {other}" for one in FIRST for other in SECOND]
TOPICS = (
    "cải cách hành chính", "xây dựng nông thôn mới", "giảm nghèo bền vững", "an toàn giao thông", "bảo vệ môi trường",
    "chuyển đổi số", "tiếp công dân", "trồng trọt và chăn nuôi", "giáo dục mầm non", "y tế dự phòng",
)  # fmt: skip
RECEIVED = "2026-11-16 09:00"
BEGAN = "2026-11-10 08:00"
NOW = "2026-11-16 09:05"
PATIENCE = 60.0


@dataclass(frozen=True)
class Tally:
    """What became of some mails, as seen from outside."""

    mails: int
    booked: int
    in_review: int
    lost: int
    booked_twice: int
    answered: int
    doubled: int
    other_words: int
    refused: int

    @property
    def kept(self) -> bool:
        """Whether the promise was kept: nothing lost, nothing booked twice, no answer in two wordings."""
        return not (self.lost or self.booked_twice or self.other_words)


@dataclass
class Office:
    """The daemon's folder and all around it. `settings` is its config, written anew by `configure`."""

    folder: Path
    dovecot: Dovecot
    user: str
    wire: Wire
    sink: Sink
    nursery: Nursery
    settings: dict[str, Any]
    daemons: list[int] = field(default_factory=list)
    inbox: str = "INBOX"
    next_mail: int = 0
    unread_before: int = 0

    def configure(self, **tables: Any) -> None:
        """Writes the config, with these keys in these tables changed; of a mailbox in `mailbox`."""
        for name, changes in tables.items():
            table = self.settings["mailboxes"][0] if name == "mailbox" else self.settings.setdefault(name, {})
            table.update(changes)
        (self.folder / "config.toml").write_text(tomlkit.dumps(self.settings), encoding="utf-8")

    @property
    def log(self) -> Path:
        return self.folder / "daemon.log"

    def words(self) -> str:
        """All that the daemons have said so far."""
        return self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""

    def start(self, moment: str = NOW, log: Path | None = None, **env: str) -> int:
        """A daemon; its process. It may have a log of its own."""
        process = self.nursery.start(["run", "--at", at(moment).isoformat()], self.folder, log or self.log, env)
        self.daemons.append(process)
        return process

    def kill(self, process: int, number: signal.Signals = signal.SIGKILL) -> int:
        """Ends a daemon, by a signal; says how it ended."""
        self.daemons.remove(process)
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, number)
        return self.nursery.wait(process)

    def call(self, *arguments: str) -> int:
        """One command to its end; its exit status."""
        return self.nursery.wait(self.nursery.start(list(arguments), self.folder, self.folder / "calls.log"))

    def put(self, count: int) -> list[str]:
        """So many new reports arrive in the folder that is read; their Message-IDs."""
        raws = [report(number) for number in range(self.next_mail, self.next_mail + count)]
        ids = [message_id(number) for number in range(self.next_mail, self.next_mail + count)]
        self.next_mail += count
        self.dovecot.put_mails(self.user, raws, self.inbox, received_at=at(RECEIVED))
        return ids

    def answers(self) -> Counter[str]:
        """How many mails answer each Message-ID, each delivery counted."""
        return Counter(one.answers for one in list(self.sink.mails) if one.answers)

    def copies(self) -> list[tuple[str, float]]:
        """Each delivery of an answer: its Message-ID, and when it was taken."""
        return [(one.mail_id, one.at) for one in list(self.sink.mails) if one.answers]

    def tally(self, ids: Iterable[str]) -> Tally:
        """What became of these mails."""
        wanted = set(ids)
        states = self._states()
        booked = {one for one in wanted if states.get(one, (0, 0))[0]}
        waiting = {one for one in wanted - booked if states.get(one, (0, 0))[1]}
        answers: dict[str, Counter[str]] = {one: Counter() for one in wanted}
        for taken in list(self.sink.mails):
            if taken.answers in wanted:
                answers[taken.answers][taken.mail_id] += 1
        unread = self._unread() - self.unread_before
        return Tally(
            mails=len(wanted),
            booked=len(booked),
            in_review=len(waiting) + min(unread, len(wanted - booked - waiting)),
            lost=max(0, len(wanted - booked - waiting) - unread),
            booked_twice=sum(states[one][0] > 1 for one in booked),
            answered=sum(bool(found) for found in answers.values()),
            doubled=sum(sum(found.values()) - 1 for found in answers.values() if found),
            other_words=sum(len(found) > 1 for found in answers.values()),
            refused=len(wanted & self._refused()),
        )

    def _states(self) -> dict[str, tuple[int, int]]:
        """By Message-ID: how many submissions its mails made, and how many of them wait for a person."""
        query = (
            "SELECT m.message_id, (SELECT count(*) FROM submission s WHERE s.message_id = m.id), "
            "(m.status = 'failed' OR m.disposition IN ('review', 'quarantined')) FROM message m"
        )
        states: dict[str, tuple[int, int]] = {}
        for name, submissions, waits in self._rows(query):
            booked, waiting = states.get(name, (0, 0))
            states[name] = booked + submissions, waiting + bool(waits)
        return states

    def _refused(self) -> set[str]:
        """The mails whose answers wait for a person as the server takes them never."""
        return {one for (one,) in self._rows("SELECT in_reply_to FROM notice WHERE status = 'failed'")}

    def is_at_rest(self) -> bool:
        """Whether no answer waits to be sent, or to be sent once more."""
        query = "SELECT count(*) FROM notice WHERE status IN ('queued', 'claimed', 'sending') AND in_reply_to != ''"
        return int(self._rows(query)[0][0]) == 0

    def count_unread(self) -> None:
        """What cannot be read by now is not counted among the mails that follow."""
        self.unread_before = self._unread()

    def _unread(self) -> int:
        """The mails in front of a person that could not be read, so that nobody knows which they are."""
        return int(self._rows("SELECT count(*) FROM message WHERE status = 'failed' AND message_id = ''")[0][0])

    def _rows(self, query: str) -> list[Any]:
        engine = sqlalchemy.create_engine(self.database_url)
        with engine.connect() as connection:
            rows = list(connection.execute(sqlalchemy.text(query)))
        engine.dispose()
        return rows

    @property
    def database_url(self) -> str:
        url: str = self.settings["database"]["url"]
        return url.replace("sqlite:///data", f"sqlite:///{self.folder}/data")

    def await_answers(self, ids: Iterable[str], patience: float = PATIENCE) -> float:
        """Waits until each of these was answered; the seconds that it took. Fails with the last words of the log."""
        began, wanted = time.monotonic(), set(ids)
        self.await_that(lambda: wanted <= set(self.answers()), f"answers to {wanted}", patience)
        return time.monotonic() - began

    def await_that(self, condition: Callable[[], bool], what: str, patience: float = PATIENCE) -> None:
        until = time.monotonic() + patience
        while not condition():
            assert time.monotonic() < until, f"waited in vain for {what}:\n{self.words()[-6000:]}"
            time.sleep(0.05)


def message_id(number: int) -> str:
    return f"<report-{number}@tinh.example>"


def report(number: int) -> bytes:
    """The report with this number: of one commune, on one topic."""
    commune, topic = COMMUNES[number % len(COMMUNES)], TOPICS[number // len(COMMUNES)]
    content = docx(
        commune.upper(), f"Số: {number + 1}/BC-UBND", "Sơn Hà, ngày 15 tháng 11 năm 2026", "BÁO CÁO",
        f"Công tác {topic} tháng 11 năm 2026", "Kính gửi: Ủy ban nhân dân tỉnh",
        "Trong tháng, công tác được triển khai đúng kế hoạch.", "Nơi nhận: - Như trên; - Lưu: VT.",
    )  # fmt: skip
    return mail(
        f"xa{number % len(COMMUNES):03d}@tinh.example", f"{commune} - Báo cáo công tác {topic} tháng 11/2026",
        f"Xã gửi báo cáo công tác {topic} tháng 11 năm 2026.", at(RECEIVED), files={"BC T11.docx": content},
        message_id=message_id(number),
    )  # fmt: skip


def communes(topics: int) -> Registry:
    known = Registry([Agency(code=OFFICE, name="Văn phòng UBND tỉnh")], [], [])
    for number, name in enumerate(COMMUNES):
        code = f"XA{number:03d}"
        known.agencies.append(Agency(code=code, name=name, groups=["xa"]))
        known.contacts.append(Contact(agency_code=code, email=f"{code.lower()}@tinh.example", role="submitter"))
    for number, topic in enumerate(TOPICS[:topics]):
        kind = ReportType(
            code=f"BC{number}", name=f"Báo cáo công tác {topic} tháng", frequency="monthly", closing="decree",
            due="closing +2wd", required=["document", "number"], groups=["xa"], active_from=date(2026, 1, 1),
        )  # fmt: skip
        known.report_types.append(kind)
    return known


@contextlib.contextmanager
def office(
    folder: Path, dovecot: Dovecot, user: str, nursery: Nursery, database_url: str = "sqlite:///data/intake.db",
    topics: int = len(TOPICS), inbox: str = "INBOX", tls: Certificate | None = None, **tables: dict[str, Any],
) -> Iterator[Office]:  # fmt: skip
    """The office with its registry loaded and its obligations opened; no daemon runs yet.

    With `tls` both servers are encrypted, and the one that sends wants a login.
    """
    server = {"host": "127.0.0.1", "security": "none", "timeout": "4s"}
    settings: dict[str, Any] = {
        "office": {"name": "Văn phòng UBND tỉnh", "address": OFFICE_ADDRESS, "admin": "quantri@tinh.example"},
        "database": {"url": database_url},
        "storage": {"path": "data/messages"},
        "daemon": {"poll_every": "1s", "workers": 1},
        "summary": {"to": []},
        "policies": {"standard": {"steps": [{"at": "-1h", "notice": "reminder", "to": ["submitter"]}]}},
    }
    shown = tls.context() if tls else None
    with wire_before(dovecot.port, shown) as wire, sink_server(shown) as sink:
        box = {"kind": "imap", "name": "official", "port": wire.port, "username": user, "password": PASSWORD}
        out = {"kind": "smtp", "port": sink.port}
        settings |= {"mailboxes": [box | server | {"folder": inbox}], "outgoing": out | server}
        if tls:
            login = {"username": SMTP_USERNAME, "password": SMTP_PASSWORD, "ca_file": str(tls.ca_file)}
            settings["mailboxes"][0] |= {"security": "tls", "ca_file": str(tls.ca_file)}
            settings["outgoing"] |= {"security": "starttls", **login}
        dovecot.make_folder(user, inbox)
        place = Office(folder, dovecot, user, wire, sink, nursery, settings, inbox=inbox)
        place.configure(**tables)
        write_registry(folder / "registry", communes(topics))
        assert place.call("registry", "load", "registry") == 0
        place.call("run", "--once", "--at", at(BEGAN).isoformat())
        sink.mails.clear()
        try:
            yield place
        finally:
            for process in tuple(place.daemons):
                place.kill(process)
