"""Which daemons are at work on one database, and what each of them alone does for now.

On SQLite there is one daemon: it holds a file lock beside the database. On PostgreSQL there may be many, on separate
machines. Each says every few seconds that it lives, by the clock of the database, and holds an advisory lock that goes
with its connection: what it had in hand goes to the others at once when it dies, and soon when its machine does.
"""

import fcntl
import os
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import ColumnElement, Connection, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import InstrumentedAttribute

from intake.errors import ConfigError, TemporaryError
from intake.model import Lease
from intake.store.engine import Database, temporary_failures
from intake.store.session import Session

BEAT_SECONDS = 5.0

# 1735246 is the first number of our advisory locks, the lease's own is the second.
_LOCK = text("SELECT pg_advisory_lock(1735246, :number)")
_ALIVE = """
    SELECT holder FROM lease WHERE until > clock_timestamp() AND number IN (
        SELECT objid::bigint FROM pg_locks WHERE locktype = 'advisory' AND classid = 1735246 AND objsubid = 2
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))
"""
_UNTIL = "clock_timestamp() + interval '25 seconds'"
_TAKE = text(f"""
    INSERT INTO lease (name, holder, number, until) VALUES (:name, :holder, :number, {_UNTIL})
    ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, number = excluded.number, until = excluded.until
    WHERE lease.holder = :holder OR lease.holder NOT IN ({_ALIVE})
""")  # noqa: S608 - made of constants
_RENEW = text(f"UPDATE lease SET until = {_UNTIL} WHERE holder = :holder")  # noqa: S608 - made of constants
_LEAVE = text("DELETE FROM lease WHERE holder = :holder")
_COMPANY = text(f"SELECT EXISTS ({_ALIVE} AND holder <> :holder)")
_STILL_HELD = text(
    "SELECT 1 FROM lease WHERE name = :name AND holder = :holder AND until > clock_timestamp() FOR UPDATE"
)


def mailbox_lease(label: str) -> str:
    """The name of the lease on reading a mailbox."""
    return f"mailbox {label}"


class Presence:
    """One daemon among those at work. Its `holder` is what its claims and leases bear."""

    def __init__(self, database: Database) -> None:
        self.holder = secrets.token_hex(8)
        self._number = secrets.randbits(31)
        self._database = database
        self._connection: Connection | None = None
        self._beating: threading.Thread | None = None
        self._leaving = threading.Event()

    def arrive(self) -> None:
        """Lets the others know that we are at work, from now until `leave`."""
        if self._database.is_sqlite or self._beating:
            return
        self._beat()
        self._beating = threading.Thread(target=self._go_on_beating, name="presence", daemon=True)
        self._beating.start()

    def leave(self) -> None:
        """Gives back every lease, and our claims with them."""
        self._leaving.set()
        if self._beating:
            self._beating.join()
        if self._connection is not None:
            with suppress(DBAPIError):
                self._connection.execute(_LEAVE, {"holder": self.holder})
            self._drop()

    @contextmanager
    def lease(self, name: str) -> Iterator[bool]:
        """Whether this is ours alone to do until the block ends."""
        if self._database.is_sqlite:
            yield True
            return
        with self._database.writing() as session:
            held = session.execute(_TAKE, self._lease(name)).rowcount == 1  # type: ignore[attr-defined]
        try:
            yield held
        finally:
            if held:
                with suppress(TemporaryError), self._database.writing() as session:
                    session.execute(
                        text("DELETE FROM lease WHERE name = :name AND holder = :holder"), self._lease(name)
                    )

    def make_sure(self, session: Session, name: str) -> None:
        """Raises `TemporaryError` if the lease was lost meanwhile; else nobody takes it before the session commits."""
        if not self._database.is_sqlite and session.scalar(_STILL_HELD, self._lease(name)) is None:
            raise TemporaryError(f"another daemon has taken over {name}")

    def has_company(self, session: Session) -> bool:
        """Whether another daemon is at work."""
        if self._database.is_sqlite:
            return False
        return bool(session.scalar(_COMPANY, {"holder": self.holder}))

    def abandoned(self, claimed_by: InstrumentedAttribute[str | None]) -> ColumnElement[bool]:
        """Whether a claim was left by a daemon that is gone. On SQLite every other one is."""
        if self._database.is_sqlite:
            is_other: ColumnElement[bool] = claimed_by != self.holder
            return is_other
        return claimed_by.not_in(text(_ALIVE).columns(Lease.holder))

    def _lease(self, name: str) -> dict[str, object]:
        return {"name": name, "holder": self.holder, "number": self._number}

    def _go_on_beating(self) -> None:
        while not self._leaving.wait(BEAT_SECONDS):
            with suppress(TemporaryError):
                self._beat()

    def _beat(self) -> None:
        """Renews every lease of ours; on a new connection with the lock, if the old one broke."""
        with temporary_failures():
            if self._connection is None:
                self._connection = self._connected()
            try:
                self._connection.execute(_RENEW, {"holder": self.holder})
                self._connection.execute(_TAKE, self._lease(f"daemon {self.holder}"))
            except DBAPIError:
                self._drop()
                raise

    def _connected(self) -> Connection:
        connection = self._database.engine.execution_options(isolation_level="AUTOCOMMIT").connect()
        connection.execute(_LOCK, {"number": self._number})
        return connection

    def _drop(self) -> None:
        """Lets the connection go, and the lock with it: it is never given back to the pool."""
        if self._connection is not None:
            self._connection.invalidate()
            self._connection.close()
            self._connection = None


@contextmanager
def only_daemon(database: Database) -> Iterator[None]:
    """On SQLite, held by the one process that runs the clockwork; it ends with the process, however that dies.

    Raises `ConfigError` if another daemon holds it. On PostgreSQL daemons share the work.
    """
    path = database.engine.url.database
    if not database.is_sqlite or not path or path == ":memory:":
        yield
        return
    with _file_lock(Path(path + ".lock")):
        yield


@contextmanager
def _file_lock(path: Path) -> Iterator[None]:
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as cause:
            file.seek(0)
            holder = file.read().strip() or "unknown"
            raise ConfigError(
                f"another intake daemon (process {holder}) already works on this database; stop it first"
            ) from cause
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield
