// Registering a passkey: the form waits until the browser has made one, then carries it along, with
// what was typed in other forms of the page (data-from: the field's id).
const form = document.getElementById("new-passkey")
const button = form.querySelector("button")
const trouble = document.getElementById("passkey-trouble")
const is_supported = Boolean(globalThis.PublicKeyCredential?.parseCreationOptionsFromJSON)

async function make() {
  const answer = await fetch(form.dataset.options, { method: "POST" })
  if (!answer.ok) throw new Error("no options")
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(await answer.json())
  return navigator.credentials.create({ publicKey })
}

function take_along() {
  for (const field of form.querySelectorAll("[data-from]")) field.value = document.getElementById(field.dataset.from).value
}

form.addEventListener("submit", async event => {
  event.preventDefault()
  trouble.hidden = true
  button.disabled = true
  try {
    form.elements.credential.value = JSON.stringify((await make()).toJSON())
    take_along()
    form.submit()
  } catch {
    trouble.hidden = false
    button.disabled = false
  }
})
form.hidden = !is_supported
document.getElementById("needs-script").hidden = is_supported
