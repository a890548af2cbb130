// The strip under the header: shown while something isn't as it should be, and only what is known.
import { is_cut_off } from "./condition.js"

export function show_strip(all) {
  const waiting = all.filter(entry => !entry.drill)
  const strip = document.getElementById("offline")
  const online = navigator.onLine
  const say = (name, is_true) => {
    const words = strip.querySelector(`[data-net=${name}]`)
    if (words) words.hidden = !is_true
    return is_true
  }
  const said = [
    say("offline", !online),
    say("unreachable", online && waiting.some(entry => is_cut_off(entry, online))),
    say("waiting", waiting.length > 0),
  ]
  const number = strip.querySelector("[data-net=waiting] b")
  if (number && number.textContent !== `${waiting.length}`) number.textContent = waiting.length
  strip.hidden = !said.some(Boolean)
}
