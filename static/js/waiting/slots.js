// Choosing a time on the screen that waits: kept first, then sent; what isn't there yet says so.
import { keep_answer, kept_answer } from "../outbox/answers.js"
import * as store from "../outbox/store.js"

// `send` tries now and resolves when it did; `renew` looks what the centre has.
export function wire_slots(main, send, renew) {
  main.addEventListener("submit", async event => {
    const place = event.target.closest("[data-slots]")
    const slot = event.submitter?.value
    if (!place || !slot) return
    event.preventDefault()
    const was = event.target.elements.was.value
    await keep_answer(store, place.dataset.slots, slot, was, Date.now())
    await show_kept(main)
    await send()
    await renew()
    await show_kept(main)
  })
}

export async function show_kept(main) {
  const place = main.querySelector("[data-slots]")
  if (!place) return
  const kept = await kept_answer(store, place.dataset.slots)
  place.querySelectorAll(":scope > [data-shown]").forEach(one => one.remove())
  place.toggleAttribute("data-waits", Boolean(kept && !kept.refused))
  if (!kept) return
  const words = place.querySelector(`[data-kept=${"refused" in kept ? "refused" : "waiting"}]`)
  const shown = words.content.firstElementChild.cloneNode(true)
  shown.dataset.shown = ""
  shown.querySelector("b").textContent = label_of(place, kept.slot)
  shown.querySelector("[data-why]")?.append(kept.refused)
  place.prepend(shown)
}

const label_of = (place, slot) =>
  place.querySelector(`button[value="${CSS.escape(slot)}"]`)?.innerText.trim() ?? ""
