// What a browser does with the outbox's storage behind our back.
import { recall, remember } from "./store.js"

// Asks, once, not to clear it when space runs out. Workers cannot ask. Nothing waits for the answer:
// Firefox hands the question to a person, who may never see it.
export async function keep_storage() {
  if (!globalThis.document || !navigator.storage?.persist || await recall("asked-to-persist")) return
  await remember("asked-to-persist", true)
  navigator.storage.persist().catch(() => {})
}

// `last`: the highest device_seq that the server has of this phone. If the phone itself knows of
// none, its storage was cleared. Counting goes on with a gap, as nobody knows what was in it.
export async function notice_loss(last) {
  if (!(last > 0) || await recall("device_seq")) return
  await remember("device_seq", last + 1)
  await remember("storage-lost", Date.now())
}
