"""A mail server that keeps what it is given, and by which number."""

from __future__ import annotations

import re
import socketserver
import threading
from collections import Counter
from types import TracebackType
from typing import Self

LOCAL = "127.0.0.1"
NUMBER = re.compile(rb"^Message-ID: (<[^>]+>)", re.MULTILINE | re.IGNORECASE)


class MailSink:
    """Speaks as much SMTP as a client needs. `accepted` counts how often a mail of each number came."""

    def __init__(self) -> None:
        self.accepted: Counter[str] = Counter()
        self._server = _Server((LOCAL, 0), _Conversation)
        self._server.sink = self
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._server.server_address[1])

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    request_queue_size = 64
    sink: MailSink


class _Conversation(socketserver.StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        self._say("220 sink")
        try:
            while line := self.rfile.readline():
                if not self._answer(line.split(b" ")[0].strip().upper()):
                    return
        except ConnectionError:
            return

    def _answer(self, command: bytes) -> bool:
        """Whether the conversation goes on."""
        if command == b"DATA":
            self._say("354 go on")
            self._keep()
        elif command == b"QUIT":
            self._say("221 bye")
            return False
        self._say("250 ok")
        return True

    def _keep(self) -> None:
        """Takes the mail; from the answer on it is ours, as a mail server's is."""
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        found = NUMBER.search(b"".join(lines))
        if found and line:
            self.server.sink.accepted[found[1].decode()] += 1

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())
