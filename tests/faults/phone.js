// Phones for the harness: each has a disk, cookies, a clock of its own, and tabs that run the
// product's own code. Told what to do by lines of JSON on stdin, answered on stdout.
import { readFileSync } from "node:fs"
import { createInterface } from "node:readline"
import { Script, createContext } from "node:vm"
import { blank_disk, indexed_db, key_range } from "./indexed_db.js"
import { lock_room } from "./locks.js"
import { time_line } from "./time_line.js"

const scripts = {}
let line
let phones = new Map()

function seeded(seed) {
  let state = seed >>> 0 || 1
  return () => {
    state = (state + 0x6D2B79F5) >>> 0
    let mixed = Math.imul(state ^ state >>> 15, state | 1)
    mixed ^= mixed + Math.imul(mixed ^ mixed >>> 7, mixed | 61)
    return ((mixed ^ mixed >>> 14) >>> 0) / 2 ** 32
  }
}

function new_phone({ base, seed, locks = true, offset = 0 }) {
  return {
    base, offset, random: seeded(seed), has_locks: locks, locks: lock_room(), online: true,
    says_online: null, disk: blank_disk(), cookies: new Map(), tabs: new Map(), trouble: {},
    kills: [], confirmed: [], refused: 0, tokens: new Set(),
  }
}

// Points at which the whole phone may die: "committed", "requested", "answered"; the nth time.
function reached(phone, point) {
  for (const kill of phone.kills) {
    if (kill.point === point && --kill.left === 0) kill_tabs(phone)
  }
}

function kill_tabs(phone, names = [...phone.tabs.keys()]) {
  for (const name of names) {
    const tab = phone.tabs.get(name)
    if (!tab) continue
    tab.alive = false
    line.drop(tab)
    tab.cuts.forEach(cut => cut.abort())
    phone.tabs.delete(name)
    phone.locks.drop(tab)
  }
}

const never = () => new Promise(() => {})

// Presses and requests are told apart by one clock: a request may reach a busy proxy long after
// it left, and two processes' clocks drift.
const real_now = () => performance.timeOrigin + performance.now()

async function phone_fetch(phone, tab, path, options = {}) {
  if (!phone.online) throw new TypeError("no network")
  const cut = new AbortController()
  tab.cuts.add(cut)
  options.signal?.addEventListener("abort", () => cut.abort())
  const cookie = [...phone.cookies].map(pair => pair.join("=")).join("; ")
  const headers = { ...options.headers, ...cookie && { Cookie: cookie }, "Sent-At": real_now() }
  reached(phone, "requested")
  if (!tab.alive) return never()
  try {
    const answer = await fetch(phone.base + path, { ...options, headers, signal: cut.signal })
    const body = await answer.arrayBuffer().catch(error => error)
    reached(phone, "answered")
    if (!tab.alive) return never()
    for (const set of answer.headers.getSetCookie()) take_cookie(phone, set)
    return plain_answer(answer, body)
  } catch (error) {
    if (!tab.alive) return never()
    throw error
  } finally {
    tab.cuts.delete(cut)
  }
}

function take_cookie(phone, set) {
  const [, name, value] = /^([^=]+)=([^;]*)/.exec(set)
  phone.cookies.set(name, value)
  phone.tokens.add(value)
}

function plain_answer({ status, ok, headers, redirected, url }, body) {
  const text = async () => {
    if (body instanceof Error) throw body
    return new TextDecoder().decode(body)
  }
  const answer = { status, ok, headers, redirected, url, text, json: async () => JSON.parse(await text()) }
  return { ...answer, clone: () => answer }
}

// crypto.subtle works in threads: time has to wait for it.
const tracked_crypto = tab => ({
  getRandomValues: array => crypto.getRandomValues(array),
  subtle: new Proxy(crypto.subtle, {
    get: (subtle, name) => (...given) => line.track(subtle[name](...given), tab),
  }),
})

