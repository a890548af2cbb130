import assert from "node:assert/strict"
import { mock, test } from "node:test"
import { drain } from "../../static/js/outbox/drain.js"
import { fingerprint } from "../../static/js/outbox/entry.js"
import { memory_store } from "./memory_store.js"

const START = 1_800_000_000_000
const report = (name, more = {}) => ({
  report_id: name, draft: `draft of ${name}`, badge_code: "BADGE", urgent: false, at: START,
  checklist: { id: "conveni", version: 1 }, items: ["CV-01"], answers: {}, ...more,
})

function answer(status, body, headers = {}) {
  const text = typeof body === "string" ? body : JSON.stringify(body)
  return new Response(text, { status, headers })
}

const problem = (status, word) => ({ type: `/problems/${word}`, status })
const refused = (status, word) => answer(status, problem(status, word))

async function receipt(bytes) {
  const { report_id, device_seq } = JSON.parse(new TextDecoder().decode(bytes))
  const fp = await fingerprint(bytes)
  return { report_id, fp, receipt_no: `K-000${device_seq}`, received_at: "2026", seq: device_seq }
}

// Accepts everything, except where `trouble(path, ids)` answers or throws instead.
// `says` are the epoch and the backed-up number that stand on every answer.
function server(trouble = () => null, says = {}) {
  const requests = []
  const headers = () => says.epoch
    ? { "Nafuda-Epoch": says.epoch, "Nafuda-Backed-Up-Through": `${says.through}` } : {}
  const fetch = async (path, options) => {
    const single = path !== "/api/reports"
    const many = single ? [options.body]
      : JSON.parse(options.body).envelopes.map(text => Buffer.from(text, "base64url"))
    const ids = many.map(bytes => JSON.parse(new TextDecoder().decode(bytes)).report_id)
    requests.push({ path, ids, ...options })
    const instead = await trouble(path, ids)
    if (instead) return instead
    const receipts = await Promise.all(many.map(receipt))
    if (single) return answer(201, receipts[0], headers())
    return answer(200, { results: receipts.map(receipt => ({ status: 201, receipt })) }, headers())
  }
  return { fetch, requests }
}

async function phone({ reports, trouble, says, ...more }) {
  const store = memory_store()
  for (const each of reports) await store.add(each)
  const { fetch, requests } = server(trouble, says)
  const clock = { now: START }
  const world = { store, fetch, now: () => clock.now, random: () => 1, ...more }
  const states = async () =>
    Object.fromEntries((await store.all()).map(({ report_id, state }) => [report_id, state]))
  return { store, requests, clock, world, states, drain: () => drain(world) }
}

test("one waiting report goes by PUT with exactly the kept bytes", async () => {
  const it = await phone({ reports: [report("a")] })
  assert.equal(await it.drain(), null)
  const [{ path, method, headers, body, redirect }] = it.requests
  assert.deepEqual([path, method, redirect], ["/api/reports/a", "PUT", "error"])
  assert.deepEqual(headers, { "Content-Type": "application/json", "Nafuda-Badge": "BADGE" })
  assert.deepEqual(body, (await it.store.get("a")).bytes)
})

test("an arrived report keeps its copy and its receipt", async () => {
  const it = await phone({ reports: [report("a")] })
  await it.drain()
  const { state, bytes, receipt } = await it.store.get("a")
  assert.equal(state, "acked")
  assert.equal(receipt.receipt_no, "K-0001")
  assert.ok(bytes.length > 100)
})

test("several waiting reports go as one batch", async () => {
  const it = await phone({ reports: [report("a"), report("b"), report("c")] })
  await it.drain()
  assert.deepEqual(it.requests.map(({ path, method, ids }) => [path, method, ids]),
    [["/api/reports", "POST", ["a", "b", "c"]]])
  assert.deepEqual(await it.states(), { a: "acked", b: "acked", c: "acked" })
})

