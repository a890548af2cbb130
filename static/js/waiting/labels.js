// What a badge's page calls things, taken from the pages kept for visits without a network: so that
// what waits has a name, in the reader's language, although it holds only codes.

const ANY = { ignoreVary: true, ignoreSearch: true }

// { number: "A-0127" or "", label(id): a copy of the item's words, or null }
export async function badge_words(code) {
  const pages = await Promise.all([`/B/${code}`, `/B/${code}/more`].map(kept_page))
  const find = selector => pages.map(page => page?.querySelector(selector)).find(Boolean)
  return {
    number: /[A-Z]-\d+/.exec(find(".ctx .sp")?.textContent ?? "")?.[0] ?? "",
    label: id => document.importNode(
      find(`[name=item][value="${CSS.escape(id)}"]`)?.nextElementSibling ?? new Text(id), true),
  }
}

async function kept_page(address) {
  const answer = await globalThis.caches?.match(address, ANY).catch(() => null)
  if (!answer) return null
  const page = document.createElement("template")
  page.innerHTML = await answer.text()
  return page.content
}

// The time alone today, else with its day; numbers only, the same in every language.
export function when(at) {
  const date = new Date(at)
  const time = date.toTimeString().slice(0, 5)
  const is_today = date.toDateString() === new Date().toDateString()
  return is_today ? time : `${date.getMonth() + 1}/${date.getDate()} ${time}`
}

export const envelope_of = entry => JSON.parse(new TextDecoder().decode(entry.bytes))
