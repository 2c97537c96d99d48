"""A way to a server that can be cut, and on which answers can be late."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

LOCAL = "127.0.0.1"
# Answers are this late where a dependency is slow.
SLOW_SECONDS = 5.0


class Proxy:
    """Listens on a port of its own that stays the same, whatever server stands behind it."""

    def __init__(self, target: tuple[str, int]) -> None:
        self.target = target
        self.port = 0
        self._delay = 0.0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()

    def __enter__(self) -> Self:
        self._thread.start()
        self._do(self._listen())
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._do(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def cut(self) -> None:
        """Nobody gets through, and who was talking is cut off."""
        self._do(self._close())

    def slow_down(self) -> None:
        """Every answer is late from now on, on the connections that there are, too."""
        self._delay = SLOW_SECONDS

    def mend(self) -> None:
        """The way is free again; what was under way is lost."""
        self._delay = 0.0
        self._do(self._close())
        self._do(self._listen())

    def lead_to(self, target: tuple[str, int]) -> None:
        """The way leads to another server from now on."""
        self.target = target
        self.mend()

    def _do(self, action: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(action, self._loop).result(10)

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._serve, LOCAL, self.port, reuse_address=True)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _close(self) -> None:
        if self._server:
            await self._let_nobody_in(self._server)
            self._server = None
        for writer in list(self._writers):
            writer.transport.abort()
        self._writers.clear()

    async def _let_nobody_in(self, server: asyncio.Server) -> None:
        """Closes the server once those whom it has just let in have come to `_serve`, where they are known.

        asyncio drops a connection that it has accepted and not yet attached to the server when that closes,
        and its socket stays open until it is collected.
        """
        for listener in server.sockets:
            self._loop.remove_reader(listener)
        for _step in ("attached", "told of it", "in _serve"):
            await asyncio.sleep(0)
        server.close()

    async def _end(self) -> None:
        """Closes everything and lets those who were carrying put it down."""
        await self._close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _serve(self, asking: asyncio.StreamReader, answering: asyncio.StreamWriter) -> None:
        self._writers.add(answering)
        try:
            answers, questions = await asyncio.open_connection(*self.target)
        except OSError:
            answering.transport.abort()
            return
        self._writers.add(questions)
        ways = (self._carry(asking, questions), self._carry(answers, answering, is_answer=True))
        # Cancelled at the end: the library would report that as an error of ours.
        with suppress(asyncio.CancelledError):
            await asyncio.gather(*ways)
        self._writers -= {questions, answering}

    async def _carry(
        self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, *, is_answer: bool = False
    ) -> None:
        """Carries bytes until one end hangs up; then the other one hears of it."""
        try:
            while data := await source.read(65_536):
                if is_answer and self._delay:
                    await asyncio.sleep(self._delay)
                sink.write(data)
                await sink.drain()
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            sink.transport.abort() if sink.transport.is_closing() else sink.close()
