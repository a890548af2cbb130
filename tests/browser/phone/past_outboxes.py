"""What earlier versions of the schema left on phones. A version that was once on phones stays here
for ever: each creates its stores as they were, and fills them with `FILLED`."""

FILLED = """
const bytes = (report_id, device_seq) => new TextEncoder().encode(JSON.stringify({
  v: 1, report_id, device_seq, checklist: { id: "CV", version: 1 }, items: ["CV-01"], answers: {},
  client_at: new Date().toISOString(), corrects: null, sealed: null }))
const random = crypto.randomUUID().slice(0, -1)
const id = n => random + n
const entry = (n, state, more) => ({
  report_id: id(n), draft: `draft ${n}`, badge_code, urgent: false, at: Date.now(), device_seq: n,
  bytes: bytes(id(n), n), state, attempts: 1, ...more })
const receipt = { report_id: id(3), fp: "fp", receipt_no: "K-9003", received_at: "2026", seq: 9003 }
const filled = [
  entry(1, "sealed", { not_before: Date.now() - 1 }),
  entry(2, "sending", { not_before: Date.now() - 1 }),
  entry(3, "acked", { receipt }),
  entry(4, "parked", { reason: "report-differs" }),
]
const fill = (outbox, meta) => {
  for (const one of filled) outbox.add(one)
  meta.put(4, "device_seq")
  meta.put({ agreed_version: 1, done: false }, `agreement-${badge_code}`)
}
"""

VERSIONS = {
    1: """
      const outbox = database.createObjectStore("outbox", { keyPath: "report_id" })
      outbox.createIndex("state", "state")
      outbox.createIndex("draft", "draft", { unique: true })
      fill(outbox, database.createObjectStore("meta"))
    """,
    2: """
      const outbox = database.createObjectStore("outbox", { keyPath: "report_id" })
      outbox.createIndex("state", "state")
      outbox.createIndex("draft", "draft", { unique: true })
      outbox.createIndex("again", "again")
      fill(outbox, database.createObjectStore("meta"))
      database.createObjectStore("drafts", { keyPath: "draft" })
    """,
}

CREATE = """([badge_code, version]) => new Promise((done, failed) => {{
  {filled}
  const opening = indexedDB.open("nafuda", version)
  opening.onupgradeneeded = () => {{
    const database = opening.result
    {stores}
  }}
  opening.onsuccess = () => done(opening.result.close())
  opening.onerror = () => failed(opening.error)
}})"""


def script(version: int) -> str:
    """JavaScript that takes [badge_code, version] and leaves that version's outbox behind."""
    return CREATE.format(filled=FILLED, stores=VERSIONS[version])
