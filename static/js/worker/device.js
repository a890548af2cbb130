// On every open the phone says how it is, so that the centre knows beforehand whom a notification
// reaches; and it subscribes again where the server doesn't know its subscription.
import { register_worker } from "./registration.js"
import { forget, renew } from "./subscribing.js"

export const is_supported = () =>
  "serviceWorker" in navigator && "PushManager" in globalThis && "Notification" in globalThis

export const is_installed = () =>
  matchMedia("(display-mode: standalone)").matches || navigator.standalone === true

// An iPad calls itself a Macintosh, but no Macintosh is touched.
export const platform = () => {
  const { userAgent, maxTouchPoints } = navigator
  if (/iPhone|iPad|iPod/.test(userAgent)) return "ios"
  if (/Macintosh/.test(userAgent) && maxTouchPoints > 1) return "ios"
  return /Android/.test(userAgent) ? "android" : "other"
}

// Whether it had to subscribe again, and did.
export const tell_device = () => tell().catch(() => false)

async function tell() {
  const registration = await register_worker()
  const permission = registration && is_supported() ? Notification.permission : "unsupported"
  const subscription = permission === "granted" ? await registration.pushManager.getSubscription() : null
  const answer = await fetch("/api/device", {
    method: "PUT", headers: { "Content-Type": "application/json" },
    body: JSON.stringify({
      permission, platform: platform(), is_installed: is_installed(),
      endpoint: subscription?.endpoint ?? null,
    }),
  })
  if (!answer.ok) return false
  const { key, is_known, is_spent } = await answer.json()
  if (permission !== "granted" || is_known) return false
  if (is_spent) await forget(registration)
  await renew(registration, key)
  return true
}
