// Send what is waiting. An entry counts as arrived only when the server's receipt matches it.
import { to_base64url } from "../sealing/base64url.js"
import { ask } from "./asking.js"
import { coverage_in } from "./coverage.js"
import { fingerprint } from "./entry.js"
import { MOST_ENTRIES, back_off, due_now, next_batch, next_due, told_to_wait } from "./schedule.js"
import { take_turn } from "./turns.js"
import { verdict } from "./verdict.js"

// A little after an attempt is given up, its entry is anybody's again.
const LEASE = 25_000

// Resolves to the milliseconds until the next try is due, or null when nothing waits.
// world: { store, fetch, now, random, locks?, eager?, prepare?, overtaken? }. Overtaken by another try
// that waits for its turn, one ends after what it has in hand.
export async function drain(world) {
  return take_turn(world.locks, async () => {
    await world.prepare?.().catch(() => {})
    return drain_due(world)
  })
}

async function drain_due(world) {
  const tried = new Set()
  // What failed without a network isn't suspected of anything: who is eager tries all together
  // first, and only then in the shares that earlier failures left.
  let { eager: hopeful } = world
  let arrived = 0
  for (;;) {
    const waiting = await world.store.waiting()
    const untried = waiting.filter(entry => !tried.has(entry.report_id))
    const due = due_now(untried, world.now(), world.eager)
    if (!due.length) return next_due(waiting, world.now())
    const batch = next_batch(due, hopeful ? MOST_ENTRIES : arrived)
    arrived = await send(batch, world)
    const disappointed = hopeful && !arrived && batch.length > 1
    if (disappointed) hopeful = false
    else batch.forEach(entry => tried.add(entry.report_id))
    if (world.overtaken?.()) return next_due(await world.store.waiting(), world.now())
  }
}

// Resolves to the size of the batch if something of it arrived, else to 0.
async function send(batch, world) {
  const not_before = world.now() + LEASE
  await note(world, batch.map(entry => [entry.report_id, "sending", { not_before }]))
  const answers = await (batch.length > 1 ? ask_together(batch, world) : ask_alone(batch, world))
  const changes = await Promise.all(
    batch.map((entry, place) => change_after(answers[place], entry, world)))
  await note(world, changes)
  return changes.some(([, state]) => state === "acked") ? batch.length : 0
}

// A full disk must not keep a report from leaving. What cannot be noted is sent again, and the
// server knows it.
async function note({ store }, changes) {
  await store.mark_all(changes).catch(() => {})
}

async function ask_alone([entry], world) {
  const held = held_receipt(entry)
  const headers = held ? { "Nafuda-Receipt": held } : {}
  return [await put(world, "PUT", `/api/reports/${entry.report_id}`, entry, entry.bytes, headers)]
}

// Offered again, a report keeps the number that was told to somebody (docs/receipts.md).
const held_receipt = ({ again, receipt }) =>
  again && receipt ? to_base64url(new TextEncoder().encode(JSON.stringify(receipt))) : null

async function ask_together(batch, world) {
  const envelopes = batch.map(entry => to_base64url(entry.bytes))
  const receipts = batch.some(entry => entry.again) ? batch.map(held_receipt) : undefined
  const body_sent = JSON.stringify({ envelopes, receipts })
  const answer = await put(world, "POST", "/api/reports", batch[0], body_sent)
  const { status, told, body } = answer
  const results = status === 200 && Array.isArray(body?.results) ? body.results : []
  if (results.length === batch.length) {
    return results.map(result =>
      ({ status: result?.status, told, body: result?.receipt ?? result?.problem }))
  }
  // Failed as a whole, which says nothing final about any of them: smaller batches will tell.
  const whole = { status: status === 401 ? 401 : 0, told, body, share: batch.length >> 1 }
  return batch.map(() => ({ ...whole, answered: status > 0 }))
}

async function put({ fetch, store, now }, method, path, { badge_code }, body, more = {}) {
  const headers = { "Content-Type": "application/json", "Nafuda-Badge": badge_code, ...more }
  const answer = await ask(fetch, path, { method, headers, body })
  const coverage = coverage_in(answer.headers)
  if (coverage) await store.cover(coverage, now()).catch(() => {})
  return { ...answer, told: answer.headers.get("Retry-After") }
}

const smaller = (one, other) => Math.min(one ?? MOST_ENTRIES, other ?? MOST_ENTRIES)

async function change_after(answer, entry, { now, random }) {
  const { report_id, bytes } = entry
  const { status, told, body, share, answered = status > 0 } = answer
  const outcome = verdict(status, body, { report_id, fp: await fingerprint(bytes) })
  const attempts = entry.attempts + 1
  const tried = { attempts, tried_at: now(), answered }
  if (outcome.verdict === "acked") {
    const fields = { ...tried, receipt: body, acked_at: now(), again: undefined }
    return [report_id, "acked", fields]
  }
  const { reason } = outcome
  if (outcome.verdict === "parked") return [report_id, "parked", { ...tried, reason }]
  const told_until = now() + told_to_wait(told, now())
  const not_before = told_until + back_off(attempts, random)
  const fields = { ...tried, reason, told_until, not_before, share: smaller(share, entry.share) }
  return [report_id, "sealed", fields]
}
