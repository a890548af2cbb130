// What opens without a network: badges already visited, with what to do and to show; and the files
// they need. Nothing of the desk or the office is ever kept.
import { heed } from "../outbox/sending.js"
import { FILES, PAGES, SAME } from "./keeping.js"

const OURS = "nafuda-"
const KEPT = [PAGES, FILES]

// The page for whatever was never visited.
export const SHELL = "/offline"

export async function drop_old_caches() {
  const names = await caches.keys()
  const old = names.filter(name => name.startsWith(OURS) && !KEPT.includes(name))
  await Promise.all(old.map(name => caches.delete(name)))
}

// A promise of a response, or undefined to leave the request to the browser.
export function respond(request, keep_alive) {
  if (request.method !== "GET") return undefined
  const { origin, pathname } = new URL(request.url)
  if (origin !== location.origin) return undefined
  if (pathname.startsWith("/static/")) return kept_file(request)
  if (/^\/b\//i.test(pathname) && !pathname.endsWith("/pairing")) return kept_page(request, keep_alive)
  if (/^\/drills\/|\/disclosure$/.test(pathname)) return unkept_page(request)
  if (request.mode === "navigate" && !is_staff(pathname)) return fresh_page(request, keep_alive)
  return undefined
}

const is_staff = path => /^\/(desk|office|sign-in|account|health)/.test(path)

// A drill ends, and personal data is asked for online only: nobody may come back to such a page
// when the network is away.
const unkept_page = request =>
  request.mode === "navigate" ? fetch(request).catch(shell) : undefined

async function kept_file(request) {
  const cache = await caches.open(FILES)
  const known = await cache.match(request, SAME)
  if (known) return known
  const answer = await fetch(request)
  if (answer.ok) await cache.put(request, answer.clone())
  return answer
}

// Shown at once from what is kept, and renewed behind it; a stopped badge is forgotten.
async function kept_page(request, keep_alive) {
  const cache = await caches.open(PAGES)
  const known = await cache.match(request, SAME)
  const renewed = fetch(request).then(async answer => {
    if (answer.ok) await cache.put(request, answer.clone())
    else if (answer.status < 500) await cache.delete(request)
    return answer
  })
  if (!known) return request.mode === "navigate" ? renewed.catch(shell) : renewed
  keep_alive(renewed.catch(() => {}))
  return known
}

// The newest first, since it holds states; without a network what was last seen, which says when.
async function fresh_page(request, keep_alive) {
  const cache = await caches.open(PAGES)
  try {
    const answer = await fetch(request)
    keep_alive(heed(answer))
    if (answer.ok && !answer.redirected) await cache.put(place_of(request), answer.clone())
    return answer
  } catch (error) {
    return await cache.match(place_of(request), SAME) ?? shell(error)
  }
}

// An installed app always starts with the token it was installed with; its home is one page.
function place_of(request) {
  const address = new URL(request.url)
  return address.searchParams.has("handover") ? address.pathname : request
}

async function shell(error) {
  const page = await caches.match(SHELL, SAME)
  if (page) return page
  throw error
}
