import assert from "node:assert/strict"
import { test } from "node:test"
import {
  back_off, due_now, is_due, next_batch, next_due, told_to_wait,
} from "../../static/js/outbox/schedule.js"

const NOW = 1_800_000_000_000
const YEAR = 365 * 24 * 3_600_000
const entry = (device_seq, more = {}) => ({
  device_seq, state: "sealed", urgent: false, badge_code: "B", bytes: new Uint8Array(100), ...more,
})
const seqs = batch => batch.map(({ device_seq }) => device_seq)

test("waiting doubles from 2 seconds to 5 minutes", () => {
  const windows = [1, 2, 3, 8, 9, 5000].map(attempts => back_off(attempts, () => 1))
  assert.deepEqual(windows, [2000, 4000, 8000, 256_000, 300_000, 300_000])
})

test("waiting is anywhere inside the window", () => {
  assert.equal(back_off(3, () => 0), 0)
  assert.equal(back_off(3, () => 0.25), 2000)
})

for (const [header, wait] of [
  ["7", 7000], ["900", 900_000], ["1000000000", 900_000], [null, 0], [undefined, 0], ["", 0],
  ["soon", 0], ["-5", 0], [new Date(NOW + 30_000).toUTCString(), 30_000],
  [new Date(NOW - 30_000).toUTCString(), 0], [new Date(NOW + YEAR).toUTCString(), 900_000],
]) {
  test(`Retry-After ${header} means ${wait} ms`, () => {
    assert.equal(told_to_wait(header, NOW), wait)
  })
}

test("an entry comes due when its waiting is over", () => {
  assert.ok(is_due(entry(1), NOW))
  assert.ok(is_due(entry(1, { not_before: NOW }), NOW))
  assert.ok(!is_due(entry(1, { not_before: NOW + 1 }), NOW))
})

test("an urgent report never watches others leave", () => {
  const later = { not_before: NOW + 1 }
  const urgent = entry(2, { ...later, urgent: true })
  assert.deepEqual(seqs(due_now([entry(1), urgent, entry(3, later)], NOW)), [1, 2])
  assert.deepEqual(due_now([urgent, entry(3, later)], NOW), [])
  assert.deepEqual(seqs(due_now([entry(1), { ...urgent, told_until: NOW + 1 }], NOW)), [1])
})

test("a person's wish passes over our waiting, not over the server's or another tab's", () => {
  assert.ok(is_due(entry(1, { not_before: NOW + 1 }), NOW, true))
  assert.ok(!is_due(entry(1, { told_until: NOW + 1 }), NOW, true))
  assert.ok(!is_due(entry(1, { state: "sending", not_before: NOW + 1 }), NOW, true))
})

test("a clock set back by years keeps nothing waiting", () => {
  assert.ok(is_due(entry(1, { not_before: NOW + 10 * YEAR, told_until: NOW + 10 * YEAR }), NOW))
})

test("the next try is the earliest, and never at once", () => {
  const later = entry(1, { not_before: NOW + 9000 })
  assert.equal(next_due([later, entry(2, { told_until: NOW + 5000 })], NOW), 5000)
  assert.equal(next_due([later, entry(2)], NOW), 2000)
  assert.equal(next_due([], NOW), null)
})

test("urgent goes first and alone, then the oldest by their number", () => {
  const due = [entry(2), entry(5, { urgent: true }), entry(1), entry(4, { urgent: true })]
  assert.deepEqual(seqs(next_batch(due)), [4, 5])
  assert.deepEqual(seqs(next_batch([entry(10), entry(9)])), [9, 10])
})

test("what was made in a drill goes last, and never with a real report", () => {
  const drilled = entry(0, { drill: "d" })
  assert.deepEqual(seqs(next_batch([drilled, entry(2), entry(1)])), [1, 2])
  assert.deepEqual(seqs(next_batch([drilled, entry(3, { again: 1 })])), [3])
  assert.deepEqual(seqs(next_batch([drilled])), [0])
})

test("badges do not share a request", () => {
  assert.deepEqual(seqs(next_batch([entry(1), entry(2, { badge_code: "C" }), entry(3)])), [1, 3])
})

test("suspects travel with suspects only, in their smaller share", () => {
  const suspects = [1, 2, 3].map(n => entry(n, { share: 2 }))
  assert.deepEqual(seqs(next_batch([...suspects, entry(4)])), [1, 2])
  assert.deepEqual(seqs(next_batch([entry(4), entry(5, { share: 2 })])), [4])
})

test("a suspect's share doubles after what just arrived", () => {
  const suspects = Array.from({ length: 9 }, (_, n) => entry(n, { share: 1 }))
  assert.deepEqual([0, 1, 3, 50].map(arrived => next_batch(suspects, arrived).length), [1, 2, 6, 9])
})

test("a batch is at most 100 entries", () => {
  assert.equal(next_batch(Array.from({ length: 150 }, (_, n) => entry(n))).length, 100)
})

test("a batch fits into 1 MiB of JSON", () => {
  const big = Array.from({ length: 30 }, (_, n) => entry(n, { bytes: new Uint8Array(65_536) }))
  const batch = next_batch(big)
  assert.equal(batch.length, 10)
  assert.ok(batch.length * (Math.ceil(65_536 / 3) * 4 + 3) + 20 < 2 ** 20)
})

test("an entry too big for any batch still goes, alone", () => {
  assert.deepEqual(seqs(next_batch([entry(1, { bytes: new Uint8Array(2e6) }), entry(2)])), [1])
})
