// One push subscription for this browser, made with the network's own key; the server hears of it.
// Pages and the worker use it. `owner`: the part of the address for a phone or for staff.
import { to_base64url } from "../sealing/base64url.js"

export async function renew(registration, key, owner = "/api") {
  const subscription = await subscribed(registration, key)
  const answer = await fetch(`${owner}/subscription`, {
    method: "PUT", headers: { "Content-Type": "application/json" },
    body: JSON.stringify(subscription),
  })
  if (!answer.ok) throw new Error("not kept")
}

export async function renew_with_current_key(registration, owner = "/api") {
  await renew(registration, await current_key(owner), owner)
}

// For a person who asks for it: whatever the browser still has may be what doesn't work.
export async function subscribe_anew(registration, owner = "/api") {
  const key = await current_key(owner)
  await forget(registration)
  await renew(registration, key, owner)
}

async function current_key(owner) {
  const answer = await fetch(`${owner}/push-key`)
  if (!answer.ok) throw new Error("no key")
  return (await answer.json()).key
}

// A push service may have given a subscription up without telling the browser.
export async function forget({ pushManager }) {
  await (await pushManager.getSubscription())?.unsubscribe()
}

// A subscription made with another key can't be changed, only replaced.
async function subscribed({ pushManager }, key) {
  const existing = await pushManager.getSubscription()
  const told = existing && to_base64url(new Uint8Array(existing.options.applicationServerKey))
  if (told === key) return existing
  await existing?.unsubscribe()
  return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key })
}
