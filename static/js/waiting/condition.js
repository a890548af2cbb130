// What is true of an entry, and therefore has to be read on the screen. Times in milliseconds.

const TOO_LONG = 60_000
const LATELY = 24 * 3_600_000

// The words of protocol A2: "waiting", "sending", "parked" or "arrived".
export function word_of({ state }) {
  if (state === "acked" || state === "confirmed") return "arrived"
  return state === "sealed" ? "waiting" : state
}

export const is_waiting = entry => word_of(entry) !== "arrived"

// The last try reached nobody. What the browser thinks of its network is no evidence that it works.
export const is_cut_off = (entry, online) => !online || entry.answered === false

// Urgent and not there: somebody has to phone now.
export const needs_call = (entry, now, online) => is_waiting(entry) && entry.urgent
  && (entry.state === "parked" || is_cut_off(entry, online) || now - entry.at > TOO_LONG)

export const arrived_lately = (entry, now) => !is_waiting(entry) && now - entry.at < LATELY

// Why it isn't there, as the last word of our problem type; null when nothing is known but time.
export const reason_of = ({ state, reason }, agreement) =>
  state === "parked" ? reason : agreement?.refused ?? (reason === "unknown-device" ? reason : null)

export const last_try = entries =>
  entries.reduce((last, { tried_at }) => Math.max(last, tried_at ?? 0), 0) || null
