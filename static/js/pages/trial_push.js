// A trial push to the browser of whoever sets a network up; only its worker's word says it came.
import { is_supported } from "../worker/device.js"
import { register_worker } from "../worker/registration.js"
import { subscribe_anew } from "../worker/subscribing.js"

const OWNER = "/api/trial"
const LOOK_AGAIN = 2_000
const section = document.getElementById("trial-push")
const form = document.getElementById("trial-form")
const show = state => {
  for (const notice of section.querySelectorAll("[data-state]")) notice.hidden = notice.dataset.state !== state
}

async function ask() {
  if (await Notification.requestPermission() !== "granted") return show("denied")
  await register_worker()
  return subscribe_anew(await navigator.serviceWorker.ready, OWNER)
    .then(() => form.submit(), () => show("failed"))
}

// What is being typed elsewhere on the page stays: nothing is loaded again.
async function look() {
  const answer = await fetch(OWNER).catch(() => null)
  const { state } = answer?.ok ? await answer.json() : { state: "waiting" }
  if (state === "waiting") return setTimeout(look, LOOK_AGAIN)
  if (state !== "arrived") return
  section.querySelector("[data-trial=waiting]").hidden = true
  section.querySelector("[data-trial=arrived]").hidden = false
}

form.addEventListener("submit", event => {
  event.preventDefault()
  ask()
})
form.hidden = !is_supported()
show(is_supported() ? "" : "unsupported")
if ("awaits" in section.dataset) look()
