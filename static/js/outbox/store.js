// The outbox on the phone's disk. A promise resolves when its one transaction is complete, so what
// the screen says next is already kept. Opened anew each time: a lost connection loses nothing.
import { covered } from "./coverage.js"
import { moved, new_entry } from "./entry.js"

// Takes the draft and the next device_seq and keeps the entry, all or nothing. A draft that
// another tab has sent gives that tab's entry. What was made in a drill takes no number.
export const add = report => transact("readwrite", ({ outbox, meta, drafts }, result) => {
  read(outbox.index("draft").get(report.draft), sent => sent ? result(sent)
    : read(meta.get("device_seq"), (last = 0) => {
      const entry = new_entry(report, report.drill ? 0 : last + 1)
      if (!report.drill) meta.put(last + 1, "device_seq")
      drafts.delete(report.draft)
      outbox.add(entry)
      result(entry)
    }))
})

export const mark = (...change) => mark_all([change])

// changes: [[report_id, state, fields]]. An entry that has arrived does not move back.
export const mark_all = changes => transact("readwrite", ({ outbox }) => {
  for (const [report_id, state, fields] of changes) {
    read(outbox.get(report_id), entry => entry && outbox.put(moved(entry, state, fields)))
  }
})

// What has to be sent: what never arrived, and what is offered again.
export const waiting = () => transact("readonly", ({ outbox }, result) =>
  read(outbox.index("state").getAll(IDBKeyRange.bound("sealed", "sending")), fresh =>
    read(outbox.index("again").getAll(), again => result([...fresh, ...again]))))

// Resolves to whether the epoch is a new one.
export const cover = (coverage, now) => transact("readwrite", ({ outbox, meta }, result) =>
  read(meta.get("epoch"), known => {
    const is_new = Boolean(known) && known !== coverage.epoch
    result(is_new)
    if (known !== coverage.epoch) meta.put(coverage.epoch, "epoch")
    read(outbox.index("state").getAll("acked"), arrived => {
      for (const entry of arrived) {
        const then = covered(entry, is_new, coverage, now)
        if (then !== entry) outbox.put(then)
      }
    })
  }))

export const get = report_id => transact("readonly", ({ outbox }, result) =>
  read(outbox.get(report_id), result))

export const all = () => transact("readonly", ({ outbox }, result) =>
  read(outbox.getAll(), result))

export const keep_draft = draft => transact("readwrite", ({ drafts }) => drafts.put(draft))

export const drafts = () => transact("readonly", ({ drafts }, result) =>
  read(drafts.getAll(), result))

export const drop_draft = draft => transact("readwrite", ({ drafts }) => drafts.delete(draft))

export const recall = key => transact("readonly", ({ meta }, result) =>
  read(meta.get(key), result))

export const remember = (key, value) => transact("readwrite", ({ meta }) => meta.put(value, key))

// use: what is kept now → what is kept from now on, with nothing in between.
export const change = (key, use) => transact("readwrite", ({ meta }) =>
  read(meta.get(key), value => meta.put(use(value), key)))

const STORES = ["outbox", "meta", "drafts"]

const read = (request, use) => {
  request.onsuccess = () => use(request.result)
}

async function transact(mode, work) {
  const database = await opened()
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(STORES, mode, { durability: "strict" })
      const [outbox, meta, drafts] = STORES.map(name => transaction.objectStore(name))
      let outcome
      transaction.oncomplete = () => resolve(outcome)
      transaction.onabort = () => reject(transaction.error)
      work({ outbox, meta, drafts }, value => { outcome = value })
    })
  } finally {
    database.close()
  }
}

// What each version of the schema adds. A version that has been on phones is never changed.
const STEPS = [
  database => {
    const outbox = database.createObjectStore("outbox", { keyPath: "report_id" })
    outbox.createIndex("state", "state")
    outbox.createIndex("draft", "draft", { unique: true })
    database.createObjectStore("meta")
  },
  (database, { transaction }) => {
    transaction.objectStore("outbox").createIndex("again", "again")
    database.createObjectStore("drafts", { keyPath: "draft" })
  },
]

// A page kept from before the last step works on with what newer steps have added.
const opened = () => open(STEPS.length).catch(error => {
  if (error.name === "VersionError") return open()
  throw error
})

function open(version) {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("nafuda", version)
    request.onupgradeneeded = ({ oldVersion }) =>
      STEPS.slice(oldVersion).forEach(step => step(request.result, request))
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}