function open_tab(phone, name, script) {
  const tab = { alive: true, cuts: new Set() }
  phone.tabs.set(name, tab)
  const alive = () => tab.alive
  const window = new EventTarget()
  const document = new EventTarget()
  document.hidden = false
  const host = {
    alive, disk: phone.disk, trouble: phone.trouble, track: promise => line.track(promise, tab),
    committed: () => reached(phone, "committed"),
  }
  const now = () => Math.round(line.now() + phone.offset)
  class PhoneDate extends Date {
    constructor(...given) { super(...given.length ? given : [now()]) }
    static now() { return now() }
  }
  const context = createContext({
    console, TextEncoder, TextDecoder, AbortController, AbortSignal, Event, URL, Uint8Array,
    Headers, Request, Response, Blob, structuredClone, queueMicrotask, btoa, atob, document,
    crypto: tracked_crypto(tab), indexedDB: indexed_db(host), IDBKeyRange: key_range, Date: PhoneDate,
    addEventListener: (...given) => window.addEventListener(...given),
    dispatchEvent: event => window.dispatchEvent(event),
    setTimeout: (call, wait) => line.later(alive, call, wait),
    clearTimeout: line.never,
    setInterval: () => 0,
    fetch: (path, options) => line.track(phone_fetch(phone, tab, path, options), tab),
    navigator: {
      get onLine() { return phone.says_online ?? phone.online },
      ...phone.has_locks && { locks: phone.locks.of(tab) },
    },
  })
  context.self = context.globalThis = context
  new Script("Math.random = () => 0").runInContext(context)
  context.Math = Object.create(Math, { random: { value: phone.random } })
  new Script(scripts[script]).runInContext(context)
  tab.product = context.tab
  tab.events = { window, document }
}

const entries = phone => [...phone.disk.stores.get("outbox")?.rows.values() ?? []]
const waits = phone => entries(phone).some(({ state }) => state === "sealed" || state === "sending")

function trouble_of(phone, { full = false, lost = 0 }) {
  phone.trouble.full = () => full
  phone.trouble.lost = () => lost > 0 && phone.random() < lost
}

async function press(phone, { tab, page, ...report }) {
  const pressed = phone.tabs.get(tab)
  if (!pressed) return
  const kept = line.track(pressed.product.press(page, report), pressed)
    .then(entry => phone.confirmed.push({ ...entry, pressed: real_now() }))
  await Promise.race([kept.catch(() => { phone.refused += 1 }), line.pass(0, 3000, () => false)])
}

const base64 = bytes => Buffer.from(bytes).toString("base64")
const shown = entry => ({ ...entry, bytes: entry.bytes ? base64(entry.bytes) : "" })

const operations = {
  load: ({ name, path }) => { scripts[name] = readFileSync(path, "utf-8") },
  begin: ({ now }) => {
    for (const phone of phones.values()) kill_tabs(phone)
    line = time_line(now)
    phones = new Map()
  },
  phone: ({ phone, ...given }) => { phones.set(phone, new_phone(given)) },
  open: ({ of, tab, script }) => open_tab(of, tab, script),
  start: ({ of, tab }) => of.tabs.get(tab).product.start(),
  press: async ({ of, ...given }) => press(of, given),
  event: ({ of, tab, target = "window", name }) => {
    of.tabs.get(tab)?.events[target].dispatchEvent(new Event(name))
  },
  change: ({ of, ...fields }) => { Object.assign(of, fields) },
  trouble: ({ of, ...given }) => trouble_of(of, given),
  kill_at: ({ of, point, nth }) => { of.kills.push({ point, left: nth }) },
  kill: ({ of, tabs }) => kill_tabs(of, tabs),
  wipe_disk: ({ of }) => { of.disk.stores.clear(); of.disk.version = 0 },
  wipe_cookies: ({ of }) => of.cookies.clear(),
  old_disk: ({ of, version, stores }) => {
    of.disk.version = version
    for (const [name, { keyPath, indexes, rows }] of Object.entries(stores)) {
      of.disk.stores.set(name, {
        keyPath, indexes: new Map(Object.entries(indexes)), rows: new Map(rows.map(revived)),
      })
    }
  },
  pass: ({ seconds, patience = 3000, until }) =>
    line.pass(seconds * 1000, patience, () => until === "settled" && ![...phones.values()].some(waits)),
  look: ({ of }) => ({
    entries: entries(of).map(shown), confirmed: of.confirmed.map(shown), refused: of.refused,
    tokens: [...of.tokens], alive: [...of.tabs.keys()],
    meta: [...of.disk.stores.get("meta")?.rows ?? []],
  }),
}

const revived = ([key, row]) =>
  [key, row?.bytes ? { ...row, bytes: new Uint8Array(Buffer.from(row.bytes, "base64")) } : row]

process.on("unhandledRejection", () => {})
createInterface({ input: process.stdin }).on("line", async text => {
  const { id, op, ...given } = JSON.parse(text)
  let answer
  try {
    const of = given.phone && op !== "phone" ? phones.get(given.phone) : undefined
    answer = { id, result: await operations[op]({ ...given, of }) ?? null }
  } catch (error) {
    answer = { id, error: error.stack }
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`)
})
