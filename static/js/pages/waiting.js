// The screen after sending is the screen that waits: it looks again every few seconds, and turns
// into the instruction by itself. An instruction in sight for a second counts as opened.
// While the desk is being called for a customer at the counter it looks more often, and its clocks run.
import { heed, keep_sending } from "../outbox/sending.js"
import { all } from "../outbox/store.js"
import { is_waiting } from "../waiting/condition.js"
import { run_clocks } from "../waiting/clocks.js"
import { send_results } from "../waiting/result.js"
import { show_kept, wire_slots } from "../waiting/slots.js"
import { show_strip } from "../waiting/strip.js"
import { tell_device } from "../worker/device.js"

const EVERY = 3_000
const EVERY_WHILE_CALLING = 1_500
const IN_SIGHT = 1_000
const main = document.querySelector("[data-refresh]")

async function look_again() {
  if (document.hidden) return
  const answer = await fetch(main.dataset.refresh, { headers: { "HX-Request": "true" } }).catch(() => null)
  if (!answer?.ok) return
  heed(answer)
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#report")
  const shown = main.querySelector("#report")
  if (!fresh || fresh.dataset.version === shown.dataset.version) return
  shown.replaceWith(document.adoptNode(fresh))
  run_clocks(main)
  watch_instruction()
  await show_kept(main)
}

function watch_instruction() {
  const instruction = main.querySelector("[data-instruction]")
  if (!instruction) return
  let timer
  const seen = new IntersectionObserver(([{ isIntersecting }]) => {
    clearTimeout(timer)
    if (isIntersecting && !document.hidden) {
      timer = setTimeout(() => note_opening(instruction.dataset.instruction, seen), IN_SIGHT)
    }
  })
  seen.observe(instruction)
}

async function note_opening(id, seen) {
  const answer = await fetch(`/instructions/${id}/opening`, { method: "POST" }).catch(() => null)
  if (answer?.ok) seen.disconnect()
}

async function keep_looking() {
  await look_again()
  setTimeout(keep_looking, main.querySelector("[data-live]") ? EVERY_WHILE_CALLING : EVERY)
}

setTimeout(keep_looking, EVERY_WHILE_CALLING)
document.addEventListener("visibilitychange", look_again)
watch_instruction()
run_clocks(main)
send_results(main)
tell_device()
const show_net = async () => {
  show_strip((await all()).filter(is_waiting))
  await show_kept(main)
}
const send = keep_sending(show_net)
wire_slots(main, send, look_again)
show_kept(main)
addEventListener("offline", show_net)
