// Random lives of one phone against the invariants of protocol A6: other tabs, a network that
// loses, doubles and falsifies answers, restored servers, backups, clocks that jump.
import assert from "node:assert/strict"
import { test } from "node:test"
import { drain } from "../../static/js/outbox/drain.js"
import { fingerprint } from "../../static/js/outbox/entry.js"
import { memory_store } from "./memory_store.js"

const RUNS = Number(process.env.NAFUDA_RUNS ?? 150)
const STEPS = 40
const START = 1_800_000_000_000

// Mulberry32: small, and the same on every machine.
function chance(seed) {
  return () => {
    seed = (seed + 0x6D2B79F5) | 0
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

const text = bytes => new TextDecoder().decode(bytes)
const body_of = answer => new Response(JSON.stringify(answer.body), answer)

// The centre, as protocol A3 has it; `faults` may lose, falsify or repeat what it says.
function centre(random) {
  const state = { rows: new Map(), epoch: "the-epoch-0", through: 0, seq: 0, backup: null, refused: new Set() }
  const receipts = new Map()

  async function accept(bytes) {
    const { report_id } = JSON.parse(text(bytes))
    if (state.refused.has(report_id)) {
      return { status: 409, problem: { type: "/problems/report-differs", status: 409 } }
    }
    const fp = await fingerprint(bytes)
    const known = state.rows.get(report_id)
    if (known) return { status: known.fp === fp ? 200 : 409, receipt: known }
    const seq = state.seq += 1
    const receipt = { report_id, fp, receipt_no: `K-${seq}`, received_at: "2026", seq }
    state.rows.set(report_id, receipt)
    receipts.set(report_id, [...receipts.get(report_id) ?? [], receipt])
    return { status: 201, receipt }
  }

  async function answer(path, { body }) {
    const headers = { "Nafuda-Epoch": state.epoch, "Nafuda-Backed-Up-Through": `${state.through}` }
    if (path !== "/api/reports") {
      const { status, receipt, problem } = await accept(body)
      return { status, headers, body: receipt ?? problem }
    }
    const results = []
    for (const one of JSON.parse(body).envelopes) results.push(await accept(Buffer.from(one, "base64url")))
    return { status: 200, headers, body: { results } }
  }

  const FAULTS = [
    async () => { throw new TypeError("lost on the way there") },
    async (...request) => { await answer(...request); throw new TypeError("lost on the way back") },
    async () => new Response("<html>portal</html>", { status: 200 }),
    async () => new Response("busy", { status: 503, headers: { "Retry-After": "7" } }),
    async () => body_of({ status: 401, body: { type: "/problems/unknown-device" } }),
    async (...request) => {
      const real = await answer(...request)
      const wrong = one => one && { ...one, fp: "of another report" }
      const body = real.body.results
        ? { results: real.body.results.map(one => ({ ...one, receipt: wrong(one.receipt) })) }
        : wrong(real.body)
      return body_of({ ...real, body })
    },
    async (...request) => { await answer(...request); return body_of(await answer(...request)) },
  ]
  const fetch = async (...request) => {
    const fault = random() < 0.45 && FAULTS[Math.floor(random() * FAULTS.length)]
    return fault ? fault(...request) : body_of(await answer(...request))
  }
  return { state, receipts, fetch, answer }
}

const copy = map => new Map(map)

// What may happen next; each returns nothing, and `life.pressed` remembers what 送信 was pressed for.
const EVENTS = [
  [5, async life => {
    const report_id = `r${life.pressed.size}`
    const badge_code = life.random() < 0.8 ? "BADGE" : "OTHER"
    await life.store.add({
      report_id, draft: `draft ${report_id}`, badge_code, urgent: life.random() < 0.2, at: life.now,
      checklist: { id: "CV", version: 1 }, items: ["CV-01"], answers: {},
    })
    life.pressed.set(report_id, text((await life.store.get(report_id)).bytes))
    if (life.random() < 0.06) life.centre.state.refused.add(report_id)
  }],
  [8, life => drain(life.world(life.random() < 0.5))],
  [2, life => Promise.all([1, 2, 3].map(() => drain(life.world(true))))],
  [4, async life => { life.now += life.random() * 400_000 }],
  [1, async life => { life.now += (life.random() - 0.5) * 20 * 86_400_000 }],
  [1, async ({ centre: { state } }) => { state.through = state.seq }],
  [1, async ({ centre: { state } }) => { state.backup = { rows: copy(state.rows), seq: state.seq } }],
  [1, async ({ centre: { state }, restores }) => {
    if (!state.backup) return
    restores.count += 1
    Object.assign(state, {
      rows: copy(state.backup.rows), seq: state.backup.seq, through: state.backup.seq,
      epoch: `the-epoch-${restores.count}`,
    })
  }],
]
const WEIGHT = EVENTS.reduce((sum, [weight]) => sum + weight, 0)

function next_event(random) {
  let place = random() * WEIGHT
  return EVENTS.find(([weight]) => (place -= weight) < 0)[1]
}

async function check({ store, pressed, arrived, centre }) {
  const entries = await store.all()
  assert.deepEqual(entries.map(one => one.report_id).sort(), [...pressed.keys()].sort(),
    "I4: what was pressed is there")
  const numbers = entries.map(one => one.device_seq).sort((one, other) => one - other)
  assert.deepEqual(numbers, numbers.map((_, n) => n + 1), "I10: no gap, none twice")
  for (const { report_id, state, bytes, receipt, reason } of entries) {
    const is_there = state === "acked" || state === "confirmed"
    assert.ok(is_there || !arrived.has(report_id), "what has arrived stays arrived")
    if (is_there) {
      arrived.add(report_id)
      const known = centre.receipts.get(report_id) ?? []
      const is_theirs = one => one.receipt_no === receipt.receipt_no && one.fp === receipt.fp
      assert.ok(known.some(is_theirs), "I5: an arrival has a receipt of the centre")
    }
    if (state !== "confirmed") assert.equal(text(bytes), pressed.get(report_id), "bytes never change")
    if (state === "parked") assert.ok(reason, "I8: what is parked has a reason")
  }
}

async function live(seed) {
  const random = chance(seed)
  const life = {
    random, now: START, store: memory_store(), restores: { count: 0 },
    pressed: new Map(), arrived: new Set(),
  }
  life.centre = centre(random)
  life.world = eager =>
    ({ store: life.store, fetch: life.centre.fetch, now: () => life.now, random, eager })
  for (let n = 0; n < STEPS; n++) {
    await next_event(random)(life)
    await check(life)
  }
  return life
}

// In the end the network works and the inbox was looked at, which tells of a restore: everything is
// there, except what the centre refuses.
async function settle(life) {
  const { centre: { answer, state }, store } = life
  await store.cover({ epoch: state.epoch, through: state.through }, life.now)
  const world = { ...life.world(true), fetch: async (...request) => body_of(await answer(...request)) }
  for (let n = 0; n < 12; n++) {
    life.now += 1_300_000
    await drain(world)
  }
  assert.equal(await drain(world), null, "nothing waits any more")
  for (const { report_id, state: mine } of await store.all()) {
    if (mine === "acked") assert.ok(state.rows.has(report_id), "I1: acknowledged and present")
    assert.ok(["acked", "confirmed", "parked"].includes(mine))
    assert.equal(mine === "parked", state.refused.has(report_id), "only what was refused is parked")
  }
}

for (let block = 0; block < 5; block++) {
  test(`${RUNS / 5} random lives keep every promise (block ${block})`, async () => {
    for (let run = 0; run < RUNS / 5; run++) {
      const seed = block * 10_000 + run
      try {
        await settle(await live(seed))
      } catch (error) {
        error.message = `seed ${seed}: ${error.message}`
        throw error
      }
    }
  })
}
