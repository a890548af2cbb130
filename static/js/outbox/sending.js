// Sending, wired to the real world: pairing first where it was agreed but not yet done.
import { send_answers } from "./answers.js"
import { coverage_in } from "./coverage.js"
import { drain } from "./drain.js"
import { pair_where_agreed } from "./pairing.js"
import { keep_storage } from "./storage.js"
import * as store from "./store.js"
import { take_turn } from "./turns.js"

const SYNC = "nafuda-outbox"
const LATER = 10_000
const asked = (...request) => fetch(...request)

let newest = 0

// Whoever begins later knows more: the signal is back, a person asked.
const overtaken = () => {
  const mine = ++newest
  return () => mine !== newest
}

const world = eager => ({
  store, eager,
  overtaken: overtaken(),
  fetch: asked,
  now: Date.now,
  random: Math.random,
  locks: navigator.locks,
  prepare: () => pair_where_agreed({ store, fetch: asked, keep_storage }),
})

// Resolves to the milliseconds until the next try is due, or null when nothing waits.
// Reports come first; nothing that goes wrong with a chosen time keeps them.
export async function send_waiting(eager = false) {
  const wait = await drain(world(eager))
  const left = await take_turn(navigator.locks, send_times, "nafuda-answers").catch(() => true)
  return left ? Math.min(wait ?? LATER, LATER) : wait
}

const send_times = () => send_answers({ store, fetch: asked, now: Date.now })

// For the worker: a browser that is told of a failure tries again by itself, a few times.
export async function send_all() {
  if (await send_waiting(true) !== null) throw new Error("something still waits")
}

// Where the browser can, it sends when the network is back although the page is closed. Resolves
// to whether it promised that.
export async function will_send_by_itself() {
  const worker = await navigator.serviceWorker?.getRegistration().catch(() => null)
  if (!worker?.active || !worker.sync) return false
  return worker.sync.register(SYNC).then(() => true, () => false)
}

// What any answer of ours says about what is safe there; after a restore, all is offered at once.
export async function heed({ headers }) {
  const coverage = coverage_in(headers)
  const is_new = coverage && await store.cover(coverage, Date.now()).catch(() => false)
  if (is_new) await send_waiting(true)
}

// Tries now, at every sign of life, and whenever the next try is due. `told` hears after each try.
export function keep_sending(told) {
  let timer
  const attempt = async eager => {
    clearTimeout(timer)
    const wait = await send_waiting(eager).catch(() => 5_000)
    clearTimeout(timer)
    if (wait !== null) timer = setTimeout(attempt, wait)
    await told()
  }
  const eagerly = () => attempt(true)
  addEventListener("online", eagerly)
  addEventListener("pageshow", eagerly)
  document.addEventListener("visibilitychange", () => document.hidden || eagerly())
  document.addEventListener("kept", eagerly)
  attempt(true)
  return eagerly
}
