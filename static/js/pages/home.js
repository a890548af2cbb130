// The phone's home: what still waits on this phone stands above what the centre has.
import { keep_sending } from "../outbox/sending.js"
import { all } from "../outbox/store.js"
import { keep_pages } from "../worker/keeping.js"
import { register_worker } from "../worker/registration.js"

const section = document.getElementById("waiting-reports")
let count = 0

async function show_waiting() {
  const entries = (await all()).filter(entry => entry.state !== "acked" && entry.state !== "confirmed")
  if (entries.length < count) location.reload()
  count = entries.length
  section.hidden = !count
  section.querySelector("ul").replaceChildren(...entries.map(row))
}

function row(entry) {
  const item = section.querySelector("template").content.cloneNode(true)
  const at = new Date(entry.at)
  item.querySelector(".when").textContent =
    `${at.getMonth() + 1}/${at.getDate()} ${at.toTimeString().slice(0, 5)}`
  item.querySelector(".tt").textContent = `✓ ${JSON.parse(new TextDecoder().decode(entry.bytes)).items.length}`
  return item
}

document.getElementById("send-now").addEventListener("click", keep_sending(show_waiting))
register_worker().then(() => keep_pages(["/"]))
