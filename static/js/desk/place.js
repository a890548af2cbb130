// After a form was sent, the focus is on what was refused; else where it was, on the same control
// of the new page; else on what that page is about.
const KEPT = "desk-place"

const name_of = form => form.getAttribute("action")

const is_refused = () => performance.getEntriesByType("navigation")[0]?.responseStatus >= 400

function find(place) {
  const refusal = is_refused() && document.querySelector("[role=alert]")
  if (refusal) return refusal
  const forms = [...document.querySelectorAll("main form, aside form")]
  const form = forms.find(one => name_of(one) === place)
  return form?.querySelector("button:not([hidden])") ?? document.querySelector("#detail h2") ??
    document.querySelector("main h1")
}

function go_back_to(place) {
  const found = find(place)
  if (!found) return
  if (!found.matches("button")) found.tabIndex = -1
  found.focus()
}

export function keep_place() {
  try {
    const place = sessionStorage.getItem(KEPT)
    sessionStorage.removeItem(KEPT)
    if (place) go_back_to(place)
    document.addEventListener("submit", ({ target }) => {
      if (target.method === "post") sessionStorage.setItem(KEPT, name_of(target))
    })
  } catch {
    // Where a browser keeps nothing, each page begins at its top.
  }
}
