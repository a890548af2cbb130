// Page, tabs and worker send one after the other. Whoever holds its turn far too long is frozen, in
// a page that was left open: the turn is taken from it. Leases and the server's idempotency then
// still keep each report single, as they do where there are no locks at all.

const NAME = "nafuda-outbox"
export const LONGEST_TURN = 60_000

export async function take_turn(locks, work, name = NAME) {
  if (!locks) return work()
  const impatience = new AbortController()
  const timer = setTimeout(() => impatience.abort(), LONGEST_TURN)
  const begin = () => {
    clearTimeout(timer)
    return work()
  }
  return locks.request(name, { signal: impatience.signal }, begin).catch(error => {
    if (!impatience.signal.aborted) throw error
    return locks.request(name, { steal: true }, work)
  })
}
