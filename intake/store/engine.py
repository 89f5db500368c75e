"""Opens the database: SQLite as the embedded default, PostgreSQL by URL; transactions and migrations.

What the database cannot do now (locked, full, away) leaves here as a `TemporaryError`.
"""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, OperationalError

from intake.errors import ConfigError, TemporaryError
from intake.store.session import Session
from intake.store.turns import Turns

__all__ = ["Database", "Session", "temporary_failures"]

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_SECONDS = 30
# The numbers under which PostgreSQL knows what only one process may do at a time.
ALONE = {"claim": 0x1A7A4E01, "judge": 0x1A7A4E02}


class Database:
    """The engine with its transactions. Objects stay readable after their transaction has ended."""

    def __init__(self, url: str) -> None:
        self.engine = _engine(url)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self._writers = Turns() if self.is_sqlite else None

    @property
    def is_wanted(self) -> bool:
        """Whether another thread waits for the write lock: then a long transaction had better end."""
        return self._writers is not None and self._writers.wanted

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that only reads: it never waits for a writer on SQLite."""
        with temporary_failures(), Session(self.engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction that commits at its end, or leaves nothing behind. On SQLite it has the only write lock."""
        engine = self.engine.execution_options(intake_writes=True)
        turn = self._writers or nullcontext()
        with turn, temporary_failures(), Session(engine, expire_on_commit=False) as session, session.begin():
            yield session
            session.flush()

    def alone(self, session: Session, what: Literal["claim", "judge"]) -> None:
        """Until the session's transaction ends, no other process does this; on SQLite no other writes at all."""
        if not self.is_sqlite:
            session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ALONE[what]})

    @contextmanager
    def trying(self) -> Iterator[Session]:
        """A transaction that leaves nothing behind, to see what would happen. On SQLite it has the only write lock."""
        engine = self.engine.execution_options(intake_writes=True)
        turn = self._writers or nullcontext()
        with turn, temporary_failures(), Session(engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A connection that sees the database as of one moment, while others go on writing."""
        level = None if self.is_sqlite else "REPEATABLE READ"
        engine = self.engine if level is None else self.engine.execution_options(isolation_level=level)
        with temporary_failures(), engine.begin() as connection:
            yield connection

    def migrate(self) -> None:
        """Brings the schema to what this version needs."""
        with temporary_failures(), self.engine.connect() as connection:
            current = _revision_of(connection)
        if current != revisions()[-1]:
            with self.rebuilding() as connection:
                upgrade(connection)

    @contextmanager
    def rebuilding(self) -> Iterator[Connection]:
        """A transaction that may take tables apart and fill them: foreign keys need only hold again at its end.

        SQLite changes a table by making it anew, and would mind that the old one goes while others refer to it.
        """
        with temporary_failures(), self.engine.connect() as connection:
            connection = connection.execution_options(intake_writes=True)
            _mind_foreign_keys(connection, False)
            try:
                with connection.begin():
                    yield connection
                    _refuse_dangling_keys(connection)
            finally:
                _mind_foreign_keys(connection, True)

    def do_without_the_disk(self) -> None:
        """From now on no commit waits for the disk: for a database that is thrown away in the end."""
        if self.is_sqlite:
            event.listen(self.engine, "connect", _sync_nothing)
            self.engine.dispose()

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
    # Hardly any start has to migrate, and Alembic takes longer to import than most commands to work.
    from alembic import command
    from alembic.config import Config

    settings = Config()
    settings.set_main_option("script_location", str(MIGRATIONS))
    settings.attributes["connection"] = connection
    command.upgrade(settings, revision)


def revisions() -> list[str]:
    """Every revision of the schema, the first one first; each names its file."""
    return sorted(path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def _revision_of(connection: Connection) -> str | None:
    """The revision that Alembic has noted in the database; None before the first."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


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


def _sync_nothing(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA synchronous=OFF").close()


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes the lock at once: taking it halfway through a transaction could fail without waiting."""
    writes = connection.get_execution_options().get("intake_writes") or connection.engine.get_execution_options().get(
        "intake_writes"
    )
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def temporary_failures() -> Iterator[None]:
    """What the database cannot do now becomes a `TemporaryError`."""
    try:
        yield
    except OperationalError as cause:
        raise TemporaryError(f"the database cannot be used now: {cause.orig}") from cause
