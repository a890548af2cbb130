// What the phone keeps of one report. Its bytes are made once, when 送信 is pressed.
import { to_base64url } from "../sealing/base64url.js"

// RFC 9562, section 5.7: 48 bits of milliseconds, then 74 random bits. Takes 10 random bytes.
export function uuid7(at = Date.now(), random = crypto.getRandomValues(new Uint8Array(10))) {
  const time = at.toString(16).padStart(12, "0")
  const noise = Array.from(random, byte => byte.toString(16).padStart(2, "0")).join("")
  const hex = `${time}7${noise.slice(0, 3)}${"89ab"[random[9] & 3]}${noise.slice(3, 18)}`
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-")
}

// `draft` names the draft it was written from; `at` is in milliseconds; `urgent` means 今すぐ.
// `drill`: it was made in that drill, where nothing is urgent.
export function new_entry({ draft, badge_code, urgent, ...report }, device_seq) {
  const { report_id, at, drill } = report
  const bytes = envelope_bytes(report, device_seq)
  const kept = { report_id, draft, badge_code, urgent, at, device_seq, bytes }
  if (drill) Object.assign(kept, { drill, urgent: false })
  return { ...kept, state: "sealed", attempts: 0 }
}

// Protocol A1.
function envelope_bytes(report, device_seq) {
  const { report_id, checklist, items, answers, at, corrects = null, sealed = null, drill } = report
  const client_at = new Date(at).toISOString()
  return new TextEncoder().encode(JSON.stringify(
    { v: 1, report_id, device_seq, checklist, items, answers, client_at, corrects, sealed, drill }))
}

// The server computes the same over what reached it: SHA-256, base64url.
export async function fingerprint(bytes) {
  return to_base64url(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)))
}

// What has arrived stays arrived, whatever a slower tab says afterwards. One that is offered again
// after a restore of the server only notes how its attempts went.
export function moved(entry, state, fields) {
  if (entry.state === "confirmed") return entry
  if (entry.state !== "acked" || state === "confirmed") return { ...entry, ...fields, state }
  if (!entry.again) return entry
  if (state === "acked") return { ...entry, ...fields }
  const { attempts, not_before, told_until, share } = { ...entry, ...fields }
  const again = state === "parked" ? undefined : entry.again
  return { ...entry, attempts, not_before, told_until, share, again }
}
