// As much of IndexedDB as the outbox uses, on a disk that survives its tabs. A transaction is
// written whole or not at all; one at a time. What a disk can do wrong is asked of `trouble`.

export const blank_disk = () => ({ version: 0, stores: new Map() })

// host: { disk, trouble, alive(), track(promise), committed() }
export function indexed_db(host) {
  return { open: (name, version) => open(host, version) }
}

export const key_range = {
  bound: (lower, upper) => ({ has: key => key >= lower && key <= upper }),
  only: wanted => ({ has: key => key === wanted }),
  lowerBound: lower => ({ has: key => key >= lower }),
  upperBound: upper => ({ has: key => key <= upper }),
}

const failure = (name, message = name) => Object.assign(new Error(message), { name })
const soon = () => new Promise(resolve => setImmediate(resolve))

function open(host, version) {
  const request = {}
  host.track(in_turn(host.disk, async () => {
    await soon()
    if (!host.alive()) return
    if (host.trouble.lost?.()) return fail(request, failure("UnknownError", "Connection lost"))
    const wanted = version ?? (host.disk.version || 1)
    if (wanted < host.disk.version) return fail(request, failure("VersionError"))
    request.result = database(host)
    if (wanted > host.disk.version) await upgrade(host, request, wanted)
    if (host.alive()) request.onsuccess?.({ target: request })
  }))
  return request
}

async function upgrade(host, request, version) {
  const oldVersion = host.disk.version
  const changing = transaction(host, "versionchange")
  request.transaction = changing.shown
  Object.assign(request.result, changing.schema)
  host.disk.version = version
  request.onupgradeneeded?.({ oldVersion, newVersion: version, target: request })
  await changing.finish()
}

const fail = (request, error) => {
  request.error = error
  request.onerror?.({ target: request, preventDefault() {} })
}

// Work on one disk is done in the order it was asked for.
function in_turn(disk, work) {
  const result = (disk.turn ?? Promise.resolve()).then(work)
  disk.turn = result.catch(() => {})
  return result
}

function database(host) {
  return {
    close() {},
    get objectStoreNames() {
      const names = [...host.disk.stores.keys()]
      return Object.assign(names, { contains: name => names.includes(name) })
    },
    transaction(names, mode = "readonly") {
      const opened = transaction(host, mode)
      host.track(in_turn(host.disk, opened.finish))
      return opened.shown
    },
  }
}

function transaction(host, mode) {
  const draft = new Map()
  const asked = []
  const shown = { mode, error: null, abort: () => { shown.error = failure("AbortError") } }
  const table = name => draft.get(name) ?? host.disk.stores.get(name)
  const changed = name => {
    if (!draft.has(name)) {
      const { keyPath, indexes, rows } = host.disk.stores.get(name)
      draft.set(name, { keyPath, indexes: new Map(indexes), rows: new Map(rows) })
    }
    return draft.get(name)
  }
  const ask = work => {
    const request = {}
    asked.push(() => answer(request, work, shown))
    return request
  }
  const object_store = name => store_of({ name, ask, table, changed, host, mode })
  shown.objectStore = object_store
  const schema = {
    createObjectStore(name, { keyPath = null } = {}) {
      draft.set(name, { keyPath, indexes: new Map(), rows: new Map() })
      return object_store(name)
    },
    deleteObjectStore: name => { host.disk.stores.delete(name); draft.delete(name) },
  }
  return { shown, schema, finish: () => finish({ shown, asked, draft, host, mode }) }
}

function answer(request, work, shown) {
  try {
    request.result = work()
  } catch (error) {
    shown.error = error
    return fail(request, error)
  }
  return request.onsuccess?.({ target: request })
}

async function finish({ shown, asked, draft, host, mode }) {
  await soon()
  if (host.alive() && host.trouble.lost?.()) shown.error = failure("AbortError", "Connection lost")
  while (asked.length && !shown.error && host.alive()) {
    asked.shift()()
    await null
  }
  if (!host.alive()) return
  if (mode !== "readonly" && draft.size && host.trouble.full?.()) {
    shown.error = failure("QuotaExceededError")
  }
  await soon()
  if (!host.alive()) return
  if (shown.error) return shown.onabort?.({ target: shown })
  for (const [name, table] of draft) host.disk.stores.set(name, table)
  if (mode !== "readonly" && draft.size) host.committed()
  if (host.alive()) shown.oncomplete?.({ target: shown })
}

function store_of({ name, ask, table, changed, host, mode }) {
  const writable = work => {
    if (mode === "readonly") throw failure("ReadOnlyError")
    return ask(() => work(changed(name)))
  }
  const put = (fresh, value, key) => writable(store => {
    const row = structuredClone(value)
    const named = store.keyPath ? row[store.keyPath] : key
    if (fresh && store.rows.has(named)) throw failure("ConstraintError")
    check_unique(store, row, named)
    store.rows.set(named, row)
    return named
  })
  const select = pick => ({
    get: wanted => ask(() => copy(pick(table(name)).find(([key]) => matches(key, wanted))?.[1])),
    getAll: wanted => ask(() => found(pick(table(name)), wanted).map(([, row]) => copy(row))),
    getAllKeys: wanted => ask(() => found(pick(table(name)), wanted).map(([, , own]) => own)),
    count: wanted => ask(() => found(pick(table(name)), wanted).length),
  })
  return {
    ...select(store => sorted([...store.rows].map(([key, row]) => [key, row, key]))),
    put: (value, key) => put(false, value, key),
    add: (value, key) => put(true, value, key),
    delete: wanted => writable(store => {
      for (const key of [...store.rows.keys()]) if (matches(key, wanted)) store.rows.delete(key)
    }),
    clear: () => writable(store => store.rows.clear()),
    createIndex: (index, keyPath, { unique = false } = {}) => {
      changed(name).indexes.set(index, { keyPath, unique })
    },
    deleteIndex: index => { changed(name).indexes.delete(index) },
    get indexNames() {
      return Object.assign([...table(name).indexes.keys()], {
        contains: index => table(name).indexes.has(index),
      })
    },
    index: index => select(store => {
      const { keyPath } = store.indexes.get(index)
      return sorted([...store.rows].filter(([, row]) => row[keyPath] !== undefined)
        .map(([key, row]) => [row[keyPath], row, key]))
    }),
  }
}

function check_unique(store, row, named) {
  for (const { keyPath, unique } of store.indexes.values()) {
    if (!unique || row[keyPath] === undefined) continue
    for (const [key, other] of store.rows) {
      if (key !== named && other[keyPath] === row[keyPath]) throw failure("ConstraintError")
    }
  }
}

const copy = row => row === undefined ? undefined : structuredClone(row)
const matches = (key, wanted) => wanted?.has && typeof wanted === "object" ? wanted.has(key) : key === wanted
const found = (rows, wanted) => wanted === undefined ? rows : rows.filter(([key]) => matches(key, wanted))
const sorted = rows => rows.sort(([one], [other]) => one < other ? -1 : one > other ? 1 : 0)
