// Sending, wired to the real world: pairing first where it was agreed but not yet done.
import { coverage_in } from "./coverage.js"
import { drain } from "./drain.js"
import * as store from "./store.js"

const world = eager => ({
  store, eager,
  fetch: (...request) => fetch(...request),
  now: Date.now,
  random: Math.random,
  locks: navigator.locks,
})

// Resolves to the milliseconds until the next try is due, or null when nothing waits.
export async function send_waiting(eager = false) {
  await pair_where_agreed()
  return drain(world(eager))
}

// What any answer of ours says about what is safe there; after a restore, all is offered at once.
export async function heed({ headers }) {
  const coverage = coverage_in(headers)
  const is_new = coverage && await store.cover(coverage, Date.now()).catch(() => false)
  if (is_new) await send_waiting(true)
}

async function pair_where_agreed() {
  const codes = new Set((await store.waiting()).map(entry => entry.badge_code))
  for (const code of codes) {
    const agreement = await store.recall(`agreement-${code}`)
    const lost = (await store.waiting()).some(entry =>
      entry.badge_code === code && entry.reason === "unknown-device")
    if (agreement && (!agreement.done || lost)) await pair(code, agreement)
  }
}

async function pair(code, agreement) {
  const { agreed_version } = agreement
  const answer = await fetch(`/b/${code}/pairing`, {
    method: "POST", redirect: "error",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ agreed_version }),
  }).catch(() => null)
  if (answer?.status === 201) await store.remember(`agreement-${code}`, { ...agreement, done: true })
}

// Tries now, at every sign of life, and whenever the next try is due. `told` hears after each try.
export function keep_sending(told) {
  let timer
  const attempt = async eager => {
    clearTimeout(timer)
    const wait = await send_waiting(eager).catch(() => 5_000)
    await told()
    if (wait !== null) timer = setTimeout(attempt, wait)
  }
  const eagerly = () => attempt(true)
  addEventListener("online", eagerly)
  addEventListener("pageshow", eagerly)
  document.addEventListener("visibilitychange", () => document.hidden || eagerly())
  document.addEventListener("kept", eagerly)
  attempt(true)
  return eagerly
}
