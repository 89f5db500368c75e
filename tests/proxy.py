"""Stands between a client and a real server, and spoils what passes: for servers that are worse than ours."""

import contextlib
import re
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

CHUNK = 65_536


@dataclass
class Proxy:
    """Hangs up when the client says what `cut_at` finds; what the server says goes through `spoil`.

    `heard` and `told` count the bytes that the client and the server said.
    """

    target_port: int
    cut_at: str = "(?!)"
    spoil: Callable[[bytes], bytes] = bytes
    port: int = 0
    connections: int = 0
    heard: int = 0
    told: int = 0
    _open: list[socket.socket] = field(default_factory=list)

    def accept(self, listener: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = listener.accept()
                self.connections += 1
                server = socket.create_connection(("127.0.0.1", self.target_port))
                self._open += [client, server]
                threading.Thread(target=self._pass, args=(client, server, self._heard), daemon=True).start()
                threading.Thread(target=self._pass, args=(server, client, self._told), daemon=True).start()

    def close(self) -> None:
        for one in self._open:
            one.close()

    def _pass(self, source: socket.socket, sink: socket.socket, change: Callable[[bytes], bytes]) -> None:
        with contextlib.suppress(OSError):
            while chunk := source.recv(CHUNK):
                sink.sendall(change(chunk))
        for one in (source, sink):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def _told(self, said: bytes) -> bytes:
        self.told += len(said)
        return self.spoil(said)

    def _heard(self, said: bytes) -> bytes:
        self.heard += len(said)
        if re.search(self.cut_at.encode(), said):
            raise ConnectionAbortedError("cut")
        return said


@contextlib.contextmanager
def proxy_before(target_port: int, cut_at: str = "(?!)", spoil: Callable[[bytes], bytes] = bytes) -> Iterator[Proxy]:
    """A proxy on a free port of loopback."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        proxy = Proxy(target_port, cut_at, spoil, listener.getsockname()[1])
        thread = threading.Thread(target=proxy.accept, args=(listener,), daemon=True)
        thread.start()
        try:
            yield proxy
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()
            proxy.close()
