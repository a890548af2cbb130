// One row for each thing that is on this phone alone. All words stand in the page's templates.
import { badge_words, envelope_of, when } from "./labels.js"
import { reason_of, word_of } from "./condition.js"
import { recall } from "../outbox/store.js"

export function toggle(place, attribute, shown) {
  for (const one of place.querySelectorAll(`[${attribute}]`)) {
    one.hidden = one.getAttribute(attribute) !== shown
  }
}

const copied = id => document.getElementById(id).content.cloneNode(true)

async function titled(row, code, items) {
  const words = await badge_words(code)
  row.querySelector(".tt").prepend(words.label(items[0]))
  const others = row.querySelector("[data-others]")
  others.hidden = items.length < 2
  others.querySelector("b").textContent = items.length - 1
}

// Its buttons carry the report's id: data-resend, data-rescue.
export async function waiting_row(entry) {
  const row = copied("waiting-row")
  await titled(row, entry.badge_code, envelope_of(entry).items)
  row.querySelector("time").textContent = when(entry.at)
  const word = word_of(entry)
  toggle(row, "data-word", word)
  show_reason(row, reason_of(entry, await recall(`agreement-${entry.badge_code}`)))
  row.querySelector("[data-drill]").hidden = !entry.drill
  row.querySelector("[data-rescue]").hidden = Boolean(entry.drill)
  row.querySelector("[data-resend]").hidden = word !== "parked"
  for (const button of row.querySelectorAll("button")) button.value = entry.report_id
  return row
}

function show_reason(row, reason) {
  const place = row.querySelector("[data-reasons]")
  place.hidden = !reason
  const known = [...place.children].some(one => one.dataset.reason === reason)
  toggle(place, "data-reason", known ? reason : "other")
}

export function arrived_row(entry) {
  const row = copied("arrived-row")
  row.querySelector("a").href = `/reports/${entry.report_id}`
  row.querySelector("time").textContent = when(entry.receipt.received_at)
  row.querySelector("b").textContent = entry.receipt.receipt_no
  return row
}

export async function draft_row({ draft, badge_code, at, checked }) {
  const row = copied("draft-row")
  await titled(row, badge_code, items_of(checked))
  row.querySelector("time").textContent = when(at)
  row.querySelector("a").href = `/B/${badge_code}#draft-${draft}`
  row.querySelector("button").value = draft
  return row
}

const items_of = checked => checked.filter(([name]) => name === "item").map(([, value]) => value)
