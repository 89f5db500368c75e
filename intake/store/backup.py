"""Everything in one tar file, whatever the engine: the tables as of one moment, then the raw messages they name.

Rows come first: a raw message is on the disk before its row, so no row in the archive lacks its file.
"""

import base64
import io
import json
import os
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import Connection, MetaData, Table, func, insert, select, text

from intake.errors import ConfigError
from intake.model import Base
from intake.store.engine import Database, revisions, upgrade
from intake.store.files import RawMessages

ROWS_AT_ONCE = 1000


def write_backup(database: Database, raw_messages: RawMessages, path: Path) -> int:
    """Writes the archive, whole or not at all, while others go on working. Returns how many messages it holds.

    Only its owner may read it, for it holds every mail. Raises `ConfigError` if the file is there already.
    """
    if path.exists():
        raise ConfigError(f"{path} is there already; a backup overwrites nothing")
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(path.name + ".part")
    with _private(draft) as file, tarfile.open(fileobj=file, mode="w") as archive:
        names = _write_tables(database, archive)
        for name in sorted(names):
            # One that is packed, or is being packed meanwhile, comes with its archive.
            with suppress(FileNotFoundError):
                archive.add(raw_messages.loose_path(name), f"messages/{name}.eml")
        for packed in raw_messages.packed.archives():
            archive.add(packed, f"packed/{packed.name}")
    draft.rename(path)
    return len(names)


def _private(path: Path) -> BinaryIO:
    path.unlink(missing_ok=True)
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _write_tables(database: Database, archive: tarfile.TarFile) -> set[str]:
    with database.snapshot() as connection:
        for table in Base.metadata.sorted_tables:
            lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in _rows(connection, table))
            _add_bytes(archive, f"tables/{table.name}.jsonl", lines.encode())
        return set(connection.scalars(select(Base.metadata.tables["message"].c.sha256)))


