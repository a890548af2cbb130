// HPKE base mode, single shot (RFC 9180): DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM.
// Twin: app/sealing/envelope.py.
import { from_base64url, to_base64url } from "./base64url.js"

const CURVE = { name: "ECDH", namedCurve: "P-256" }
// WebCrypto refuses an empty HMAC key, and HMAC fills a short one with zeros anyway.
const NO_SALT = new Uint8Array(32)

const utf8 = text => new TextEncoder().encode(text)
const bytes = buffer => new Uint8Array(buffer)
const kem = label => [...utf8("HPKE-v1KEM"), 0, 16, ...utf8(label)]
const suite = label => [...utf8("HPKE-v1HPKE"), 0, 16, 0, 1, 0, 2, ...utf8(label)]

// Opens only with the private half of `key`, and only in the same context.
// key: base64url of the 65-byte point. RangeError for a text over 65,535 bytes.
export async function seal(text, { kid, key }, { network_id, object_id, purpose, field }) {
  const info = utf8(["nafuda/1", network_id, object_id, purpose, field].join("\n"))
  const recipient = from_base64url(key)
  const sender = await crypto.subtle.generateKey(CURVE, false, ["deriveBits"])
  const enc = bytes(await crypto.subtle.exportKey("raw", sender.publicKey))
  const secret = await agreement(sender.privateKey, recipient)
  const [content_key, iv] = await key_schedule(secret, enc, recipient, info)
  const cipher = await crypto.subtle.importKey("raw", content_key, "AES-GCM", false, ["encrypt"])
  const ct = bytes(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, cipher, padded(text)))
  return { v: 1, kid, enc: to_base64url(enc), ct: to_base64url(ct) }
}

// RFC 9180, sections 4.1 and 5.1, from the raw Diffie-Hellman result to [key, base_nonce].
export async function key_schedule(dh, enc, recipient, info) {
  const prk = await extract(NO_SALT, kem("eae_prk"), dh)
  const shared = await expand(prk, 32, kem("shared_secret"), [...enc, ...recipient])
  const psk_id = await extract(NO_SALT, suite("psk_id_hash"), [])
  const context = [0, ...psk_id, ...await extract(NO_SALT, suite("info_hash"), info)]
  const secret = await extract(shared, suite("secret"), [])
  return [
    await expand(secret, 32, suite("key"), context),
    await expand(secret, 12, suite("base_nonce"), context),
  ]
}

async function agreement(private_key, point) {
  const other = await crypto.subtle.importKey("raw", point, CURVE, false, [])
  return bytes(await crypto.subtle.deriveBits({ name: "ECDH", public: other }, private_key, 256))
}

const extract = (salt, label, input) => hmac(salt, [...label, ...input])

// One block of HKDF-Expand: enough, as nothing here is longer than 32 bytes.
async function expand(prk, length, label, info) {
  return (await hmac(prk, [0, length, ...label, ...info, 1])).slice(0, length)
}

async function hmac(secret, message) {
  const hash = { name: "HMAC", hash: "SHA-256" }
  const key = await crypto.subtle.importKey("raw", secret, hash, false, ["sign"])
  return bytes(await crypto.subtle.sign("HMAC", key, bytes(message)))
}

function padded(text) {
  const data = utf8(text)
  if (data.length > 65535) throw new RangeError("text is too long to seal")
  const plain = bytes(Math.ceil((data.length + 2) / 256) * 256)
  plain.set([data.length >> 8, data.length])
  plain.set(data, 2)
  return plain
}