test("nothing waiting asks nobody", async () => {
  const it = await phone({ reports: [] })
  assert.equal(await it.drain(), null)
  assert.deepEqual(it.requests, [])
})

test("urgent reports go before older ones", async () => {
  const it = await phone({ reports: [report("a"), report("b"), report("c", { urgent: true })] })
  await it.drain()
  assert.deepEqual(it.requests.map(({ ids }) => ids), [["c"], ["a", "b"]])
})

test("an urgent report written meanwhile goes next", async () => {
  let added = false
  const it = await phone({
    reports: [report("a"), report("b", { badge_code: "OTHER" })],
    trouble: async () => {
      if (!added) await it.store.add(report("c", { urgent: true }))
      added = true
    },
  })
  await it.drain()
  assert.deepEqual(it.requests.map(({ ids }) => ids), [["a"], ["c"], ["b"]])
})

test("a report travels under the badge it was written with", async () => {
  const it = await phone({ reports: [report("a"), report("b", { badge_code: "OTHER" })] })
  await it.drain()
  const badges = it.requests.map(({ headers }) => headers["Nafuda-Badge"])
  assert.deepEqual(badges, ["BADGE", "OTHER"])
})

for (const [what, trouble] of [
  ["no connection", () => { throw new TypeError("offline") }],
  ["a portal's page", () => answer(200, "<html>Wi-Fi</html>")],
  ["a foreign receipt", () => answer(201, { report_id: "a", fp: "other" })],
  ["a proxy's 502", () => answer(502, "Bad gateway")],
  ["a proxy's 403", () => answer(403, "Forbidden")],
]) {
  test(`${what} leaves the report waiting`, async () => {
    const it = await phone({ reports: [report("a")], trouble })
    assert.equal(await it.drain(), 2000)
    assert.equal((await it.store.get("a")).state, "sealed")
    assert.equal(it.requests.length, 1)
  })
}

test("a report is tried until it arrives", async () => {
  let failures = 20
  const it = await phone({
    reports: [report("a")],
    trouble: () => { if (failures-- > 0) throw new TypeError("offline") },
  })
  for (let n = 0; n < 30; n++) it.clock.now += await it.drain() ?? 0
  assert.equal(it.requests.length, 21)
  assert.equal((await it.store.get("a")).state, "acked")
})

test("before its time a report is not tried again", async () => {
  const it = await phone({ reports: [report("a")], trouble: () => answer(503, "") })
  await it.drain()
  it.clock.now += 1999
  await it.drain()
  assert.equal(it.requests.length, 1)
  it.clock.now += 1
  await it.drain()
  assert.equal(it.requests.length, 2)
})

test("Retry-After is kept even when a person asks", async () => {
  const busy = () => answer(429, "", { "Retry-After": "60" })
  const it = await phone({ reports: [report("a")], trouble: busy, eager: true })
  assert.equal(await it.drain(), 62_000)
  it.clock.now += 59_999
  await it.drain()
  assert.equal(it.requests.length, 1)
  it.clock.now += 1
  await it.drain()
  assert.equal(it.requests.length, 2)
})

test("our own refusal parks a report, with its reason and its copy", async () => {
  const it = await phone({ reports: [report("a")], trouble: () => refused(409, "report-differs") })
  assert.equal(await it.drain(), null)
  const { state, reason, bytes } = await it.store.get("a")
  assert.deepEqual([state, reason], ["parked", "report-differs"])
  assert.ok(bytes.length > 100)
})

test("an unknown phone keeps everything and says why", async () => {
  const it = await phone({
    reports: [report("a"), report("b")], trouble: () => refused(401, "unknown-device"),
  })
  await it.drain()
  const kept = (await it.store.all()).map(({ state, reason }) => [state, reason])
  assert.deepEqual(kept, [["sealed", "unknown-device"], ["sealed", "unknown-device"]])
})

