// M7: what will come is shown first; the browser asks only after a tap.
import { register_worker } from "../worker/registration.js"

const allow = document.getElementById("allow")
const show = state => {
  for (const notice of document.querySelectorAll("[data-state]")) notice.hidden = notice.dataset.state !== state
}

const is_supported = () => "serviceWorker" in navigator && "PushManager" in globalThis && "Notification" in globalThis

async function subscribe() {
  await register_worker()
  const worker = await navigator.serviceWorker.ready
  const { key } = await (await fetch("/api/push-key")).json()
  const subscription = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key })
  const answer = await fetch("/api/subscription", {
    method: "PUT", headers: { "Content-Type": "application/json" },
    body: JSON.stringify(subscription),
  })
  if (!answer.ok) throw new Error("not kept")
}

async function ask() {
  if (!is_supported()) return show("unsupported")
  if (await Notification.requestPermission() !== "granted") return show("denied")
  return subscribe().then(() => show("granted"), () => show("failed"))
}

allow.addEventListener("click", ask)
if (!is_supported()) show("unsupported")
else if (Notification.permission === "denied") show("denied")
