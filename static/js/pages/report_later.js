// After the badge's page is usable: sending, the true state of what was kept, and offline visits.
import { urgency_of } from "../checklists/rules.js"
import { keep_sending } from "../outbox/sending.js"
import { notice_loss } from "../outbox/storage.js"
import { get } from "../outbox/store.js"
import { offer_drafts } from "../scan/drafts.js"
import { send_unsaved } from "../scan/unsaved.js"
import { suspicions } from "../text/personal_data.js"
import { toggle } from "../waiting/rows.js"
import { show_section, wire_section } from "../waiting/section.js"
import { keep_files, keep_pages } from "../worker/keeping.js"
import { register_worker } from "../worker/registration.js"

const MEANWHILE = 10_000
const by_id = id => document.getElementById(id)
const form = by_id("report")
const saved = by_id("saved")
let has_more = false

async function show_state() {
  if (has_more) await show_section()
  else by_id("offline").hidden = navigator.onLine
  const entry = saved.dataset.report && await get(saved.dataset.report)
  if (!entry) return
  if (entry.state === "acked" || entry.state === "confirmed") {
    location.replace(`/reports/${entry.report_id}`)
    return
  }
  const state = { sending: "sending", parked: "parked" }[entry.state] ?? "waiting"
  toggle(saved, "data-state", state)
  if (!has_more) return
  by_id("above").hidden = true
  saved.querySelector("a.btn[href='/']").before(by_id("on-this-phone"))
}

const try_now = keep_sending(show_state)
by_id("try-now").addEventListener("click", try_now)
addEventListener("offline", show_state)
addEventListener("online", show_state)

// The rest of the checklist takes the button's place, and the words for what may happen to a
// report come in. Without a network the button stays.
async function fetch_more() {
  const answer = await fetch(`${location.pathname}/more${location.search}`).catch(() => null)
  if (!answer?.ok) return
  const page = new DOMParser().parseFromString(await answer.text(), "text/html")
  const taken = id => document.adoptNode(page.getElementById(id))
  if (by_id("show-more")) by_id("more").replaceWith(taken("more"))
  read_rules()
  by_id("offline").replaceWith(taken("offline"))
  by_id("form").prepend(taken("above"))
  by_id("bar").lastElementChild.before(taken("write-later"))
  await begin_later_part()
}

async function begin_later_part() {
  has_more = true
  form.send_unsaved = send_unsaved
  await notice_loss(Number(by_id("on-this-phone").dataset.lastSeq)).catch(() => {})
  by_id("try-now").remove()
  wire_section(try_now, show_state)
  await show_state()
  await offer_drafts()
}

// Which ticks and answers mean 今すぐ: the same data that the server decides by.
function read_rules() {
  const { rules, urgency } = JSON.parse(by_id("rules-data").textContent)
  form.is_urgent = (ticked, answers) => urgency_of(rules, urgency, ticked, answers) === "now"
  form.refresh()
}

// What the first screen leads to comes first; the rest when the report is likely on its way.
async function prepare_offline() {
  const first = guides()
  await fetch_more()
  await register_worker()
  const here = location.pathname
  await keep_pages([here + location.search, `${here}/more${location.search}`, ...first])
  setTimeout(keep_the_rest, MEANWHILE)
}

async function keep_the_rest() {
  if (has_more) await keep_files([by_id("on-this-phone").dataset.rescue])
  await keep_pages(["/", ...guides()])
}

const guides = () => new Set([...document.querySelectorAll(".aid a[href^='/']")].map(link => link.href))

// The styles of everything that isn't on the first screen, and of the pages that follow.
function add_styles() {
  const link = document.createElement("link")
  link.rel = "stylesheet"
  link.href = by_id("page-data").dataset.styles
  document.head.append(link)
}

add_styles()
form.suspicions = suspicions
form.refresh()
addEventListener("load", () => setTimeout(prepare_offline, 500))
if (document.readyState === "complete") setTimeout(prepare_offline, 500)
