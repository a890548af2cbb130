// Where nothing can be kept (full disk, private window): the plain form is sent from here, so that
// what was ticked stays on the screen if nobody answers.
const PATIENCE = 20_000

export async function send_unsaved() {
  const form = document.getElementById("report")
  const notice = document.getElementById("unsaved")
  const answer = await posted(form)
  const is_there = answer?.ok && answer.url.startsWith(`${location.origin}/reports/`)
  if (is_there) return location.replace(answer.url)
  if (answer?.status === 422) return form.submit()
  notice.hidden = false
  notice.focus()
  notice.scrollIntoView()
}

async function posted(form) {
  const cut = new AbortController()
  const timer = setTimeout(() => cut.abort(), PATIENCE)
  const body = new URLSearchParams(new FormData(form))
  return fetch(form.action, { method: "POST", body, signal: cut.signal })
    .catch(() => null).finally(() => clearTimeout(timer))
}
