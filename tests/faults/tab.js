// What one tab of the phone runs: the product's own outbox, and pressing 送る as its page does it.
import { uuid7 } from "../../static/js/outbox/entry.js"
import { keep_sending } from "../../static/js/outbox/sending.js"
import { add, remember } from "../../static/js/outbox/store.js"
import { seal } from "../../static/js/sealing/seal.js"

export const start = () => { keep_sending(async () => {}) }

// page: what the badge's page holds for its script.
export async function press(page, { draft, urgent, note, items }) {
  const report_id = uuid7(Date.now())
  const context = { network_id: page.network, object_id: report_id, purpose: "report", field: "note" }
  const sealed = note ? await seal(note, page.sealing, context) : null
  await remember(`agreement-${page.badge}`, { agreed_version: page.secrecy, done: false })
  const entry = await add({
    draft, badge_code: page.badge, urgent, report_id, at: Date.now(),
    checklist: page.checklist, items, answers: { still_here: urgent ? "yes" : "no" }, sealed,
  })
  document.dispatchEvent(new Event("kept"))
  return entry
}
