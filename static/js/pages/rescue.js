// A stuck report is read out by phone, shown to the counsellor's tablet, or written to a file.
import { fingerprint } from "../outbox/entry.js"
import { get } from "../outbox/store.js"
import { check_number, frames } from "../rescue/frames.js"
import { drawing } from "../rescue/drawing.js"
import { badge_words, envelope_of, when } from "../waiting/labels.js"

// Opens below `row`, or closes what was open there.
export async function rescue(report_id, row) {
  const open = row.querySelector("[data-open]")
  if (open) return open.remove()
  const entry = await get(report_id)
  const view = document.getElementById("rescue-view").content.cloneNode(true).firstElementChild
  const parts = frames(entry.bytes, await fingerprint(entry.bytes))
  await read_out(view, entry)
  show_codes(view, parts)
  offer_file(view, parts)
  row.append(view)
  view.querySelector("h3").focus()
}

async function read_out(view, { bytes, at, badge_code, ...entry }) {
  const { number } = await badge_words(badge_code)
  const say = (name, text) => { view.querySelector(`[data-say=${name}]`).textContent = text }
  say("check", await check_number(bytes))
  say("badge", number || badge_code)
  say("at", `${new Date(at).getMonth() + 1}/${new Date(at).getDate()} ${when(at).slice(-5)}`)
  say("items", envelope_of({ bytes, ...entry }).items.join(" "))
}

function show_codes(view, parts) {
  let place = 0
  const show = step => {
    place = (place + step + parts.length) % parts.length
    view.querySelector("figure").replaceChildren(drawing(parts[place]))
    view.querySelector("[data-part]").textContent = `${place + 1} / ${parts.length}`
  }
  show(0)
  const turning = view.querySelector("[data-turn]")
  turning.hidden = parts.length < 2
  for (const button of view.querySelectorAll("[data-step]")) {
    button.addEventListener("click", event => {
      event.stopPropagation()
      show(Number(button.dataset.step))
    })
  }
}

// The file says what is read out, in the page's words, and holds the parts of the envelope.
function offer_file(view, parts) {
  const said = [...view.querySelectorAll("dt")].map(term =>
    `${term.textContent}: ${term.nextElementSibling.textContent}`)
  const text = [...said, "", ...parts, ""].join("\r\n")
  const link = view.querySelector("[download]")
  link.href = URL.createObjectURL(new Blob([text], { type: "text/plain" }))
  link.download = `nafuda-${view.querySelector("[data-say=check]").textContent}.txt`
}
