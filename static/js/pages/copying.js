// One press copies a text. Without a script, or without the right to copy, it can be selected.
const button = document.querySelector("[data-copy]")
const source = document.querySelector(button.dataset.copy)

async function copy() {
  source.select()
  try {
    await navigator.clipboard.writeText(source.value)
    document.querySelector("#copied").textContent = button.dataset.done
  } catch {
    source.focus()
  }
}

button.hidden = !navigator.clipboard
button.addEventListener("click", copy)
