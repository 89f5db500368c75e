"""Stands between an IMAP client and a real server. What a fault says is done to what passes, until it is taken away."""

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

CHUNK = 65_536


class CutError(Exception):
    """Hang up on both sides now."""


@dataclass
class Line:
    """One connection of a client, as a fault sees it. `marks` is the fault's own to write on."""

    wire: "Wire"
    client: socket.socket
    server: socket.socket
    marks: set[str] = field(default_factory=set)
    dead: bool = False

    def tell_client(self, said: bytes) -> None:
        with contextlib.suppress(OSError):
            self.client.sendall(said)

    def hold(self, seconds: float) -> None:
        """Lets time pass, no longer than the fault lasts."""
        until = time.monotonic() + seconds
        while time.monotonic() < until and self.wire.fault is not SOUND:
            time.sleep(0.02)

    def close(self) -> None:
        for one in (self.client, self.server):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()


def passing(said: bytes, line: Line) -> bytes:
    """What a wire without a fault does."""
    return said


def open_door(line: Line) -> None:
    return None


@dataclass(frozen=True, eq=False)
class Fault:
    """What happens to what the server says, to what the client says, and to a client that comes. CutError hangs up."""

    server: Callable[[bytes, Line], bytes] = passing
    client: Callable[[bytes, Line], bytes] = passing
    door: Callable[[Line], None] = open_door
    tls: ssl.SSLContext | None = None


SOUND = Fault()


@dataclass
class Wire:
    """Listens for clients. `tls` is what it encrypts with towards them, as long as no fault has another."""

    target_port: int
    tls: ssl.SSLContext | None = None
    fault: Fault = SOUND
    port: int = 0
    connections: int = 0
    lines: list[Line] = field(default_factory=list)

    def hang_up(self) -> None:
        """Ends every connection that there is."""
        for line in self.lines:
            line.close()
        self.lines.clear()

    def listen(self, listener: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = listener.accept()
                self.connections += 1
                threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        try:
            context = self.fault.tls or self.tls
            if context:
                client = context.wrap_socket(client, server_side=True)
            line = Line(self, client, socket.create_connection(("127.0.0.1", self.target_port)))
        except OSError:
            client.close()
            return
        self.lines.append(line)
        with contextlib.suppress(CutError):
            self.fault.door(line)
            threading.Thread(target=self._pass, args=(line, False), daemon=True).start()
            self._pass(line, True)
        line.close()

    def _pass(self, line: Line, from_server: bool) -> None:
        source, sink = (line.server, line.client) if from_server else (line.client, line.server)
        with contextlib.suppress(OSError, CutError, ValueError):
            while chunk := source.recv(CHUNK):
                change = self.fault.server if from_server else self.fault.client
                if (changed := change(chunk, line)) and not line.dead:
                    sink.sendall(changed)
        line.close()


@contextlib.contextmanager
def wire_before(target_port: int, tls: ssl.SSLContext | None = None) -> Iterator[Wire]:
    """A wire on a free port of loopback."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        wire = Wire(target_port, tls, port=listener.getsockname()[1])
        thread = threading.Thread(target=wire.listen, args=(listener,), daemon=True)
        thread.start()
        try:
            yield wire
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()
            wire.hang_up()
