// Keys for the desk: the list, the report that is open, the search. One can switch them off, which
// this browser remembers; they never act while somebody types.
const KEPT = "desk-keys"
const TYPING = "input, textarea, select, [contenteditable]"
const ROWS = "#inbox .cl a[id]"

const ACTIONS = {
  a: () => document.querySelector("#alarm [id^='ring-'] a")?.click(),
  j: () => step(1),
  k: () => step(-1),
  r: () => document.querySelector("#detail .df a[href*='/instructions/new']")?.click(),
  t: () => document.querySelector("#detail form[action*='/claim']")?.requestSubmit(),
  "/": () => document.querySelector("#q")?.focus(),
  "?": () => dialog()?.showModal(),
}

const dialog = () => document.querySelector("#keys")

// Where a browser keeps nothing, the keys work until somebody loads the page again.
function is_on() {
  try {
    return localStorage.getItem(KEPT) !== "off"
  } catch {
    return true
  }
}

function remember(on) {
  try {
    localStorage.setItem(KEPT, on ? "on" : "off")
  } catch {
    // Nothing is kept; the switch then holds for this page only.
  }
}

function step(by) {
  const rows = [...document.querySelectorAll(ROWS)].filter(row => row.offsetParent)
  const focused = rows.indexOf(document.activeElement)
  const at = focused >= 0 ? focused : rows.findIndex(row => row.ariaCurrent)
  const next = at < 0 ? 0 : Math.min(Math.max(at + by, 0), rows.length - 1)
  rows[next]?.focus()
}

function press(event) {
  const is_ours = !event.ctrlKey && !event.altKey && !event.metaKey && !event.isComposing
  const action = ACTIONS[event.key.toLowerCase()]
  if (!action || !is_ours || event.repeat && !"jk".includes(event.key.toLowerCase())) return
  if (event.target.closest(TYPING) || dialog()?.open || !dialog()?.querySelector("input").checked) return
  event.preventDefault()
  action()
}

export function listen_to_keys() {
  const box = dialog()?.querySelector("input")
  if (!box) return
  box.checked = is_on()
  box.addEventListener("change", () => remember(box.checked))
  const button = document.querySelector("#show-keys")
  button.hidden = false
  button.addEventListener("click", () => dialog().showModal())
  document.addEventListener("keydown", press)
}