test("after pairing again the queue goes on at once", async () => {
  let paired = false
  const it = await phone({
    reports: [report("a")], trouble: () => !paired && refused(401, "unknown-device"),
  })
  await it.drain()
  paired = true
  await drain({ ...it.world, eager: true })
  assert.equal((await it.store.get("a")).state, "acked")
})

test("each report of a batch gets its own verdict", async () => {
  const it = await phone({
    reports: [report("a"), report("b"), report("c")],
    trouble: async () => answer(200, { results: [
      { status: 201, receipt: await receipt((await it.store.get("a")).bytes) },
      { status: 409, problem: problem(409, "report-differs") },
      { status: 503, problem: problem(503, "unexpected") },
    ] }),
  })
  await it.drain()
  assert.deepEqual(await it.states(), { a: "acked", b: "parked", c: "sealed" })
})

test("receipts in the wrong order are no arrival", async () => {
  const it = await phone({
    reports: [report("a"), report("b")],
    trouble: async () => {
      const entries = await it.store.all()
      const receipts = await Promise.all(entries.map(({ bytes }) => receipt(bytes)))
      return answer(200, { results: receipts.reverse().map(r => ({ status: 201, receipt: r })) })
    },
  })
  await it.drain()
  assert.deepEqual(await it.states(), { a: "sealed", b: "sealed" })
})

for (const results of [[], [{ status: 201 }], "ab", [null, null], { length: 2 }]) {
  test(`a batch answered ${JSON.stringify(results)} is no arrival`, async () => {
    const it = await phone({
      reports: [report("a"), report("b")], trouble: () => answer(200, { results }),
    })
    await it.drain()
    assert.deepEqual(await it.states(), { a: "sealed", b: "sealed" })
  })
}

const SPOILING = [
  ["400", () => refused(400, "not-an-envelope")],
  ["413", () => refused(413, "too-large")],
  ["500", () => answer(500, "")],
  ["connection cut", () => { throw new TypeError("reset") }],
]
for (const [what, spoil] of SPOILING) {
  test(`one report that spoils its batch with ${what} does not hold up the others`, async () => {
    const names = Array.from({ length: 20 }, (_, n) => `r${n}`)
    const it = await phone({
      reports: names.map(name => report(name)),
      trouble: (path, ids) => ids.includes("r7") && spoil(),
    })
    for (let n = 0; n < 8; n++) it.clock.now += await it.drain() ?? 0
    const { r7, ...others } = await it.states()
    assert.deepEqual([...new Set(Object.values(others))], ["acked"])
    assert.equal(r7, ["400", "413"].includes(what) ? "parked" : "sealed")
  })
}

test("a whole batch refused for one of them parks only that one", async () => {
  const it = await phone({
    reports: [report("a"), report("b")],
    trouble: (path, ids) => ids.includes("b") && refused(413, "too-large"),
  })
  await it.drain()
  assert.deepEqual(await it.states(), { a: "sealed", b: "sealed" })
  it.clock.now += 4000
  await it.drain()
  assert.deepEqual(await it.states(), { a: "acked", b: "parked" })
})

test("after a long outage batches grow again", async () => {
  let down = true
  const it = await phone({
    reports: Array.from({ length: 60 }, (_, n) => report(`r${n}`)),
    trouble: () => { if (down) throw new TypeError("offline") },
  })
  for (let n = 0; n < 8; n++) {
    it.requests.length = 0
    it.clock.now += await it.drain()
  }
  assert.deepEqual(it.requests.map(({ ids }) => ids.length), Array(60).fill(1))
  down = false
  it.requests.length = 0
  assert.equal(await it.drain(), null)
  assert.deepEqual(it.requests.map(({ ids }) => ids.length), [1, 2, 4, 8, 16, 29])
})

