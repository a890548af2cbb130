import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"
import { from_base64url, to_base64url } from "../../static/js/sealing/base64url.js"
import { key_schedule, seal } from "../../static/js/sealing/seal.js"

const path = new URL("../vectors/sealing.json", import.meta.url)
const { rfc9180, keys, envelopes } = JSON.parse(readFileSync(path))
const { subtle } = crypto
const CURVE = { name: "ECDH", namedCurve: "P-256" }
const CONTEXT = envelopes[0].context
const [KEY] = keys
const hex = text => Uint8Array.from(Buffer.from(text, "hex"))
const phone_key = ({ kid, public_key }) => ({ kid, key: public_key })

async function agreement(d, own, other) {
  const [x, y] = [own.slice(1, 33), own.slice(33)].map(to_base64url)
  const private_key = await subtle.importKey(
    "jwk", { kty: "EC", crv: "P-256", x, y, d: to_base64url(d) }, CURVE, false, ["deriveBits"])
  const public_key = await subtle.importKey("raw", other, CURVE, false, [])
  return new Uint8Array(
    await subtle.deriveBits({ name: "ECDH", public: public_key }, private_key, 256))
}

// The centre's side, which the phone never needs.
async function opened({ enc, ct }, { private_key, public_key }, context) {
  const [point, own] = [enc, public_key].map(from_base64url)
  const dh = await agreement(from_base64url(private_key), own, point)
  const { network_id, object_id, purpose, field } = context
  const info = ["nafuda/1", network_id, object_id, purpose, field].join("\n")
  const [key, iv] = await key_schedule(dh, point, own, new TextEncoder().encode(info))
  const cipher = await subtle.importKey("raw", key, "AES-GCM", false, ["decrypt"])
  const plain = new Uint8Array(
    await subtle.decrypt({ name: "AES-GCM", iv }, cipher, from_base64url(ct)))
  const length = plain[0] * 256 + plain[1]
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(plain.slice(2, 2 + length))
}

test("the key schedule is RFC 9180's", async () => {
  const [sender, recipient] = [hex(rfc9180.pkEm), hex(rfc9180.pkRm)]
  const dh = await agreement(hex(rfc9180.skEm), sender, recipient)
  const schedule = await key_schedule(dh, sender, recipient, hex(rfc9180.info))
  assert.deepEqual(schedule, [hex(rfc9180.key), hex(rfc9180.base_nonce)])
})

for (const { kid, context, text, envelope, steps } of envelopes) {
  const key = keys.find(each => each.kid === kid)

  test(`what Python sealed opens here: ${text.slice(0, 20)}`, async () => {
    assert.equal(await opened(envelope, key, context), text)
  })

  test(`what is sealed here has ${steps} steps: ${text.slice(0, 20)}`, async () => {
    const sealed = await seal(text, phone_key(key), context)
    assert.deepEqual(Object.keys(sealed), ["v", "kid", "enc", "ct"])
    assert.deepEqual([sealed.v, sealed.kid], [1, kid])
    assert.equal(from_base64url(sealed.enc).length, 65)
    assert.equal(from_base64url(sealed.ct).length, steps * 256 + 16)
    assert.equal(await opened(sealed, key, context), text)
  })
}

for (const part of Object.keys(CONTEXT)) {
  test(`sealed here, it does not open under another ${part}`, async () => {
    const sealed = await seal("x", phone_key(KEY), CONTEXT)
    await assert.rejects(opened(sealed, KEY, { ...CONTEXT, [part]: "other" }))
  })
}

test("the same text is never sealed the same way twice", async () => {
  const [one, two] = await Promise.all([1, 2].map(() => seal("x", phone_key(KEY), CONTEXT)))
  assert.notEqual(one.enc, two.enc)
  assert.notEqual(one.ct, two.ct)
})

test("the longest text is 65,535 bytes", async () => {
  const sealed = await seal("x".repeat(65_535), phone_key(KEY), CONTEXT)
  assert.equal(await opened(sealed, KEY, CONTEXT), "x".repeat(65_535))
  await assert.rejects(seal("x".repeat(65_536), phone_key(KEY), CONTEXT), RangeError)
})

test("a key that is no point on the curve seals nothing", async () => {
  const off_curve = to_base64url(new Uint8Array(65).fill(1).fill(4, 0, 1))
  await assert.rejects(seal("x", { kid: "k", key: off_curve }, CONTEXT))
})

test("base64url goes both ways without padding", () => {
  const bytes = Uint8Array.from({ length: 257 }, (_, n) => n * 7)
  assert.equal(to_base64url(bytes), Buffer.from(bytes).toString("base64url"))
  assert.deepEqual(from_base64url(to_base64url(bytes)), bytes)
})

test("base64url takes as much as an envelope holds", () => {
  const bytes = new Uint8Array(65_536).fill(255)
  assert.equal(to_base64url(bytes), Buffer.from(bytes).toString("base64url"))
})
