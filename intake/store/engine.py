"""Opens the database: SQLite as the embedded default, PostgreSQL by URL; transactions and migrations.

What the database cannot do now (locked, full, away) leaves here as a `TemporaryError`.
"""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError
from sqlalchemy.orm import Session

import intake.people  # noqa: F401 - its tables belong to the schema
from intake.errors import ConfigError, TemporaryError

__all__ = ["Database", "Session"]

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_SECONDS = 30
DAEMON_LOCK = 0x1A7A4E


class Database:
    """The engine with its transactions. Objects stay readable after their transaction has ended."""

    def __init__(self, url: str) -> None:
        self.engine = _engine(url)
        self.is_sqlite = self.engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that only reads: it never waits for a writer on SQLite."""
        with _temporary_failures(), Session(self.engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction that commits at its end, or leaves nothing behind. On SQLite it has the only write lock."""
        engine = self.engine.execution_options(intake_writes=True)
        with _temporary_failures(), Session(engine, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def trying(self) -> Iterator[Session]:
        """A transaction that leaves nothing behind, to see what would happen. On SQLite it has the only write lock."""
        engine = self.engine.execution_options(intake_writes=True)
        with _temporary_failures(), Session(engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A connection that sees the database as of one moment, while others go on writing."""
        level = None if self.is_sqlite else "REPEATABLE READ"
        engine = self.engine if level is None else self.engine.execution_options(isolation_level=level)
        with _temporary_failures(), engine.begin() as connection:
            yield connection

    def migrate(self) -> None:
        """Brings the schema to what this version needs."""
        with _temporary_failures(), self.engine.connect() as connection:
            current = MigrationContext.configure(connection).get_current_revision()
        if current != revisions()[-1]:
            with self.rebuilding() as connection:
                upgrade(connection)

    @contextmanager
    def rebuilding(self) -> Iterator[Connection]:
        """A transaction that may take tables apart and fill them: foreign keys need only hold again at its end.

        SQLite changes a table by making it anew, and would mind that the old one goes while others refer to it.
        """
        with _temporary_failures(), self.engine.connect() as connection:
            connection = connection.execution_options(intake_writes=True)
            _mind_foreign_keys(connection, False)
            try:
                with connection.begin():
                    yield connection
                    _refuse_dangling_keys(connection)
            finally:
                _mind_foreign_keys(connection, True)

    @contextmanager
    def only_daemon(self) -> Iterator[Callable[[], None]]:
        """Held by the one process that runs the clockwork; it ends with the process, however that dies.

        Gives what makes sure that it is still held: on PostgreSQL the lock goes with its connection, and is taken
        again. Both raise `ConfigError` if another daemon holds it.
        """
        path = self.engine.url.database
        if not self.is_sqlite:
            lock = _AdvisoryLock(self.engine)
            with closing(lock):
                lock.hold()
                yield lock.hold
        elif path and path != ":memory:":
            with _file_lock(Path(path + ".lock")):
                yield lambda: None
        else:
            yield lambda: None

    def close(self) -> None:
        self.engine.dispose()


def _mind_foreign_keys(connection: Connection, mind: bool) -> None:
    """Only heard outside a transaction, so it goes to the driver, which begins none."""
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "sqlite":
        driver.execute(f"PRAGMA foreign_keys={'ON' if mind else 'OFF'}").close()


def _refuse_dangling_keys(connection: Connection) -> None:
    if connection.dialect.name == "sqlite" and (found := connection.execute(text("PRAGMA foreign_key_check")).first()):
        raise ConfigError(f"the database is damaged: a row of {found[0]} refers to one of {found[2]} that is not there")


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Brings the schema to a revision, as part of the connection's transaction."""
    settings = _migrations()
    settings.attributes["connection"] = connection
    command.upgrade(settings, revision)


def revisions() -> list[str]:
    """Every revision of the schema, the first one first."""
    return [one.revision for one in ScriptDirectory.from_config(_migrations()).walk_revisions()][::-1]


def _migrations() -> AlembicConfig:
    settings = AlembicConfig()
    settings.set_main_option("script_location", str(MIGRATIONS))
    return settings


class _AdvisoryLock:
    """A lock of PostgreSQL that lives as long as its connection."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._connection: Connection | None = None

    def hold(self) -> None:
        """Takes the lock, unless it is held already. Raises `ConfigError` if another daemon holds it."""
        with _temporary_failures():
            if self._connection and not self._is_alive(self._connection):
                self.close()
            if self._connection is None:
                self._connection = self._taken()

    def _taken(self) -> Connection:
        connection = self._engine.connect()
        if connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": DAEMON_LOCK}):
            return connection
        connection.close()
        raise ConfigError("another intake daemon already works on this database; stop it first")

    @staticmethod
    def _is_alive(connection: Connection) -> bool:
        try:
            connection.scalar(text("SELECT 1"))
        except DBAPIError:
            return False
        return True

    def close(self) -> None:
        """Lets the connection go, and the lock with it: it is never given back to the pool."""
        if self._connection is not None:
            self._connection.invalidate()
            self._connection.close()
            self._connection = None


def _engine(url: str) -> Engine:
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite" and parsed.database:
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(parsed, pool_pre_ping=parsed.get_backend_name() != "sqlite")
    except (ArgumentError, NoSuchModuleError, ImportError) as cause:
        raise ConfigError(
            f'database.url: "sqlite:///data/intake.db" or "postgresql+psycopg://user@host/name", not {url!r}'
        ) from cause
    except OSError as cause:
        raise ConfigError(f"database.url: its folder cannot be made: {cause}") from cause
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL", f"busy_timeout={BUSY_SECONDS * 1000}"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes the lock at once: taking it halfway through a transaction could fail without waiting."""
    writes = connection.get_execution_options().get("intake_writes") or connection.engine.get_execution_options().get(
        "intake_writes"
    )
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def _temporary_failures() -> Iterator[None]:
    try:
        yield
    except OperationalError as cause:
        raise TemporaryError(f"the database cannot be used now: {cause.orig}") from cause


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
