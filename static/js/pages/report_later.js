// After the badge's page is usable: sending, the true state of what was kept, and offline visits.
import { urgency_of } from "../checklists/rules.js"
import { keep_sending } from "../outbox/sending.js"
import { get } from "../outbox/store.js"
import { suspicions } from "../text/personal_data.js"
import { keep_pages } from "../worker/keeping.js"
import { register_worker } from "../worker/registration.js"

const MEANWHILE = 10_000
const form = document.getElementById("report")
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

// The rest of the checklist takes the button's place; without a network the button stays.
async function fetch_more() {
  const place = document.getElementById("more")
  if (!document.getElementById("show-more")) return read_rules()
  const answer = await fetch(`${location.pathname}/more${location.search}`).catch(() => null)
  if (!answer?.ok) return undefined
  const page = new DOMParser().parseFromString(await answer.text(), "text/html")
  place.replaceWith(document.adoptNode(page.getElementById("more")))
  return read_rules()
}

// Which ticks and answers mean 今すぐ: the same data that the server decides by.
function read_rules() {
  const { rules, urgency } = JSON.parse(document.getElementById("rules-data").textContent)
  form.is_urgent = (ticked, answers) => urgency_of(rules, urgency, ticked, answers) === "now"
  form.refresh()
}

// What the first screen leads to comes first; the rest when the report is likely on its way.
async function prepare_offline() {
  const first = guides()
  await fetch_more()
  await register_worker()
  await keep_pages([location.href, `${location.pathname}/more${location.search}`, ...first])
  setTimeout(() => keep_pages(guides()), MEANWHILE)
}

const guides = () => new Set([...document.querySelectorAll(".aid a[href^='/']")].map(link => link.href))

// The styles of everything that isn't on the first screen, and of the pages that follow.
function add_styles() {
  const link = document.createElement("link")
  link.rel = "stylesheet"
  link.href = document.getElementById("page-data").dataset.styles
  document.head.append(link)
}

add_styles()
form.suspicions = suspicions
form.refresh()
addEventListener("load", () => setTimeout(prepare_offline, 500))
if (document.readyState === "complete") setTimeout(prepare_offline, 500)
