// The phone's scanner of badges, which also works where the phone's own camera app would open
// another browser: in the installed app.
import { badge_path } from "../camera/badge_address.js"
import { reason, watch } from "../camera/watching.js"

const box = document.getElementById("badge-scanner")
const [scan, stop] = box.querySelectorAll("button")
const told = box.querySelector("[role=status]")
let wanted = false

const tell = (words = "") => { told.textContent = words }

function finds_badge(texts) {
  const path = texts.map(text => badge_path(text, location.origin)).find(Boolean)
  if (path) location.assign(path)
  else if (texts.length) tell(box.dataset.foreign)
  return path
}

async function look() {
  const { code_reader } = await import(box.dataset.reader)
  await watch(box.querySelector("video"), await code_reader(), finds_badge, () => wanted)
}

function want(is_wanted) {
  wanted = is_wanted
  scan.hidden = wanted
  stop.hidden = !wanted
}

async function start() {
  want(true)
  tell(box.dataset.aim)
  await look().then(() => wanted || tell(), error => tell(box.dataset[reason(error)]))
  want(false)
}

scan.addEventListener("click", start)
stop.addEventListener("click", () => want(false))
document.addEventListener("visibilitychange", () => document.hidden && want(false))
box.hidden = false
