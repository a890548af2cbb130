// A result goes without a page of its own: a browser keeps what a form took to a page, for as long
// as its window is open. What looks like somebody's name or number leaves only if they say it is none.
import { suspicions } from "../text/personal_data.js"

const REFUSED = 422

export function send_results(main) {
  main.addEventListener("submit", event => {
    if (event.target.action.endsWith("/result")) send(event)
  })
}

async function send(event) {
  event.preventDefault()
  const form = event.target
  const tell = (name, is_told) => { form.querySelector(`[data-tells=${name}]`).hidden = !is_told }
  const { note, note_is_fine } = form.elements
  const is_suspicious = suspicions(note.value).length > 0
  tell("suspicious", is_suspicious)
  tell("unsent", false)
  tell("refused", false)
  if (is_suspicious && !note_is_fine.checked) return
  const body = new URLSearchParams(new FormData(form))
  const answer = await fetch(form.action, { method: "POST", body }).catch(() => null)
  if (answer?.status === REFUSED) return tell("refused", true)
  if (!answer?.redirected) return tell("unsent", true)
  form.reset()
  location.replace(answer.url)
}