test("when the signal is back, what failed without one leaves together", async () => {
  let down = true
  const it = await phone({
    reports: Array.from({ length: 10 }, (_, n) => report(`r${n}`)),
    trouble: () => { if (down) throw new TypeError("offline") },
  })
  for (let n = 0; n < 6; n++) it.clock.now += await it.drain()
  down = false
  it.requests.length = 0
  it.world.eager = true
  assert.equal(await it.drain(), null)
  assert.deepEqual(it.requests.map(({ ids }) => ids.length), [10])
})

test("a try that is overtaken ends after what it has in hand", async () => {
  const it = await phone({
    reports: [report("a"), report("b", { badge_code: "OTHER" })], overtaken: () => true,
  })
  assert.equal(await it.drain(), 2000)
  assert.deepEqual(await it.states(), { a: "acked", b: "sealed" })
})

test("being eager does not make a suspected batch larger again", async () => {
  const it = await phone({
    reports: Array.from({ length: 8 }, (_, n) => report(`r${n}`)),
    trouble: (path, ids) => { if (ids.includes("r7")) throw new TypeError("cut") },
  })
  for (let n = 0; n < 9; n++) {
    it.clock.now += await it.drain()
    it.world.eager = true
    await it.drain()
    it.world.eager = false
  }
  const waiting = Object.entries(await it.states()).filter(([, state]) => state !== "acked")
  assert.deepEqual(waiting, [["r7", "sealed"]])
})

test("a failing report does not hold up one sent separately", async () => {
  const it = await phone({
    reports: [report("a", { urgent: true }), report("b")],
    trouble: (path, ids) => { if (ids.includes("a")) throw new TypeError("reset") },
  })
  await it.drain()
  assert.deepEqual(await it.states(), { a: "sealed", b: "acked" })
})

test("a request without an answer is given up after 20 seconds", async () => {
  mock.timers.enable({ apis: ["setTimeout"] })
  try {
    const it = await phone({ reports: [report("a")] })
    const stuck = new Promise(resolve => {
      it.world.fetch = (path, { signal }) => new Promise((_, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason))
        resolve()
      })
    })
    const done = it.drain()
    await stuck
    assert.equal((await it.store.get("a")).state, "sending")
    mock.timers.tick(19_999)
    assert.equal((await it.store.get("a")).state, "sending")
    mock.timers.tick(1)
    await done
    assert.equal((await it.store.get("a")).state, "sealed")
  } finally {
    mock.timers.reset()
  }
})

test("an attempt cut short by a closed tab is taken up again", async () => {
  const it = await phone({ reports: [report("a")] })
  await it.store.mark("a", "sending", { not_before: START + 25_000 })
  assert.equal(await it.drain(), 25_000)
  assert.equal(it.requests.length, 0)
  it.clock.now += 25_000
  await it.drain()
  assert.deepEqual(await it.states(), { a: "acked" })
})

test("a slower tab's failure does not take an arrival back", async () => {
  const it = await phone({ reports: [report("a")] })
  const slow = drain({
    ...it.world,
    fetch: async () => {
      await it.store.mark("a", "acked", { receipt: { receipt_no: "K-0001" } })
      throw new TypeError("time-out")
    },
  })
  await slow
  assert.deepEqual(await it.states(), { a: "acked" })
})

test("a full disk does not keep a report from leaving", async () => {
  const it = await phone({ reports: [report("a"), report("b", { badge_code: "OTHER" })] })
  it.store.mark_all = async () => { throw new DOMException("full", "QuotaExceededError") }
  assert.equal(await it.drain(), 2000)
  assert.deepEqual(it.requests.map(({ ids }) => ids), [["a"], ["b"]])
})

test("page and worker take turns where there are locks", async () => {
  const asked = []
  const locks = { request: async (name, options, work) => { asked.push(name); return work() } }
  const it = await phone({ reports: [report("a")], locks })
  assert.equal(await it.drain(), null)
  assert.deepEqual(asked, ["nafuda-outbox"])
})

test("five tabs without locks still deliver each report", async () => {
  const it = await phone({ reports: [report("a"), report("b")] })
  await Promise.all(Array.from({ length: 5 }, () => it.drain()))
  assert.deepEqual(await it.states(), { a: "acked", b: "acked" })
})

