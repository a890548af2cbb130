// After the badge's page is usable: sending, the true state of what was kept, and offline visits.
import { keep_sending } from "../outbox/sending.js"
import { get } from "../outbox/store.js"
import { register_worker, keep_pages } from "../worker/registration.js"

const saved = document.getElementById("saved")
const offline = document.getElementById("offline")

async function show_state() {
  offline.hidden = navigator.onLine
  const entry = saved.dataset.report && await get(saved.dataset.report)
  if (!entry) return
  if (entry.state === "acked") {
    location.replace(`/reports/${entry.report_id}`)
    return
  }
  const state = { sending: "sending", parked: "parked" }[entry.state] ?? "waiting"
  for (const title of saved.querySelectorAll("[data-state]")) title.hidden = title.dataset.state !== state
}

const try_now = keep_sending(show_state)
document.getElementById("try-now").addEventListener("click", try_now)
addEventListener("offline", show_state)
addEventListener("online", show_state)

async function prepare_offline() {
  await register_worker()
  const links = [...document.querySelectorAll(".aid a")].map(link => link.href)
  await keep_pages([location.href, ...new Set(links)])
}
addEventListener("load", () => setTimeout(prepare_offline, 500))
if (document.readyState === "complete") setTimeout(prepare_offline, 500)
