// Wiring only: each listener hands its event to one module and keeps the worker alive until done.
import { send_all, send_waiting } from "./static/js/outbox/sending.js"
import { SHELL, drop_old_caches, respond } from "./static/js/worker/caching.js"
import { keep_pages } from "./static/js/worker/keeping.js"
import { open_notification, post_waiting_receipts, show_notification } from "./static/js/worker/push.js"
import { renew_with_current_key } from "./static/js/worker/subscribing.js"

self.addEventListener("install", event =>
  event.waitUntil(keep_pages([SHELL]).then(() => self.skipWaiting())))
self.addEventListener("activate", event =>
  event.waitUntil(drop_old_caches().then(() => self.clients.claim())))
self.addEventListener("fetch", event => {
  const response = respond(event.request, work => event.waitUntil(work))
  if (response) event.respondWith(response)
})
self.addEventListener("push", event => event.waitUntil(
  show_notification(event).finally(() => Promise.all([send_waiting(true), post_waiting_receipts()]))))
self.addEventListener("pushsubscriptionchange", event =>
  event.waitUntil(renew_with_current_key(self.registration)
    .catch(() => renew_with_current_key(self.registration, "/api/staff"))))
self.addEventListener("notificationclick", event => event.waitUntil(open_notification(event)))
self.addEventListener("sync", event =>
  event.waitUntil(Promise.all([send_all(), post_waiting_receipts()])))
