"""Whether a page would open without a network: the browser's own store is asked."""

KEPT = """async paths => {
  const controls = () => navigator.serviceWorker.controller
  const keeps = async path => Boolean(await caches.match(path, { ignoreVary: true }))
  const all = async () => controls() && (await Promise.all(paths.map(keeps))).every(Boolean)
  for (let tries = 0; !await all(); tries += 1) {
    if (tries > 200) throw new Error("not kept for a visit without a network")
    await new Promise(wait => setTimeout(wait, 50))
  }
}"""
