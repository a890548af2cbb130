import assert from "node:assert/strict"
import { mock, test } from "node:test"
import { pair_where_agreed } from "../../static/js/outbox/pairing.js"
import { memory_store } from "./memory_store.js"

const report = (name, badge_code = "BADGE") => ({
  report_id: name, draft: `draft of ${name}`, badge_code, urgent: false, at: 1_800_000_000_000,
  checklist: { id: "conveni", version: 1 }, items: ["CV-01"], answers: {},
})

async function phone({ agreements = { BADGE: { agreed_version: 2, done: false } }, answer }) {
  const store = memory_store()
  await store.add(report("a"))
  for (const [code, agreement] of Object.entries(agreements)) {
    await store.remember(`agreement-${code}`, agreement)
  }
  const requests = []
  let persisted = 0
  const fetch = async (path, options) => {
    requests.push([path, options.body])
    return answer()
  }
  const keep_storage = async () => { persisted += 1 }
  const world = { store, fetch, keep_storage }
  const agreement = code => store.recall(`agreement-${code ?? "BADGE"}`)
  return { store, requests, agreement, asked: () => persisted, pair: () => pair_where_agreed(world) }
}

const json = (status, body) => () => new Response(JSON.stringify(body), { status })
const paired = json(201, { has_inbox: false })

test("what was agreed to on the page is told to the server, and the storage is kept", async () => {
  const it = await phone({ answer: paired })
  await it.pair()
  assert.deepEqual(it.requests, [["/b/BADGE/pairing", '{"agreed_version":2}']])
  assert.equal((await it.agreement()).done, true)
  assert.equal(it.asked(), 1)
  await it.pair()
  assert.equal(it.requests.length, 1)
})

test("a phone that the server no longer knows pairs again by itself", async () => {
  const it = await phone({ agreements: { BADGE: { agreed_version: 2, done: true } }, answer: paired })
  await it.pair()
  assert.equal(it.requests.length, 0)
  await it.store.mark("a", "sealed", { reason: "unknown-device" })
  await it.pair()
  assert.equal(it.requests.length, 1)
})

test("each badge that something waits for is paired, and no other", async () => {
  const agreements = Object.fromEntries(["BADGE", "OTHER", "IDLE"].map(code =>
    [code, { agreed_version: 1, done: false }]))
  const it = await phone({ agreements, answer: paired })
  await it.store.add(report("b", "OTHER"))
  await it.pair()
  assert.deepEqual(it.requests.map(([path]) => path), ["/b/BADGE/pairing", "/b/OTHER/pairing"])
})

test("our refusal is noted, and gone once the badge is taken", async () => {
  const it = await phone({ answer: json(409, { type: "/problems/conflict" }) })
  await it.pair()
  const { done, refused } = await it.agreement()
  assert.deepEqual([done, refused, it.asked()], [false, "conflict", 0])
})

for (const [what, answer] of [
  ["no network", () => { throw new TypeError("offline") }],
  ["a portal", () => new Response("<html>", { status: 200 })],
  ["a server in trouble", json(503, null)],
]) {
  test(`${what} leaves the agreement for later`, async () => {
    const it = await phone({ answer })
    await it.pair()
    assert.deepEqual(await it.agreement(), { agreed_version: 2, done: false })
  })
}

test("a pairing without an answer is given up after 20 seconds", async () => {
  mock.timers.enable({ apis: ["setTimeout"] })
  try {
    const it = await phone({})
    let begun
    const asked = new Promise(resolve => { begun = resolve })
    const fetch = (path, { signal }) => new Promise((_, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason))
      begun()
    })
    const done = pair_where_agreed({ store: it.store, fetch })
    await asked
    mock.timers.tick(20_000)
    await done
    assert.equal((await it.agreement()).done, false)
  } finally {
    mock.timers.reset()
  }
})
