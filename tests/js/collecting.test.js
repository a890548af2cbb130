import assert from "node:assert/strict"
import { test } from "node:test"
import { collector } from "../../static/js/rescue/collecting.js"

const frame = (part, total = 3, fp = "AAAAAAAA") => `NAFUDA1:${part}/${total}:${fp}:part${part}`

test("frames come in any order, more than once, and leave in theirs", () => {
  const collected = collector()
  for (const part of [3, 1, 3]) collected.add(frame(part))
  assert.deepEqual(collected.add(frame(1)), { have: 2, total: 3, done: false })
  assert.deepEqual(collected.add(frame(2)), { have: 3, total: 3, done: true })
  assert.deepEqual(collected.frames(), [1, 2, 3].map(part => frame(part)))
})

test("codes that are none change nothing", () => {
  const collected = collector()
  for (const odd of ["", "https://example.jp", frame(0), frame(4), "NAFUDA1:1/3:AAAA:x", "NAFUDA1:x"]) {
    assert.deepEqual(collected.add(odd), { have: 0, total: 0, done: false })
  }
})

test("another report's frame begins anew", () => {
  const collected = collector()
  collected.add(frame(1))
  collected.add(frame(2))
  assert.deepEqual(collected.add(frame(1, 2, "BBBBBBBB")), { have: 1, total: 2, done: false })
  assert.equal(collected.add(frame(2, 2, "BBBBBBBB")).done, true)
})
