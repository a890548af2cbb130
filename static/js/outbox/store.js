// The outbox on the phone's disk. A promise resolves when its one transaction is complete, so what
// the screen says next is already kept. Opened anew each time: a lost connection loses nothing.
import { moved, new_entry } from "./entry.js"

// Takes the draft and the next device_seq and keeps the entry, all or nothing. A draft that
// another tab has sent gives that tab's entry.
export const add = report => transact("readwrite", ({ outbox, meta }, result) => {
  read(outbox.index("draft").get(report.draft), sent => sent ? result(sent)
    : read(meta.get("device_seq"), (last = 0) => {
      const entry = new_entry(report, last + 1)
      meta.put(last + 1, "device_seq")
      meta.delete(report.draft)
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

export const waiting = () => transact("readonly", ({ outbox }, result) =>
  read(outbox.index("state").getAll(IDBKeyRange.bound("sealed", "sending")), result))

export const get = report_id => transact("readonly", ({ outbox }, result) =>
  read(outbox.get(report_id), result))

export const all = () => transact("readonly", ({ outbox }, result) =>
  read(outbox.getAll(), result))

export const remove = report_id => transact("readwrite", ({ outbox }) => outbox.delete(report_id))

export const recall = key => transact("readonly", ({ meta }, result) =>
  read(meta.get(key), result))

export const remember = (key, value) => transact("readwrite", ({ meta }) => meta.put(value, key))

const read = (request, use) => {
  request.onsuccess = () => use(request.result)
}

async function transact(mode, work) {
  const database = await opened()
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(["outbox", "meta"], mode, { durability: "strict" })
      const [outbox, meta] = ["outbox", "meta"].map(name => transaction.objectStore(name))
      let outcome
      transaction.oncomplete = () => resolve(outcome)
      transaction.onabort = () => reject(transaction.error)
      work({ outbox, meta }, value => { outcome = value })
    })
  } finally {
    database.close()
  }
}

function opened() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("nafuda", 1)
    request.onupgradeneeded = () => {
      const outbox = request.result.createObjectStore("outbox", { keyPath: "report_id" })
      outbox.createIndex("state", "state")
      outbox.createIndex("draft", "draft", { unique: true })
      request.result.createObjectStore("meta")
    }
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}
