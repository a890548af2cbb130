import assert from "node:assert/strict"
import { test } from "node:test"
import {
  arrived_lately, is_cut_off, is_waiting, last_try, needs_call, reason_of, word_of,
} from "../../static/js/waiting/condition.js"

const NOW = 1_800_000_000_000
const entry = (more = {}) => ({ state: "sealed", urgent: true, at: NOW, ...more })

test("each state has its word, and only a receipt makes an arrival", () => {
  const words = ["sealed", "sending", "parked", "acked", "confirmed"].map(state => word_of({ state }))
  assert.deepEqual(words, ["waiting", "sending", "parked", "arrived", "arrived"])
  assert.deepEqual(["sealed", "sending", "parked", "acked"].map(state => is_waiting({ state })),
    [true, true, true, false])
})

for (const [what, one, online, calls] of [
  ["fresh", entry(), true, false],
  ["a minute old", entry({ at: NOW - 60_000 }), true, false],
  ["more than a minute old", entry({ at: NOW - 60_001 }), true, true],
  ["offline", entry(), false, true],
  ["tried in vain", entry({ answered: false }), true, true],
  ["answered with trouble", entry({ answered: true }), true, false],
  ["parked", entry({ state: "parked" }), true, true],
  ["being sent for long", entry({ state: "sending", at: NOW - 61_000 }), true, true],
  ["arrived", entry({ state: "acked", at: NOW - 99_000 }), false, false],
  ["old but not urgent", entry({ urgent: false, at: NOW - 99_000 }), false, false],
]) {
  test(`urgent and ${what}: ${calls ? "somebody has to phone" : "no alarm"}`, () => {
    assert.equal(needs_call(one, NOW, online), calls)
  })
}

test("nobody who was never tried is cut off, unless the browser says so", () => {
  assert.deepEqual([is_cut_off({}, true), is_cut_off({}, false)], [false, true])
  assert.deepEqual([is_cut_off({ answered: false }, true), is_cut_off({ answered: true }, true)],
    [true, false])
})

test("a reason is given for what is refused, and for a phone nobody knows", () => {
  assert.equal(reason_of({ state: "parked", reason: "too-large" }), "too-large")
  assert.equal(reason_of({ state: "sealed", reason: "unknown-device" }), "unknown-device")
  assert.equal(reason_of({ state: "sealed", reason: "unknown-device" }, { refused: "conflict" }), "conflict")
  assert.equal(reason_of({ state: "sealed", reason: "unexpected" }), null)
})

test("the last try is the newest, or none", () => {
  assert.equal(last_try([{ tried_at: 3 }, { tried_at: 9 }, {}]), 9)
  assert.equal(last_try([{}]), null)
  assert.equal(last_try([]), null)
})

test("arrivals are news for a day", () => {
  assert.ok(arrived_lately(entry({ state: "acked" }), NOW + 1000))
  assert.ok(!arrived_lately(entry({ state: "acked" }), NOW + 25 * 3_600_000))
  assert.ok(!arrived_lately(entry(), NOW))
})
