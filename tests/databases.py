"""Databases for tests: the migrations run once a worker for each engine, and each test takes a copy of what they made.

That an empty database becomes such a one, and an older one too, is what `store/test_migrations.py` tries.
"""

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from servers import postgresql_database
from sqlalchemy import make_url

from intake.store.engine import Database

SQLITE = "sqlite:///"


def with_schema(url: str) -> str:
    """The same URL; where it names a SQLite file that is not there yet, that is made with the newest schema."""
    path = Path(url.removeprefix(SQLITE))
    if url.startswith(SQLITE) and not path.exists():
        shutil.copyfile(_migrated_file(), path)
    return url


@contextmanager
def postgresql_template(server_url: str) -> Iterator[str]:
    """A database of the newest schema that nobody uses; yields its name."""
    with postgresql_database(server_url) as url:
        _migrate(url)
        yield str(make_url(url).database)


@cache
def _migrated_file() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="intake-database-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    _migrate(f"{SQLITE}{folder / 'intake.db'}")
    return folder / "intake.db"


def _migrate(url: str) -> None:
    database = Database(url)
    database.migrate()
    database.close()
