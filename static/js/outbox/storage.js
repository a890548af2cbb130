// Asks the browser, once, not to clear the outbox when space runs out. Workers cannot ask.
import { recall, remember } from "./store.js"

export async function keep_storage() {
  if (!globalThis.document || !navigator.storage?.persist || await recall("asked-to-persist")) return
  await remember("asked-to-persist", true)
  await navigator.storage.persist().catch(() => {})
}
