import assert from "node:assert/strict"
import { test } from "node:test"
import { fingerprint, moved, new_entry, uuid7 } from "../../static/js/outbox/entry.js"

const AT = Date.UTC(2026, 10, 25, 5, 3, 7, 250)
const REPORT = {
  report_id: "019aba00-0000-7000-8000-000000000000",
  draft: "draft-1",
  badge_code: "23456789ABC",
  urgent: true,
  at: AT,
  checklist: { id: "conveni", version: 3 },
  items: ["CV-01", "CM-02"],
  answers: { stage: "during", done: ["talked", "c110"] },
}
const read = entry => new TextDecoder().decode(entry.bytes)

test("an envelope has the fields of protocol A1, in this order", () => {
  assert.equal(read(new_entry(REPORT, 7)), '{"v":1,'
    + '"report_id":"019aba00-0000-7000-8000-000000000000","device_seq":7,'
    + '"checklist":{"id":"conveni","version":3},"items":["CV-01","CM-02"],'
    + '"answers":{"stage":"during","done":["talked","c110"]},'
    + '"client_at":"2026-11-25T05:03:07.250Z","corrects":null,"sealed":null}')
})

test("a sealed note and a corrected report travel inside the envelope", () => {
  const sealed = { v: 1, kid: "k1", enc: "AA", ct: "BB" }
  const envelope = JSON.parse(read(new_entry({ ...REPORT, corrects: "other", sealed }, 1)))
  assert.deepEqual([envelope.corrects, envelope.sealed], ["other", sealed])
})

test("what was made in a drill says so, and is never urgent", () => {
  const drill = "019aba00-0000-7000-8000-00000000000d"
  const entry = new_entry({ ...REPORT, drill }, 0)
  assert.equal(JSON.parse(read(entry)).drill, drill)
  assert.deepEqual([entry.drill, entry.urgent], [drill, false])
  assert.ok(!("drill" in new_entry(REPORT, 1)))
})

test("the badge's code stays out of the envelope and beside it", () => {
  const entry = new_entry(REPORT, 1)
  assert.ok(!read(entry).includes(REPORT.badge_code))
  assert.equal(entry.badge_code, REPORT.badge_code)
})

test("a new entry waits to be sent", () => {
  const { state, attempts, urgent, device_seq, draft } = new_entry(REPORT, 4)
  assert.deepEqual({ state, attempts, urgent, device_seq, draft },
    { state: "sealed", attempts: 0, urgent: true, device_seq: 4, draft: "draft-1" })
})

test("a fingerprint is SHA-256 as base64url", async () => {
  const abc = new TextEncoder().encode("abc")
  assert.equal(await fingerprint(abc), "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0")
})

test("a report id tells its time, version and variant", () => {
  const id = uuid7(0x0123456789ab, Uint8Array.of(0xcc, 0x3d, 1, 2, 3, 4, 5, 6, 7, 0xff))
  assert.equal(id, "01234567-89ab-7cc3-bd01-020304050607")
})

test("report ids are valid, all different and sort by time", () => {
  const ids = Array.from({ length: 500 }, (_, n) => uuid7(AT + n))
  const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
  assert.ok(ids.every(id => shape.test(id)))
  assert.deepEqual([...new Set(ids)].sort(), ids)
})

for (const arrived of ["acked", "confirmed"]) {
  for (const late of ["sealed", "sending", "parked"]) {
    test(`what is ${arrived} does not become ${late}`, () => {
      const entry = { state: arrived, receipt: {} }
      assert.equal(moved(entry, late, { reason: "late" }), entry)
    })
  }
}

test("what is acked can be confirmed, and its copy purged", () => {
  assert.deepEqual(moved({ state: "acked", bytes: 1 }, "confirmed", { bytes: null }),
    { state: "confirmed", bytes: null })
})

test("what is offered again after a restore keeps its arrival and notes its attempts", () => {
  const entry = { state: "acked", again: 1, receipt: { seq: 3 }, attempts: 0 }
  const failed = moved(entry, "sealed", { attempts: 1, not_before: 7, reason: "unknown-device" })
  assert.deepEqual([failed.state, failed.attempts, failed.not_before, failed.again, failed.receipt],
    ["acked", 1, 7, 1, { seq: 3 }])
  assert.equal(failed.reason, undefined)
  const refused = moved(entry, "parked", { attempts: 2, reason: "report-differs" })
  assert.deepEqual([refused.state, refused.again], ["acked", undefined])
  const arrived = moved(entry, "acked", { receipt: { seq: 4 }, again: undefined })
  assert.deepEqual([arrived.state, arrived.again, arrived.receipt], ["acked", undefined, { seq: 4 }])
})

test("what is confirmed does not change any more", () => {
  const entry = { state: "confirmed", bytes: null, receipt: { seq: 1 } }
  for (const state of ["sealed", "sending", "parked", "acked", "confirmed"]) {
    assert.equal(moved(entry, state, { receipt: { seq: 2 }, reason: "late" }), entry)
  }
})
