"""What can go wrong in the house: disk, database, clock, config, templates, people and programs at the mailbox."""

import contextlib
import os
import sqlite3
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from builders import at, mail

from faults.office import RECEIVED, Office
from faults.playing import HOLD, Fault

DISK = "64m"
CLOCK_FILE = "clock is back"
Undo = Callable[[], None]


def while_undone(
    name: str, does: str, spoil: Callable[[Office], Undo], lasts: float = HOLD, deaf: bool = False
) -> Fault:
    """A fault that `spoil` begins, and that ends with what `spoil` gives back."""
    undo: list[Undo] = []
    return Fault(name, does, lambda office: undo.append(spoil(office)), lambda office: undo.pop()(), lasts, deaf=deaf)


def fill_disk(office: Office) -> Undo:
    filler = office.folder / "data" / "filler"
    with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
        while True:
            file.write(b"\0" * 65_536)
    return filler.unlink


@contextlib.contextmanager
def small_disk(folder: Path) -> Iterator[None]:
    """A disk of its own for a folder. Raises `PermissionError` for whoever may not mount one."""
    folder.mkdir()
    if not is_root() or subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK}", "intake", folder]).returncode:
        raise PermissionError("a disk of its own can only be mounted by root")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def lock_database(office: Office) -> Undo:
    connection = sqlite3.connect(office.folder / "data" / "intake.db", isolation_level=None, check_same_thread=False)
    connection.execute("BEGIN IMMEDIATE")
    return connection.close


def set_clock_back(office: Office) -> Undo:
    file = office.folder / CLOCK_FILE
    file.touch()
    return file.unlink


def break_template(office: Office) -> Undo:
    return written_over(office.folder / "templates" / "vi" / "acknowledgment" / "body.txt", "{% if %}")


def break_config(office: Office) -> Undo:
    return written_over(office.folder / "config.toml", "[office\nname = ")


def written_over(file: Path, text: str) -> Undo:
    before = file.read_bytes()
    file.write_text(text, encoding="utf-8")
    return lambda: _put_back(file, before)


def _put_back(file: Path, content: bytes) -> None:
    file.write_bytes(content)


def hang_server(office: Office) -> Undo:
    office.dovecot.pause()
    return office.dovecot.resume


def read_beside(office: Office) -> Undo:
    """Another program polls the same mailbox, reads each mail whole, and so marks it as seen."""
    stop = threading.Event()

    def polling() -> None:
        while not stop.wait(0.05):
            with office.dovecot.client(office.user) as client:
                client.select_folder(office.inbox)
                client.fetch(client.search(), ["BODY[]"])
                client.add_flags(client.search(), [b"\\Seen", b"\\Flagged"], silent=True)

    thread = threading.Thread(target=polling)
    thread.start()

    def stopped() -> None:
        stop.set()
        thread.join()

    return stopped


def move_and_put_back(office: Office) -> Undo:
    """Somebody moves all mails to another folder, and later back: each has another UID then."""

    def move(source: str, target: str) -> None:
        with office.dovecot.client(office.user) as client:
            if not client.folder_exists(target):
                client.create_folder(target)
            client.select_folder(source)
            if uids := client.search():
                client.move(uids, target)

    move(office.inbox, "Đã xem")
    return lambda: move("Đã xem", office.inbox)


def rename_folder(office: Office) -> Undo:
    """Somebody gives the folder another name, and later its old one. Mail comes in it all the while."""
    known, other = office.inbox, f"{office.inbox} cũ"

    def rename(before: str, after: str) -> None:
        with office.dovecot.client(office.user) as client:
            client.rename_folder(before, after)
        office.inbox = after

    rename(known, other)
    return lambda: rename(other, known)


def number_anew(office: Office) -> Undo:
    """The server loses its list of UIDs, and numbers all mails anew under another UIDVALIDITY."""
    office.dovecot.number_anew(office.user, office.inbox)
    return lambda: None


def delete_read(office: Office) -> Undo:
    """Somebody deletes what was read so far."""
    with office.dovecot.client(office.user) as client:
        client.select_folder(office.inbox)
        client.delete_messages(client.search())
        client.expunge()
    return lambda: None


def send_eaters(office: Office) -> Undo:
    """Mails come whose documents take all memory and time of whatever reads them."""
    from hostile_files import docx_with_a_huge_part, xlsx_with_two_cells_far_apart

    for number, content in enumerate((docx_with_a_huge_part(400), xlsx_with_two_cells_far_apart())):
        files = {f"BC{number}.docx": content}
        raw = mail("xa199@tinh.example", "Báo cáo", "Gửi báo cáo.", at(RECEIVED), files=files)
        office.dovecot.put_mails(office.user, [raw], received_at=at(RECEIVED))
    return lambda: None


def stop_and_start(office: Office) -> Undo:
    """SIGTERM in the middle, and another daemon."""
    import signal

    office.kill(office.daemons[0], signal.SIGTERM)
    return lambda: office.start() and None


def start_without_database(office: Office) -> Undo:
    """The daemon is started while its database is locked for as long as a writer may take."""
    office.kill(office.daemons[0])
    unlock = lock_database(office)
    office.start()
    time.sleep(0.5)
    return unlock


FAULTS = (
    while_undone("database locked", "another program holds the write lock", lock_database, 2.5),
    while_undone("clock set back", "the machine's clock is three hours back for a while", set_clock_back),
    while_undone("template broken", "somebody saves a template that cannot be used", break_template),
    while_undone("config broken", "somebody saves a config that cannot be read", break_config),
    while_undone("server hangs", "Dovecot is stopped as by a debugger", hang_server, deaf=True),
    while_undone("two pollers", "another program reads the mailbox and marks all as seen", read_beside),
    while_undone("moved by people", "all mails are moved to another folder, and back", move_and_put_back),
    while_undone("folder renamed", "somebody renames the folder, and back", rename_folder, 3.0),
    while_undone("UIDs forgotten", "the server numbers all mails anew", number_anew),
    while_undone("deleted by people", "somebody deletes all that was read", delete_read),
    while_undone("workers eaten up", "mails come that eat memory and time", send_eaters, 3.0),
    while_undone("stopped and started", "SIGTERM, and another daemon", stop_and_start),
    while_undone(
        "started without database", "killed, and started while the database is locked", start_without_database
    ),
)
FULL_DISK = while_undone("disk full", "the disk of database and mails is full", fill_disk, 3.0)


def is_root() -> bool:
    return os.geteuid() == 0
