// One question to the server: given up after 20 s, and never answered by whom it was sent on to.

export const PATIENCE = 20_000

// Resolves to the status, what stood in the headers and the JSON; status 0 when nobody answered.
export async function ask(fetch, path, options) {
  const cut = new AbortController()
  const timer = setTimeout(() => cut.abort(), PATIENCE)
  try {
    const answer = await fetch(path, { ...options, redirect: "error", signal: cut.signal })
    const { status, headers } = answer
    return { status, headers, body: await answer.json().catch(() => null) }
  } catch {
    return { status: 0, headers: new Headers(), body: null }
  } finally {
    clearTimeout(timer)
  }
}
