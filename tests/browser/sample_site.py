"""The smallest site that takes pushes: a page that subscribes and a worker that shows and confirms.

It stands in for the product, so that the rig is proven apart from it.
"""

from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

PAGE = """<!doctype html>
<html lang="ja"><meta charset="utf-8"><title>お知らせ</title><h1>お知らせ</h1>
<script>
const subscribe = async (key) => {
  await navigator.serviceWorker.register("/worker.js")
  const { pushManager } = await navigator.serviceWorker.ready
  const options = { userVisibleOnly: true, applicationServerKey: key }
  return (await pushManager.subscribe(options)).toJSON()
}
const unsubscribe = async () => {
  const { pushManager } = await navigator.serviceWorker.ready
  return (await pushManager.getSubscription()).unsubscribe()
}
</script></html>
"""

WORKER = """
const post = (path, body) => fetch(path, { method: "POST", body: JSON.stringify(body) })

const receive = async (event) => {
  const message = event.notification ?? event.data.json().notification
  const { title, body, tag, lang, navigate, data } = message
  await self.registration.showNotification(title, { body, tag, lang, data: { navigate } })
  await post(data.receipt, { title, body })
}

const renew = async (old) => {
  const { applicationServerKey } = old.options
  const options = { userVisibleOnly: true, applicationServerKey }
  await post("/subscriptions", await self.registration.pushManager.subscribe(options))
}

self.addEventListener("install", () => self.skipWaiting())
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()))
self.addEventListener("push", (event) => event.waitUntil(receive(event)))
self.addEventListener("pushsubscriptionchange", (event) =>
  event.waitUntil(renew(event.oldSubscription)))
self.addEventListener("notificationclick", (event) => {
  event.notification.close()
  event.waitUntil(self.clients.openWindow(event.notification.data.navigate))
})
"""


class SampleSite:
    """What came back from phones: receipts by their name, and renewed subscriptions."""

    def __init__(self) -> None:
        self.receipts: dict[str, list[Any]] = {}
        self.renewed: list[Any] = []
        self.app = Starlette(
            routes=[
                Route("/worker.js", _worker),
                Route("/receipts/{name}", self._receipt, methods=["POST"]),
                Route("/subscriptions", self._renewal, methods=["POST"]),
                Route("/{path:path}", _page),
            ]
        )

    async def _receipt(self, request: Request) -> Response:
        receipts = self.receipts.setdefault(request.path_params["name"], [])
        receipts.append(await request.json())
        return Response(status_code=204)

    async def _renewal(self, request: Request) -> Response:
        self.renewed.append(await request.json())
        return Response(status_code=204)


def _page(request: Request) -> Response:
    return HTMLResponse(PAGE)


def _worker(request: Request) -> Response:
    return Response(WORKER, media_type="text/javascript")
