// M7: what will come is shown first; the browser asks only after a tap.
import { is_supported, tell_device } from "../worker/device.js"
import { register_worker } from "../worker/registration.js"
import { subscribe_anew } from "../worker/subscribing.js"

const allow = document.getElementById("allow")
const show = state => {
  for (const notice of document.querySelectorAll("[data-state]")) notice.hidden = notice.dataset.state !== state
}

async function subscribe() {
  await register_worker()
  await subscribe_anew(await navigator.serviceWorker.ready)
  await tell_device()
}

async function ask() {
  if (!is_supported()) return show("unsupported")
  if (await Notification.requestPermission() !== "granted") return show("denied")
  return subscribe().then(() => location.reload(), () => show("failed"))
}

allow.addEventListener("click", ask)
allow.hidden = !is_supported()
if (!is_supported()) show("unsupported")
else if (Notification.permission === "denied") show("denied")
tell_device().then(has_changed => has_changed && location.reload())

// A trial is on its way: look again until the phone has said that it came.
if (document.querySelector("[data-awaits]")) setTimeout(() => location.reload(), 2_000)
