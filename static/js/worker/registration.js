// From a page: the service worker, and the pages that should open without a network.
export const PAGES = "nafuda-pages-1"

export async function register_worker() {
  if (!navigator.serviceWorker) return null
  return navigator.serviceWorker.register("/service-worker.js", { updateViaCache: "none" })
    .catch(() => null)
}

// One after the other, so that they never stand in the way of a report.
export async function keep_pages(addresses) {
  if (!globalThis.caches) return
  const cache = await caches.open(PAGES)
  for (const address of addresses) {
    if (!await cache.match(address, { ignoreVary: true })) await cache.add(address).catch(() => {})
  }
}
