// The desk, live: the stream says that something changed, and htmx fetches the parts again.
import "htmx.org"
import { tell_presence } from "../desk/presence.js"
import { listen_to_keys } from "../desk/keys.js"
import { listen_to_sending } from "../desk/sending.js"
import { ring } from "../alarm/ringing.js"
import { stay_present } from "../alarm/presence.js"

const live = () => document.querySelector("#live")

function listen() {
  const events = new EventSource("/desk/events")
  events.addEventListener("pulse", () => document.body.dispatchEvent(new Event("pulse")))
  events.addEventListener("open", () => {
    live()?.classList.remove("lost")
    document.body.dispatchEvent(new Event("pulse"))
  })
  for (const sign of ["htmx:response:error", "htmx:error"]) document.addEventListener(sign, tell_lost)
  events.addEventListener("error", tell_lost)
}

function tell_lost() {
  live()?.classList.add("lost")
  if (live()) live().firstElementChild.textContent = live().dataset.lost
}

// Once it can't be taken back any more, the receipt ladder takes the button's place.
function count_down() {
  for (const undo of document.querySelectorAll(".undo")) {
    const left = Math.ceil((new Date(undo.dataset.until) - Date.now()) / 1000)
    undo.hidden = left <= 0
    undo.querySelector("p").textContent = undo.dataset.text.replace("{n}", Math.max(left, 0))
  }
}

tell_presence()
listen_to_sending()
if (document.querySelector("#alarm")) {
  listen()
  stay_present()
  ring()
}
if (document.querySelector("#inbox")) {
  listen_to_keys()
  setInterval(count_down, 500)
}
