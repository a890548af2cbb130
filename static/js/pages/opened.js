// An opened answer closes by itself: after two minutes in which nobody did anything, or as soon as
// the page is left.
const IDLE = 120_000
const back = document.querySelector("[data-closes-to]").dataset.closesTo
let timer

function close() {
  document.querySelector("main").remove()
  location.replace(back)
}

function wait() {
  clearTimeout(timer)
  timer = setTimeout(close, IDLE)
}

for (const sign of ["pointermove", "pointerdown", "keydown", "scroll"]) {
  addEventListener(sign, wait, { passive: true })
}
document.addEventListener("visibilitychange", () => { if (document.hidden) close() })
addEventListener("pageshow", ({ persisted }) => { if (persisted) close() })
wait()
