// Pairing that was agreed to on the badge's page but couldn't be done there, and pairing again after
// the credential was lost.
import { ask } from "./asking.js"

// world: { store, fetch, keep_storage? }
export async function pair_where_agreed(world) {
  const waiting = await world.store.waiting()
  for (const code of new Set(waiting.map(entry => entry.badge_code))) {
    const agreement = await world.store.recall(`agreement-${code}`)
    const is_lost = waiting.some(entry => entry.badge_code === code && entry.reason === "unknown-device")
    if (agreement && (!agreement.done || is_lost)) await pair(code, agreement, world)
  }
}

async function pair(code, agreement, { store, fetch, keep_storage }) {
  const { status, body } = await ask(fetch, `/b/${code}/pairing`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ agreed_version: agreement.agreed_version }),
  })
  const refused = /\/problems\/([\w-]+)$/.exec(body?.type)?.[1]
  if (status === 201) await store.remember(`agreement-${code}`, { ...agreement, done: true, refused })
  else if (refused) await store.remember(`agreement-${code}`, { ...agreement, refused })
  if (status === 201) await keep_storage?.()
}
