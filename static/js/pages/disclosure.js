// The form for personal data: sealed here, sent at once, and gone. Nothing of it is ever kept on
// the phone: no draft, no outbox, and an empty form for whoever comes back to the page.
import { seal } from "../sealing/seal.js"

const form = document.querySelector("#disclosure")
const show = (id, is_shown) => { document.getElementById(id).hidden = !is_shown }
const fields = () => [...form.querySelectorAll("input.in")]

async function send(event) {
  event.preventDefault()
  const typed = Object.fromEntries(fields().map(({ name, value }) => [name, value.trim()]))
  const is_empty = !Object.values(typed).some(Boolean)
  show("empty", is_empty)
  show("unsent", false)
  if (is_empty) return
  const button = form.querySelector(".pri")
  button.disabled = true
  const answer = await post(typed).catch(() => null)
  button.disabled = false
  if (answer?.redirected || answer?.status === 410) leave(answer)
  else show("unsent", true)
}

async function post(typed) {
  const { network, object, kid, key } = form.dataset
  const context = { network_id: network, object_id: object, purpose: "disclosure", field: "answer" }
  const sealed = await seal(JSON.stringify(typed), { kid, key }, context)
  const consent = new FormData(form).get("consent") ?? ""
  const body = new URLSearchParams({ sealed: JSON.stringify(sealed), consent })
  return fetch(form.action, { method: "POST", body })
}

// The form's place in the history is taken by what comes next.
function leave({ redirected, url }) {
  form.reset()
  location.replace(redirected ? url : form.action)
}

function forget() {
  for (const field of fields()) field.value = ""
}

if (globalThis.crypto?.subtle) form.addEventListener("submit", send)
addEventListener("pagehide", forget)
addEventListener("pageshow", ({ persisted }) => { if (persisted) location.reload() })