test("a draft that was sent in one tab is found sent in the other", async () => {
  const store = memory_store()
  const first = await store.add(report("a", { draft: "same" }))
  const second = await store.add(report("b", { draft: "same" }))
  assert.equal(second.report_id, first.report_id)
  assert.equal((await store.all()).length, 1)
})

const OLD = "epoch-before", NEW = "epoch-after"

test("once a backup holds a report, its copy goes and its receipt stays", async () => {
  const says = { epoch: OLD, through: 0 }
  const it = await phone({ reports: [report("a")], says })
  await it.drain()
  assert.deepEqual(await it.states(), { a: "acked" })
  says.through = 1
  await it.store.add(report("b"))
  await it.drain()
  assert.deepEqual(await it.states(), { a: "confirmed", b: "acked" })
  const { bytes, receipt } = await it.store.get("a")
  assert.deepEqual([bytes, receipt.receipt_no], [null, "K-0001"])
})

test("after a restore every arrival is offered again, once, after what never arrived", async () => {
  const says = { epoch: OLD, through: 0 }
  const it = await phone({ reports: [report("a"), report("b")], says })
  await it.drain()
  says.epoch = NEW
  it.requests.length = 0
  await it.store.add(report("c"))
  assert.equal(await it.drain(), null)
  assert.deepEqual(it.requests.map(({ ids }) => ids), [["c"], ["a", "b"]])
  const [alone, together] = it.requests
  assert.equal(alone.headers["Nafuda-Receipt"], undefined)
  const held = JSON.parse(together.body).receipts.map(text => Buffer.from(text, "base64url"))
  assert.deepEqual(held.map(raw => JSON.parse(raw).receipt_no), ["K-0001", "K-0002"])
  assert.deepEqual(await it.states(), { a: "acked", b: "acked", c: "acked" })
  it.requests.length = 0
  await it.drain()
  assert.deepEqual(it.requests, [])
})

test("an arrival offered in vain stays an arrival and is offered until it is taken", async () => {
  const says = { epoch: OLD, through: 0 }
  let down = false
  const it = await phone({ reports: [report("a")], says, trouble: () => down && answer(503, "") })
  await it.drain()
  await it.store.cover({ epoch: NEW, through: 0 }, START)
  says.epoch = NEW
  down = true
  for (let n = 0; n < 4; n++) it.clock.now += await it.drain()
  const { state, receipt, attempts } = await it.store.get("a")
  assert.deepEqual([state, receipt.receipt_no, attempts], ["acked", "K-0001", 4])
  down = false
  assert.equal(await it.drain(), null)
})

test("a receipt is not lost when the disk is too full for the epoch", async () => {
  const it = await phone({ reports: [report("a")], says: { epoch: OLD, through: 0 } })
  it.store.cover = async () => { throw new DOMException("full", "QuotaExceededError") }
  await it.drain()
  assert.deepEqual(await it.states(), { a: "acked" })
})

test("each try leaves its time, and whether anybody answered", async () => {
  const answers = [() => { throw new TypeError("offline") }, () => answer(503, "")]
  const it = await phone({ reports: [report("a")], trouble: () => answers.shift()() })
  await it.drain()
  const first = await it.store.get("a")
  assert.deepEqual([first.tried_at, first.answered], [START, false])
  it.clock.now += 5_000
  await it.drain()
  const second = await it.store.get("a")
  assert.deepEqual([second.tried_at, second.answered], [START + 5_000, true])
})

test("what cannot be prepared, such as a pairing noted on a full disk, holds up nothing", async () => {
  const prepare = async () => { throw new DOMException("full", "QuotaExceededError") }
  const it = await phone({ reports: [report("a")], prepare })
  assert.equal(await it.drain(), null)
  assert.deepEqual(await it.states(), { a: "acked" })
})
