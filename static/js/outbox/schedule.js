// Which entries go next, and how long the others wait. All times are in milliseconds.

const FIRST_WAIT = 2_000
const LONGEST_WAIT = 300_000
const LONGEST_TOLD = 900_000
export const MOST_ENTRIES = 100
const MOST_BYTES = 950_000

// Full jitter: anywhere in a window that doubles from 2 s to 5 min.
export function back_off(attempts, random) {
  return random() * Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (attempts - 1))
}

// Retry-After, in seconds or as a date, believed up to 15 minutes; 0 when there is none.
export function told_to_wait(header, now) {
  const wait = /^\d+$/.test(header) ? header * 1000 : Date.parse(header) - now
  return Math.min(Math.max(wait || 0, 0), LONGEST_TOLD)
}

// `eager` (a person asked, the network is back) passes over our own waiting, not the server's.
export function is_due({ state, not_before, told_until }, now, eager) {
  const own = eager && state === "sealed" ? 0 : wait_left(not_before, now)
  return !own && !wait_left(told_until, now)
}

// What may go now. As soon as anything may, so may what is urgent: it never watches others leave.
export function due_now(waiting, now, eager) {
  const is_turn = entry => is_due(entry, now, eager)
  const any = waiting.some(is_turn)
  return waiting.filter(entry => is_turn(entry) || any && entry.urgent && is_due(entry, now, true))
}

// Until something waiting comes due again, never at once; null when nothing waits.
export function next_due(waiting, now) {
  const waits = waiting.map(({ not_before, told_until }) =>
    Math.max(FIRST_WAIT, wait_left(not_before, now), wait_left(told_until, now)))
  return waits.length ? Math.min(...waits) : null
}

// Urgent first, drills last, then what never arrived, then oldest. Together go only entries of the same badge,
// urgency and share, so that none holds up a more urgent one, or one not yet suspected of spoiling
// its batch; and what is offered again goes by itself.
// `share` is half the batch that last failed with the entry; it doubles after what just arrived.
export function next_batch(due, arrived = 0) {
  const share = entry => Math.min(Math.max(entry.share ?? MOST_ENTRIES, 2 * arrived), MOST_ENTRIES)
  const kind = entry => [entry.urgent, entry.badge_code, entry.again, entry.drill, share(entry)].join()
  const [first] = due.sort((one, other) =>
    other.urgent - one.urgent || Boolean(one.drill) - Boolean(other.drill) || (one.again ?? 0) - (other.again ?? 0)
      || one.device_seq - other.device_seq)
  let room = MOST_BYTES
  return due.filter(entry => kind(entry) === kind(first)).slice(0, share(first))
    .filter((entry, place) => (room -= entry.bytes.length * 4 / 3 + 4) > 0 || place === 0)
}

// Further ahead than we ever set it, the phone's clock was changed: that is no reason to wait.
function wait_left(until, now) {
  const left = until - now
  return left > 0 && left <= LONGEST_TOLD + LONGEST_WAIT ? left : 0
}
