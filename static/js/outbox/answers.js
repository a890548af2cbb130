// Times that were chosen and couldn't leave yet: ids and codes only. Of each instruction the newest
// press goes; it names what this phone had sent before, so that an answer that got lost doesn't
// stand in its way, and an old press that arrives late changes nothing.
import { ask } from "./asking.js"

const KEPT = "waiting-answers"
const SEEN = 8
const OLD = 30 * 24 * 3_600_000

// was: what the page showed as chosen. Resolves once it is on the disk.
export const keep_answer = (store, id, slot, was, at) => store.change(KEPT, (kept = {}) => {
  const { slot: last, seen = [] } = kept[id] ?? {}
  return { ...kept, [id]: { slot, at, seen: [...new Set([...seen, last, was])].filter(Boolean).slice(-SEEN) } }
})

export const kept_answer = async (store, id) => (await store.recall(KEPT))?.[id] ?? null

// Resolves to whether some of them still wait.
export async function send_answers({ store, fetch, now }) {
  const waiting = Object.entries(await store.recall(KEPT) ?? {}).filter(([, one]) => !one.refused)
  for (const [id, answer] of waiting) await settle(store, id, answer, await put(fetch, id, answer), now())
  return Object.values(await store.recall(KEPT) ?? {}).some(one => !one.refused)
}

const put = (fetch, id, { slot, seen }) => ask(fetch, `/api/instructions/${id}/slot`, {
  method: "PUT", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ slot, seen }),
})

// Arrived only if the answer names what was sent; refused only by a problem of our own.
function settle(store, id, answer, { status, body }, now) {
  const arrived = status === 200 && body?.instruction_id === id && body.slot === answer.slot
  const ours = [404, 409, 422].includes(status) && /^\/problems\//.test(body?.type)
  if (!arrived && !ours) return undefined
  return store.change(KEPT, (kept = {}) => {
    const { [id]: mine, ...others } = kept
    const fresh = Object.fromEntries(Object.entries(others).filter(([, one]) => now - one.at < OLD))
    if (mine?.at !== answer.at) return { ...fresh, ...mine && { [id]: mine } }
    return arrived ? fresh : { ...fresh, [id]: { ...mine, refused: body.title ?? "" } }
  })
}
