// Registering a passkey: the form waits until the browser has made one, then carries it along.
const form = document.getElementById("new-passkey")
const button = form.querySelector("button")
const trouble = document.getElementById("passkey-trouble")
const is_supported = Boolean(globalThis.PublicKeyCredential?.parseCreationOptionsFromJSON)

async function make() {
  const answer = await fetch("/account/passkeys/options", { method: "POST" })
  if (!answer.ok) throw new Error("no options")
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(await answer.json())
  return navigator.credentials.create({ publicKey })
}

form.addEventListener("submit", async event => {
  event.preventDefault()
  trouble.hidden = true
  button.disabled = true
  try {
    form.elements.credential.value = JSON.stringify((await make()).toJSON())
    form.submit()
  } catch {
    trouble.hidden = false
    button.disabled = false
  }
})
form.hidden = !is_supported
document.getElementById("needs-script").hidden = is_supported
