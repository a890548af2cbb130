// From a page: the service worker, and the pages that should open without a network.
export const PAGES = "nafuda-pages-1"

export async function register_worker() {
  if (!navigator.serviceWorker) return null
  return navigator.serviceWorker.register("/service-worker.js", { updateViaCache: "none" })
    .catch(() => null)
}

// One after the other, so that they never stand in the way of a report. What the browser has just
// loaded is taken over from its own cache.
export async function keep_pages(addresses) {
  if (!globalThis.caches) return
  const cache = await caches.open(PAGES)
  for (const address of addresses) {
    if (!await cache.match(address, { ignoreVary: true })) await cache.add(taken_over(address)).catch(() => {})
  }
}

const taken_over = address => new Request(address, { cache: "force-cache" })
