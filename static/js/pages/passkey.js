// Signing in with a passkey: the key says whose it is, so nothing is typed. The answer goes out with
// the sign-in form itself, and takes along what was typed before the session ran out.
const section = document.getElementById("passkey")
const button = section.querySelector("button")
const trouble = section.querySelector("[role=alert]")
const form = section.closest("form")

async function ask() {
  const answer = await fetch("/sign-in/passkey/options", { method: "POST" })
  if (!answer.ok) throw new Error("no options")
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(await answer.json())
  return navigator.credentials.get({ publicKey })
}

function send(credential) {
  const field = document.createElement("input")
  field.type = "hidden"
  field.name = "credential"
  field.value = JSON.stringify(credential)
  form.append(field)
  form.elements.password.disabled = true
  form.action = "/sign-in/passkey"
  form.submit()
}

button.addEventListener("click", async () => {
  trouble.hidden = true
  button.disabled = true
  try {
    send((await ask()).toJSON())
  } catch {
    trouble.hidden = false
    button.disabled = false
  }
})
section.hidden = !globalThis.PublicKeyCredential?.parseRequestOptionsFromJSON
