import assert from "node:assert/strict"
import { createHash } from "node:crypto"
import { test } from "node:test"
import { check_number, frames } from "../../static/js/rescue/frames.js"
import { fingerprint } from "../../static/js/outbox/entry.js"

const bytes_of = length => Uint8Array.from({ length }, (_, n) => (n * 151 + (n >> 8)) & 255)

// The other side, as docs/rescue.md describes it.
function joined(texts) {
  const read = texts.map(text => /^NAFUDA1:(\d+)\/(\d+):([\w-]{8}):([\w-]{1,600})$/.exec(text))
  const sorted = read.sort((one, other) => one[1] - other[1])
  assert.deepEqual(sorted.map(one => Number(one[1])), sorted.map((_, n) => n + 1))
  assert.ok(sorted.every(one => Number(one[2]) === texts.length && one[3] === read[0][3]))
  return { fp: read[0][3], parts: sorted.map(one => one[4]) }
}

for (const length of [1, 2, 3, 299, 449, 450, 451, 900, 901, 4000, 65_536]) {
  test(`an envelope of ${length} bytes comes out of its frames as it went in`, async () => {
    const bytes = bytes_of(length)
    const fp = await fingerprint(bytes)
    const read = joined(frames(bytes, fp).reverse())
    assert.equal(read.fp, fp.slice(0, 8))
    assert.deepEqual(new Uint8Array(Buffer.from(read.parts.join(""), "base64url")), bytes)
    const alone = Buffer.concat(read.parts.map(part => Buffer.from(part, "base64url")))
    assert.deepEqual(new Uint8Array(alone), bytes)
  })
}

test("a short report is one frame", () => {
  assert.equal(frames(bytes_of(450), "12345678x").length, 1)
  assert.equal(frames(bytes_of(451), "12345678x").length, 2)
})

test("the check number comes from the first four bytes of the fingerprint", async () => {
  for (let n = 0; n < 50; n++) {
    const bytes = bytes_of(n + 1)
    const number = createHash("sha256").update(bytes).digest().readUInt32BE(0) % 1_000_000
    const digits = String(number).padStart(6, "0")
    assert.equal(await check_number(bytes), `${digits.slice(0, 3)}-${digits.slice(3)}`)
  }
  assert.equal(await check_number(new TextEncoder().encode("abc")), "432-319")
})
