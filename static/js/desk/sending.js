// Ctrl and Enter send what is being written, from wherever one is on the page.
export function listen_to_sending() {
  const form = document.querySelector("#composer")
  if (!form) return
  document.addEventListener("keydown", event => {
    const is_command = event.key === "Enter" && (event.ctrlKey || event.metaKey)
    if (!is_command || event.repeat || event.isComposing) return
    event.preventDefault()
    form.requestSubmit(form.querySelector(".df .pri"))
  })
}
