// What a page needs to open without a network: itself, and the files it names. Page and worker
// share this.
export const PAGES = "nafuda-pages-1"
export const FILES = "nafuda-files-1"
// Answers vary by language and cookie; here the newest one kept is the right one.
export const SAME = { ignoreVary: true }

// One after the other, so that they never stand in the way of a report.
export async function keep_pages(addresses) {
  if (!globalThis.caches) return
  const pages = await caches.open(PAGES)
  for (const address of addresses) {
    if (!await pages.match(address, SAME)) await keep_page(pages, address).catch(() => {})
  }
}

// The files first: a page that is kept always finds them.
async function keep_page(pages, address) {
  const answer = await fetch(taken_over(address))
  if (!answer.ok) return
  const named = (await answer.clone().text()).matchAll(/(?:src|href)="(\/static\/built\/[^"]+)"/g)
  await keep_files(new Set([...named].map(([, file]) => file)))
  await pages.put(address, answer)
}

// Also what a page names otherwise, for when it is asked for.
export async function keep_files(addresses) {
  if (!globalThis.caches) return
  const files = await caches.open(FILES)
  for (const address of addresses) {
    if (!await files.match(address, SAME)) await files.add(taken_over(address))
  }
}

// What the browser has just loaded is taken over from its own cache.
const taken_over = address => new Request(address, { cache: "force-cache" })
