// What is on this phone alone, above what the centre has: reports that wait, arrivals the page
// doesn't know yet, drafts. Of another badge's reports only their number is shown.
import { all, drafts, drop_draft, mark, recall, remember } from "../outbox/store.js"
import { will_send_by_itself } from "../outbox/sending.js"
import { arrived_lately, is_waiting, last_try, needs_call, word_of } from "./condition.js"
import { when } from "./labels.js"
import { arrived_row, draft_row, toggle, waiting_row } from "./rows.js"
import { show_strip } from "./strip.js"

const by_id = id => document.getElementById(id)
const AGAIN = { attempts: 0, not_before: 0, told_until: 0, reason: undefined, share: undefined }
const EVERY = 2_000
let turn = Promise.resolve()
let shown = ""

// Resolves to the reports that wait under this badge. Drawn anew only when something changed, so
// that nothing moves under the finger; and one drawing after the other.
export const show_section = () => turn = turn.catch(() => {}).then(draw)

async function draw() {
  const section = by_id("on-this-phone")
  const { badge } = section.dataset
  const [entries, kept, lost] = await Promise.all([all(), drafts(), recall("storage-lost")])
  const is_mine = ({ badge_code }) => !badge || badge_code === badge
  const waiting = entries.filter(is_waiting)
  const mine = waiting.filter(is_mine)
  const arrived = entries.filter(entry => is_mine(entry) && is_news(entry))
  const written = kept.filter(is_mine)
  const alarm = waiting.some(entry => needs_call(entry, Date.now(), navigator.onLine))
  show_strip(waiting)
  const now = JSON.stringify([mine, arrived, written, waiting.length, lost, alarm],
    (key, value) => key === "bytes" ? undefined : value)
  if (now === shown) return mine
  shown = now
  by_id("storage-lost").hidden = !lost
  by_id("urgent-waiting").hidden = !alarm
  by_id("others-waiting").hidden = waiting.length === mine.length
  by_id("others-waiting").querySelector("b").textContent = waiting.length - mine.length
  await list("drafts", written.map(draft_row))
  await list("waiting-reports", [...mine.map(waiting_row), ...arrived.map(arrived_row)])
  await show_promise(mine.filter(one => word_of(one) !== "parked"))
  return mine
}

const is_news = entry => !entry.drill && arrived_lately(entry, Date.now())
  && !document.querySelector(`a.it[href$="${entry.report_id}"]`)

// Nothing that somebody reads is taken from under their eyes.
const IN_USE = "[data-open], [data-no-rescue]:not([hidden])"

async function list(id, rows) {
  const place = by_id(id)
  const items = await Promise.all(rows)
  if (!place.querySelector(IN_USE)) place.querySelector("ul").replaceChildren(...items)
  place.hidden = !items.length
}

// What this phone will do by itself is said only where its browser has promised it.
async function show_promise(sent) {
  const by_itself = sent.length > 0 && await will_send_by_itself()
  toggle(by_id("on-this-phone"), "data-promise", by_itself ? "by-itself" : "open-once")
  by_id("promise-to-send").hidden = by_id("send-now").hidden = !sent.length
  const last = last_try(sent)
  by_id("last-try").hidden = !last
  if (last) by_id("last-try").querySelector("time").textContent = when(last)
}

// `send` tries now; `redraw` shows what is true by then, as it does every few seconds.
export function wire_section(send, redraw) {
  by_id("send-now").addEventListener("click", send)
  by_id("storage-seen").addEventListener("click", async () => {
    await remember("storage-lost", null)
    await show_section()
  })
  by_id("on-this-phone").addEventListener("click", async ({ target }) => {
    const button = target.closest("button")
    if (button?.matches("[data-resend]")) {
      await mark(button.value, "sealed", AGAIN)
      await send()
    }
    if (button?.matches("[data-drop]")) await drop_draft(button.value)
    if (button?.matches("[data-rescue]")) await open_rescue(button)
    else if (button) await show_section()
  })
  addEventListener("online", redraw)
  addEventListener("offline", redraw)
  setInterval(() => document.hidden || redraw(), EVERY)
}

// The code for it comes only when it is asked for; it is kept a little after the page.
async function open_rescue(button) {
  const row = button.closest("li")
  const code = await import(by_id("on-this-phone").dataset.rescue).catch(() => null)
  row.querySelector("[data-no-rescue]").hidden = Boolean(code)
  await code?.rescue(button.value, row)
}
