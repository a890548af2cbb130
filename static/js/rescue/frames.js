// A stuck report on its way past the network (docs/rescue.md): a number to compare, and codes that
// hold the envelope as it is. What is sealed stays sealed.
import { to_base64url } from "../sealing/base64url.js"

// A multiple of four, so that each part is whole base64url too.
const LONGEST = 600

// ["NAFUDA1:1/3:<first 8 of the fingerprint>:<part>", …]
export function frames(bytes, fp) {
  const text = to_base64url(bytes)
  const count = Math.ceil(text.length / LONGEST)
  return Array.from({ length: count }, (_, n) => {
    const part = text.slice(n * LONGEST, (n + 1) * LONGEST)
    return `NAFUDA1:${n + 1}/${count}:${fp.slice(0, 8)}:${part}`
  })
}

// 照合番号: the fingerprint's first four bytes as a number, its last six digits as "418-203".
export async function check_number(bytes) {
  const digest = new DataView(await crypto.subtle.digest("SHA-256", bytes))
  const digits = `${digest.getUint32(0) % 1_000_000}`.padStart(6, "0")
  return `${digits.slice(0, 3)}-${digits.slice(3)}`
}
