"""One open stream, by what it writes: never too much for a slow reader, and the newest always."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any
from uuid import UUID, uuid4

from app.deliveries.live_stream import LiveStream


class Screens:
    def __init__(self) -> None:
        self.open: set[LiveStream] = set()

    def join(self, network_id: UUID, stream: LiveStream) -> None:
        self.open.add(stream)

    def leave(self, network_id: UUID, stream: LiveStream) -> None:
        self.open.discard(stream)


class Browser:
    """Reads while `reads` is set; leaves when told to."""

    def __init__(self) -> None:
        self.reads, self.left, self.is_over = asyncio.Event(), asyncio.Event(), False
        self.reads.set()
        self.screens, self.heard = Screens(), list[bytes]()
        self.stream = LiveStream(self.screens, uuid4(), lambda: self.is_over)

    async def receive(self) -> dict[str, Any]:
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:
        await self.reads.wait()
        self.heard.append(message.get("body", b""))
        if message.get("more_body") is False:
            self.left.set()

    async def goes_on(self) -> None:
        for _ in range(5):
            await asyncio.sleep(0)


def watched(play: Callable[[Browser], Coroutine[Any, Any, None]]) -> list[bytes]:
    """What the browser heard of a play, after the stream's head."""

    async def run() -> list[bytes]:
        browser = Browser()
        answer = asyncio.create_task(browser.stream({}, browser.receive, browser.send))
        await browser.goes_on()
        await play(browser)
        browser.left.set()
        await asyncio.wait_for(answer, 5)
        assert browser.screens.open == set()
        return browser.heard[2:]

    return asyncio.run(run())


def test_each_event_is_written_as_it_comes() -> None:
    async def play(browser: Browser) -> None:
        for event in (b"1", b"2", b"3"):
            browser.stream.tell(event)
            await browser.goes_on()

    assert watched(play) == [b"1", b"2", b"3"]


def test_a_slow_reader_misses_events_but_never_the_newest() -> None:
    async def play(browser: Browser) -> None:
        browser.reads.clear()
        for number in range(100):
            browser.stream.tell(b"%d" % number)
            browser.stream.show_life()
            await browser.goes_on()
        browser.reads.set()
        await browser.goes_on()

    assert watched(play) == [b"0", b"99"]


def test_a_browser_that_leaves_in_the_middle_of_a_write_is_forgotten() -> None:
    async def play(browser: Browser) -> None:
        browser.reads.clear()
        browser.stream.tell(b"1")
        await browser.goes_on()
        browser.left.set()
        await browser.goes_on()
        browser.reads.set()
        await browser.goes_on()

    assert watched(play) == []


def test_a_stream_whose_time_is_over_ends_after_its_next_event() -> None:
    async def play(browser: Browser) -> None:
        browser.is_over = True
        browser.stream.tell(b"1")
        await browser.goes_on()
        assert browser.screens.open == set()

    assert watched(play) == [b"1", b""]
