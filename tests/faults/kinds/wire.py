"""What goes wrong between phone and server."""

import asyncio
import json
from random import Random

from tests.faults.kinds import kind
from tests.faults.proxy import Answer, Exchange, Fault
from tests.faults.world import World

SIGN_IN_PAGE = "<!doctype html><title>Free Wi-Fi</title><form>ログイン</form>".encode()


async def usual(world: World, fault: Fault, *, hours: float = 0.2, patience: int = 1500) -> None:
    """A phone reports while the wire is at fault, now and then or all the time."""
    phone = await world.phone()
    share = world.rng.choice([0.5, 0.8, 1.0])
    world.proxy.fault = now_and_then(fault, share, world.rng)
    for _ in range(world.rng.randint(1, 3)):
        await world.press(phone, world.rng.randint(1, 3))
        await world.pass_time(world.rng.random() * hours * 3600, patience=patience)


def now_and_then(fault: Fault, share: float, rng: Random) -> Fault:
    async def perhaps(exchange: Exchange) -> None:
        await (fault if rng.random() < share else Exchange.passed)(exchange)

    return perhaps


def always(name: str, fault: Fault) -> None:
    """A kind whose fault needs no story of its own."""

    @kind(name)
    async def play(world: World) -> None:
        await usual(world, fault)


def saying(status: int, body: bytes = SIGN_IN_PAGE, **headers: str) -> Fault:
    async def say(exchange: Exchange) -> None:
        await exchange.say(status, body, **headers)

    return say


async def drop_request(exchange: Exchange) -> None:
    """The connection is cut before anything was passed on."""


async def drop_answer(exchange: Exchange) -> None:
    await exchange.forward()


async def duplicate(exchange: Exchange) -> None:
    first, second = await asyncio.gather(exchange.forward(), exchange.forward())
    await exchange.answer(second if first.status == 201 else first)


async def duplicate_later(exchange: Exchange) -> None:
    """An impatient proxy repeats a request whose answer it has already given."""
    await exchange.passed()
    await exchange.forward()


async def cut_request(exchange: Exchange) -> None:
    await exchange.forward(cut_after=max(1, len(exchange.body) // 3))


async def cut_answer(exchange: Exchange) -> None:
    answer = await exchange.forward()
    await exchange.answer(answer, cut_after=len(answer.bytes) - max(1, len(answer.body) // 2))


async def cut_headers(exchange: Exchange) -> None:
    answer = await exchange.forward()
    await exchange.answer(answer, cut_after=20)


async def swap_receipt(exchange: Exchange) -> None:
    """Somebody else's receipt, as a cache that ignores methods would give it."""
    answer = await exchange.forward()
    said = json.loads(answer.body) if exchange.carries_reports else {}
    for receipt in [said, *(one.get("receipt") or {} for one in said.get("results", []))]:
        if "fp" in receipt:
            receipt["fp"] = receipt["fp"][::-1]
    body = json.dumps(said).encode() if said else answer.body
    await exchange.answer(Answer(answer.status, answer.headers, body))


async def forget_results(exchange: Exchange) -> None:
    """Answered 201 by something that read the path and nothing else."""
    named = exchange.report_ids
    await exchange.say(201, json.dumps({"report_id": named[0] if named else None}).encode())


always("request dropped", drop_request)
always("answer dropped", drop_answer)
always("request sent twice at once", duplicate)
always("request repeated after its answer", duplicate_later)
always("request cut off", cut_request)
always("answer cut off in its body", cut_answer)
always("answer cut off in its head", cut_headers)
always("receipt of another report", swap_receipt)
always("201 that is not ours", forget_results)
always("200 with a web page", saying(200))
always("200 with empty JSON", saying(200, b"{}", content_type="application/json"))
always("redirect to a sign-in page", saying(302, location="/sign-in"))
always("redirect to the same path", saying(307, location="/api/reports"))
always("401 of a proxy", saying(401, www_authenticate="Basic"))
always("403 of a proxy", saying(403))
always("404 of a proxy", saying(404))
always("405 of a proxy", saying(405))
always("413 of a proxy", saying(413))
always("500 for a while", saying(500))
always("502 for a while", saying(502))
always("503 for a while", saying(503))
always("504 for a while", saying(504))
always("429 with a sane Retry-After", saying(429, b"", retry_after="30"))


@kind("429 with an absurd Retry-After")
async def absurd(world: World) -> None:
    told = ["999999999", "Fri, 31 Dec 9999 23:59:59 GMT", "-5", "bald", "Thu, 01 Jan 1970 00:00:00"]
    await usual(world, saying(429, b"", retry_after=world.rng.choice(told)))


@kind("answer later than the time-out")
async def late_answer(world: World) -> None:
    async def late(exchange: Exchange) -> None:
        answer = await exchange.forward()
        await asyncio.sleep(0.4)
        await exchange.answer(answer)

    await usual(world, late, hours=0.05, patience=60)


@kind("requests pass each other")
async def reordered(world: World) -> None:
    """Given up by the phone and sent again, the older one reaches the server after the newer."""
    held: list[Exchange] = []

    async def hold(exchange: Exchange) -> None:
        held.append(exchange)
        await asyncio.sleep(0.3)

    await usual(world, hold, hours=0.05, patience=60)
    world.proxy.fault = None
    await world.pass_time(120, until="settled")
    for exchange in reversed(held):
        await exchange.forward()


@kind("request rewritten")
async def rewritten(world: World) -> None:
    world.may_park = True

    async def rewrite(exchange: Exchange) -> None:
        body = exchange.body
        if exchange.carries_reports and exchange.method == "PUT":
            body = body.replace(b"CV-01", b"CV-02")
        await exchange.answer(await exchange.forward(body))

    await usual(world, rewrite)


@kind("network toggling every 2 s")
async def toggling(world: World) -> None:
    phone = await world.phone()
    for step in range(world.rng.randint(4, 10)):
        await phone.online(step % 2 == 0)
        if world.rng.random() < 0.5:
            await world.press(phone, 1)
        await world.pass_time(2)
    await phone.online(False)
