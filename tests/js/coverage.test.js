import assert from "node:assert/strict"
import { test } from "node:test"
import { coverage_in, covered } from "../../static/js/outbox/coverage.js"

const NOW = 1_800_000_000_000
const DAY = 24 * 3_600_000
const EPOCH = "019aba00-0000-7000-8000-000000000000"
const arrived = (more = {}) => ({
  state: "acked", at: NOW, acked_at: NOW, bytes: new Uint8Array(9), receipt: { seq: 7 }, ...more,
})
const headers = fields => new Headers(fields)
const both = through => headers({ "Nafuda-Epoch": EPOCH, "Nafuda-Backed-Up-Through": through })

test("an answer of ours says its epoch and how far the backup goes", () => {
  assert.deepEqual(coverage_in(both("12")), { epoch: EPOCH, through: 12 })
  assert.deepEqual(coverage_in(both("0")), { epoch: EPOCH, through: 0 })
})

for (const [what, odd] of [
  ["no headers", headers({})],
  ["half of them", headers({ "Nafuda-Epoch": EPOCH })],
  ["no number", both("soon")],
  ["a negative number", both("-1")],
  ["an empty number", both("")],
  ["no id", headers({ "Nafuda-Epoch": "<html>", "Nafuda-Backed-Up-Through": "9" })],
]) {
  test(`${what} says nothing`, () => assert.equal(coverage_in(odd), null))
}

for (const through of [7, 8, 900]) {
  test(`report 7 needs its copy no longer once a backup holds ${through}`, () => {
    const then = covered(arrived(), false, { through }, NOW)
    assert.deepEqual([then.state, then.bytes, then.receipt], ["confirmed", null, { seq: 7 }])
  })
}

test("the number of a drill's report says nothing about a backup", () => {
  const entry = arrived({ drill: "d" })
  assert.equal(covered(entry, false, { through: 900 }, NOW), entry)
  assert.equal(covered(entry, false, { through: 0 }, NOW + 15 * DAY).state, "confirmed")
})

test("before a backup holds it, the copy stays", () => {
  const entry = arrived()
  assert.equal(covered(entry, false, { through: 6 }, NOW), entry)
})

test("after 14 days the copy goes without a backup", () => {
  const entry = arrived()
  assert.equal(covered(entry, false, { through: 0 }, NOW + 14 * DAY), entry)
  assert.equal(covered(entry, false, { through: 0 }, NOW + 14 * DAY + 1).state, "confirmed")
  const older = arrived({ acked_at: undefined, at: NOW - 15 * DAY })
  assert.equal(covered(older, false, { through: 0 }, NOW).state, "confirmed")
})

test("a new epoch has what arrived offered again, whatever its backup holds", () => {
  const then = covered(arrived({ attempts: 9, not_before: NOW + 9 }), true, { through: 900 }, NOW)
  assert.deepEqual([then.state, then.again, then.attempts, then.not_before], ["acked", 1, 0, 0])
  assert.ok(then.bytes)
})

test("what is offered again is confirmed only after it arrived again", () => {
  const entry = arrived({ again: 1 })
  assert.equal(covered(entry, false, { through: 900 }, NOW + 99 * DAY), entry)
})

for (const state of ["sealed", "sending", "parked", "confirmed"]) {
  for (const is_new of [true, false]) {
    test(`what is ${state} is untouched by ${is_new ? "a new" : "the same"} epoch`, () => {
      const entry = arrived({ state })
      assert.equal(covered(entry, is_new, { through: 900 }, NOW + 99 * DAY), entry)
    })
  }
}
