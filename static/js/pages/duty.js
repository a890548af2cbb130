// A counsellor's own browser for urgent reports; it asks only after a tap.
import { is_supported } from "../worker/device.js"
import { register_worker } from "../worker/registration.js"
import { subscribe_anew } from "../worker/subscribing.js"

const allow = document.getElementById("allow")
const show = state => {
  for (const notice of document.querySelectorAll("[data-state]")) notice.hidden = notice.dataset.state !== state
}

async function ask() {
  if (await Notification.requestPermission() !== "granted") return show("denied")
  await register_worker()
  return subscribe_anew(await navigator.serviceWorker.ready, "/api/staff")
    .then(() => location.reload(), () => show("failed"))
}

allow.addEventListener("click", ask)
allow.hidden = !is_supported()
show(is_supported() ? "" : "unsupported")
