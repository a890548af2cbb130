// Negative control: takes an entry out of the outbox before it is sent, as a ready-made queue does.
import { uuid7 } from "../../static/js/outbox/entry.js"
import { add, remember, waiting } from "../../static/js/outbox/store.js"

export const start = () => {
  addEventListener("online", send)
  document.addEventListener("kept", send)
  send()
}

const remove = report_id => new Promise(resolve => {
  const request = indexedDB.open("nafuda")
  request.onsuccess = () => {
    const transaction = request.result.transaction(["outbox"], "readwrite")
    transaction.objectStore("outbox").delete(report_id)
    transaction.oncomplete = resolve
  }
})

async function send() {
  for (const entry of await waiting()) {
    await remove(entry.report_id)
    await fetch(`/b/${entry.badge_code}/pairing`, {
      method: "POST", headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ agreed_version: 1 }),
    }).catch(() => null)
    await fetch(`/api/reports/${entry.report_id}`, {
      method: "PUT", body: entry.bytes,
      headers: { "Content-Type": "application/json", "Nafuda-Badge": entry.badge_code },
    }).catch(() => null)
  }
}

export async function press(page, { draft, urgent, items }) {
  await remember(`agreement-${page.badge}`, { agreed_version: page.secrecy, done: false })
  const entry = await add({
    draft, badge_code: page.badge, urgent, report_id: uuid7(Date.now()), at: Date.now(),
    checklist: page.checklist, items, answers: {}, sealed: null,
  })
  document.dispatchEvent(new Event("kept"))
  return entry
}
