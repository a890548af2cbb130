// An open page of the desk says so every 20 seconds; the page of a report, while it is in sight,
// that a person has it before them.
const EVERY = 20_000

export function stay_present() {
  say_present()
  setInterval(say_present, EVERY)
  document.addEventListener("visibilitychange", () => document.hidden || say_present())
}

function say_present() {
  const report = document.hidden ? null : document.querySelector("#detail[data-report]")
  const path = report ? `/desk/reports/${report.dataset.report}/opening` : "/desk/presence"
  fetch(path, { method: "POST" }).catch(() => {})
}
