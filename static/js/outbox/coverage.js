// What our answers say beside their content: since when this database holds what it holds (its
// epoch), and up to which receipt number a verified backup holds it too.

const LONGEST_KEPT = 14 * 24 * 3_600_000
const EPOCH = /^[\w-]{8,64}$/

// { epoch, through }, or null for an answer that doesn't say both.
export function coverage_in(headers) {
  const epoch = headers.get("Nafuda-Epoch")
  const through = headers.get("Nafuda-Backed-Up-Through")
  return EPOCH.test(epoch ?? "") && /^\d{1,15}$/.test(through ?? "")
    ? { epoch, through: Number(through) } : null
}

// A restored server may have lost what it confirmed, so a new epoch has everything offered again.
// What a backup holds, or what is 14 days old, needs its copy no longer; its receipt stays. Drills
// have numbers of their own, which say nothing about backups.
export function covered(entry, is_new, { through }, now) {
  if (entry.state !== "acked") return entry
  if (is_new) return { ...entry, again: 1, attempts: 0, not_before: 0, told_until: 0 }
  const is_old = now - (entry.acked_at ?? entry.at) > LONGEST_KEPT
  const is_safe = !entry.again && (!entry.drill && entry.receipt.seq <= through || is_old)
  return is_safe ? { ...entry, state: "confirmed", bytes: null } : entry
}
