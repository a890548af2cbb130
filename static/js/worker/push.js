// A push: shown first and always, then its receipt. One that can't be posted is kept for later.
import { recall, remember } from "../outbox/store.js"

const WAITING = "waiting-receipts"

export async function show_notification(event) {
  const { title, body, lang, tag, navigate, data } = content(event)
  await self.registration.showNotification(title, {
    body, lang, tag, icon: "/static/icons/icon-192.png", data: { navigate, ...data },
  })
  await Promise.all([post_receipt(data?.receipt), count_on_icon()])
}

async function count_on_icon() {
  const shown = await self.registration.getNotifications()
  await navigator.setAppBadge?.(shown.length).catch(() => {})
}

// Safari hands over the notification it has already read; all others the bytes.
function content(event) {
  const fallback = { title: "つなぐ名札", body: "", navigate: "/", tag: "nafuda" }
  try {
    return { ...fallback, ...event.notification ?? event.data.json().notification }
  } catch {
    return fallback
  }
}

async function post_receipt(address) {
  if (!address) return
  if (!await posted(address)) await remember(WAITING, [...await recall(WAITING) ?? [], address])
}

export async function post_waiting_receipts() {
  const waiting = await recall(WAITING) ?? []
  const left = []
  for (const address of waiting) if (!await posted(address)) left.push(address)
  if (waiting.length) await remember(WAITING, left)
}

async function posted(address) {
  const answer = await fetch(address, {
    method: "POST", headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ kind: "delivered" }),
  }).catch(() => null)
  return answer?.ok ?? false
}

export async function open_notification({ notification }) {
  notification.close()
  const address = new URL(notification.data?.navigate ?? "/", location.origin).href
  const pages = await self.clients.matchAll({ type: "window" })
  const open = pages.find(page => page.url === address)
  return open ? open.focus() : self.clients.openWindow(address)
}