def _rows(connection: Connection, table: Table) -> Iterator[dict[str, Any]]:
    for row in connection.execute(select(table)).mappings():
        yield {key: _plain(value) for key, value in row.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return {"at" if isinstance(value, datetime) else "on": value.isoformat()}
    return {"base64": base64.b64encode(value).decode()} if isinstance(value, bytes) else value


def _lively(value: Any) -> Any:
    match value:
        case {"at": str(moment)} if len(value) == 1:
            return datetime.fromisoformat(moment)
        case {"on": str(day)} if len(value) == 1:
            return date.fromisoformat(day)
        case {"base64": str(content)} if len(value) == 1:
            return base64.b64decode(content)
    return value


def _add_bytes(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = len(content)
    archive.addfile(entry, io.BytesIO(content))


def read_backup(database: Database, raw_messages: RawMessages, path: Path) -> int:
    """Puts a backup back into an empty database and folder. Returns how many messages it held.

    A backup of an older version goes into that version's schema first, and is then brought up to date like a database
    that was there all along. Raises `ConfigError` if the file is no backup, or the database holds something already.
    """
    try:
        with tarfile.open(path) as archive, database.rebuilding() as connection:
            _refuse_occupied(connection)
            tables = _tables_as_of(archive, connection)
            for table in tables.sorted_tables:
                _read_table(archive, connection, table)
            upgrade(connection)
            _advance_sequences(connection)
            loose = sum(_read_message(archive, entry, raw_messages) for entry in archive.getmembers())
            return loose + sum(_read_packed(archive, entry, raw_messages) for entry in archive.getmembers())
    except tarfile.ReadError as cause:
        raise ConfigError(
            f"{path} cannot be restored: it is no archive that `intake backup` wrote, or a cut one"
        ) from cause
    except (tarfile.TarError, KeyError, OSError) as cause:
        raise ConfigError(f"{path} cannot be restored: {cause}") from cause


def _refuse_occupied(connection: Connection) -> None:
    tables = Base.metadata.sorted_tables
    if any(connection.scalar(select(func.count()).select_from(table)) for table in tables):
        raise ConfigError("the database is not empty: restore into a new one, named in a config of its own")


def _tables_as_of(archive: tarfile.TarFile, connection: Connection) -> MetaData:
    """The empty tables in the schema that the backup was written from: the first one that has a place for all of it."""
    Base.metadata.drop_all(connection)
    connection.execute(text("DROP TABLE IF EXISTS alembic_version"))
    columns = _columns_in(archive)
    for revision in revisions():
        upgrade(connection, revision)
        tables = _reflected(connection)
        if all(name in tables.tables and used <= set(tables.tables[name].c.keys()) for name, used in columns.items()):
            for name in set(tables.tables) - set(columns):
                tables.remove(tables.tables[name])
            return tables
    raise ConfigError("the backup was written by a newer version of this program: restore it with that one")


def _columns_in(archive: tarfile.TarFile) -> dict[str, set[str]]:
    """Which columns the rows of each table use, by the first row; one table at least makes a backup."""
    found: dict[str, set[str]] = {}
    for entry in archive.getmembers():
        if entry.name.startswith("tables/") and entry.isfile():
            file = archive.extractfile(entry)
            assert file is not None
            line = file.readline()
            found[Path(entry.name).stem] = set(json.loads(line)) if line else set()
    if not found:
        raise KeyError("it holds no tables")
    return found


def _reflected(connection: Connection) -> MetaData:
    """The tables there are now, with the columns that this version knows in the kinds that it knows them by."""
    tables = MetaData()
    tables.reflect(connection)
    for name, known in Base.metadata.tables.items():
        for column in tables.tables[name].c if name in tables.tables else ():
            if column.name in known.c:
                column.type = known.c[column.name].type
    return tables


def _read_table(archive: tarfile.TarFile, connection: Connection, table: Table) -> None:
    file = archive.extractfile(f"tables/{table.name}.jsonl")
    assert file is not None
    rows: list[dict[str, Any]] = []
    for line in file:
        rows.append({key: _lively(value) for key, value in json.loads(line).items()})
        if len(rows) == ROWS_AT_ONCE:
            connection.execute(insert(table), rows)
            rows = []
    if rows:
        connection.execute(insert(table), rows)


def _advance_sequences(connection: Connection) -> None:
    """PostgreSQL counts on from where the backup stopped."""
    if connection.dialect.name != "postgresql":
        return
    for table in Base.metadata.sorted_tables:
        if "id" in table.c:
            connection.execute(
                text(
                    f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), "  # noqa: S608
                    f"(SELECT COALESCE(MAX(id), 0) + 1 FROM {table.name}), false)"
                )
            )


def _read_message(archive: tarfile.TarFile, entry: tarfile.TarInfo, raw_messages: RawMessages) -> bool:
    if not entry.name.startswith("messages/") or not entry.isfile():
        return False
    file = archive.extractfile(entry)
    assert file is not None
    [name] = raw_messages.put([file.read()])
    if f"messages/{name}.eml" != entry.name:
        raise ConfigError(f"the backup is damaged: {entry.name} does not hold what its name says")
    return True


def _read_packed(archive: tarfile.TarFile, entry: tarfile.TarInfo, raw_messages: RawMessages) -> int:
    """One archive of packed messages, each of them proved."""
    name = Path(entry.name).name
    if entry.name != f"packed/{name}" or not entry.isfile():
        return 0
    file = archive.extractfile(entry)
    assert file is not None
    packed = raw_messages.packed
    packed.folder.mkdir(parents=True, exist_ok=True)
    with (packed.folder / name).open("wb") as target:
        shutil.copyfileobj(file, target)
    held = [sha256 for sha256, place in packed.held(name.split(".")[0]).items() if place.name == name]
    if not all(packed.holds_whole(packed.folder / name, sha256) for sha256 in held):
        raise ConfigError(f"the backup is damaged: {entry.name} does not hold what its names say")
    return len(held)
