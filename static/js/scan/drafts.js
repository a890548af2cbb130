// あとで: what was ticked and when, kept in two taps to be finished later. Never what was written.
import { drafts, keep_draft } from "../outbox/store.js"
import { when } from "../waiting/labels.js"
import { show_section } from "../waiting/section.js"
import { send_unsaved } from "./unsaved.js"

const by_id = id => document.getElementById(id)
const form = by_id("report")
const NOT_KEPT = ["agreed_version", "note_is_fine"]

export async function offer_drafts() {
  by_id("write-later").addEventListener("click", () => write_later().catch(send_unsaved))
  form.addEventListener("input", show_button)
  addEventListener("hashchange", take_up)
  await take_up()
  show_button()
}

function show_button() {
  by_id("write-later").hidden = !form.querySelector("[name=item]:checked")
}

const checked = () => [...form.querySelectorAll("input:checked")]
  .map(({ name, value }) => [name, value]).filter(([name]) => !NOT_KEPT.includes(name))

async function write_later() {
  const { draft } = form.dataset
  const known = (await drafts()).find(one => one.draft === draft)
  const badge_code = by_id("on-this-phone").dataset.badge
  const at = known?.at ?? Date.now()
  await keep_draft({ draft, badge_code, at, checked: checked() })
  const notice = by_id("draft-kept")
  notice.querySelector("time").textContent = when(at)
  notice.hidden = false
  scrollTo(0, 0)
  notice.focus()
  await show_section()
}

// #draft-…: its ticks come back, and sending consumes it.
async function take_up() {
  const wanted = location.hash.replace("#draft-", "")
  const draft = (await drafts()).find(one => one.draft === wanted)
  if (!draft) return
  form.dataset.draft = draft.draft
  for (const [name, value] of draft.checked) {
    const box = form.querySelector(`input[name="${CSS.escape(name)}"][value="${CSS.escape(value)}"]`)
    if (box) box.checked = true
    if (box?.closest("details")) box.closest("details").open = true
  }
  form.refresh()
  form.querySelector("[name=item]:checked")?.scrollIntoView({ block: "center" })
}
