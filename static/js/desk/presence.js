// Tells that a report is open here, and that somebody writes: never what they write.
const EVERY = 10_000
let told_at = -EVERY

const place = () => document.querySelector("[data-presence]")?.dataset.presence

function tell(signs) {
  const body = new URLSearchParams(signs)
  fetch(place(), { method: "POST", body, redirect: "manual" }).catch(() => {})
}

function tell_writing() {
  if (!place() || performance.now() - told_at < EVERY) return
  told_at = performance.now()
  tell({ writing: "1" })
}

export function tell_presence() {
  if (!place()) return
  tell({})
  document.addEventListener("input", tell_writing)
}
