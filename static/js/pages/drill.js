// The checklist in a drill, after report.js: sending, the true state of what was kept, and the word
// that the mock case was read. Nothing is kept for visits without a network: a drill ends.
import { keep_sending } from "../outbox/sending.js"
import { get } from "../outbox/store.js"
import { suspicions } from "../text/personal_data.js"
import { toggle } from "../waiting/rows.js"

const IN_SIGHT = 1_000
const by_id = id => document.getElementById(id)
const form = by_id("report")
const saved = by_id("saved")

async function show_state() {
  const entry = saved.dataset.report && await get(saved.dataset.report)
  if (!entry) return
  if (entry.state === "acked" || entry.state === "confirmed") {
    location.replace(`/drills/reports/${entry.report_id}`)
    return
  }
  toggle(saved, "data-state", { sending: "sending", parked: "parked" }[entry.state] ?? "waiting")
}

function note_opening() {
  if (!document.hidden) fetch(form.dataset.opening, { method: "POST" }).catch(() => {})
}

form.suspicions = suspicions
form.refresh()
by_id("try-now").addEventListener("click", keep_sending(show_state))
setTimeout(note_opening, IN_SIGHT)
document.addEventListener("visibilitychange", () => setTimeout(note_opening, IN_SIGHT))
