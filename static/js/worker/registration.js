// From a page: the service worker.
export async function register_worker() {
  if (!navigator.serviceWorker) return null
  return navigator.serviceWorker.register("/service-worker.js", { updateViaCache: "none" })
    .catch(() => null)
}
