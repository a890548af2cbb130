// The badge's page: count, warn, seal and keep. Sending loads after this (report_later.js), so that
// a report is safe on the phone before anything else has arrived.
import { uuid7 } from "../outbox/entry.js"
import { add, recall, remember } from "../outbox/store.js"
import { seal } from "../sealing/seal.js"

const data = JSON.parse(document.getElementById("page-data").textContent)
const form = document.getElementById("report")
const by_id = id => document.getElementById(id)
const NOTE_LENGTH = 120
form.dataset.draft = uuid7()

const ticked = () => ticked_boxes().map(box => box.value)
const note = () => by_id("note").value.trim()
// The check for names and numbers arrives a little later than the form.
const is_suspicious = () => form.suspicions?.(note()).length > 0

function answers() {
  const given = {}
  for (const [name, code] of new FormData(form)) {
    const question = name.startsWith("answer-") && name.slice(7)
    if (!question) continue
    const many = form.querySelector(`[name="${name}"]`).type === "checkbox"
    given[question] = many ? [...given[question] ?? [], code] : code
  }
  return given
}

// The rules arrive a little later too; until then a sign that shows what to do at once is urgent.
const is_urgent = () => form.is_urgent?.(ticked(), answers()) ?? ticked_boxes().some(shows_aid)
const ticked_boxes = () => [...form.querySelectorAll("[name=item]:checked")]
const shows_aid = box => box.closest("label").nextElementSibling?.matches(".aid") ?? false

function refresh() {
  const urgent = is_urgent()
  by_id("call-110").hidden = !urgent
  by_id("count").hidden = urgent
  by_id("count").firstChild.textContent = ticked().length
  by_id("note-warning").hidden = by_id("note-choice").hidden = !is_suspicious()
}

function missing() {
  const fine = form.elements.note_is_fine.checked
  return {
    tick: !ticked().length,
    promise: !data.agreed && !form.elements.agreed_version?.checked,
    note: is_suspicious() && !fine,
    long: note().length > NOTE_LENGTH,
  }
}

function complain(reasons) {
  const notice = by_id("missing")
  for (const line of notice.querySelectorAll("[data-missing]")) {
    line.hidden = !reasons[line.dataset.missing]
  }
  notice.hidden = !Object.values(reasons).some(Boolean)
  if (!notice.hidden) notice.focus()
  return !notice.hidden
}

async function keep() {
  const report_id = uuid7()
  const context = { network_id: data.network, object_id: report_id, purpose: "report", field: "note" }
  const sealed = note() ? await seal(note(), data.sealing, context) : null
  if (!data.agreed) {
    await remember(`agreement-${data.badge}`, { agreed_version: data.secrecy, done: false })
  }
  return add({
    draft: form.dataset.draft, badge_code: data.badge, urgent: is_urgent(), report_id, at: Date.now(),
    checklist: data.checklist, items: ticked(), answers: answers(), sealed, drill: data.drill,
  })
}

function show_kept(entry) {
  by_id("report").hidden = true
  by_id("saved").append(by_id("tel"))
  by_id("saved").hidden = false
  by_id("saved-at").textContent = new Date(entry.at).toTimeString().slice(0, 5)
  scrollTo(0, 0)
  by_id("saved").querySelector("[role=status]").focus()
  by_id("saved").dataset.report = entry.report_id
  document.dispatchEvent(new Event("kept"))
}

form.addEventListener("input", refresh)
form.addEventListener("submit", async event => {
  if (event.submitter?.formAction.endsWith("/checklist")) return
  event.preventDefault()
  if (complain(missing())) return
  try {
    show_kept(await keep())
  } catch {
    // No storage here (private window, full disk): the plain form still works.
    form.send_unsaved ? form.send_unsaved() : form.submit()
  }
})

recall(`agreement-${data.badge}`).then(known => {
  if (known?.agreed_version !== data.secrecy) return
  data.agreed = true
  by_id("promise")?.remove()
}, () => {})
form.refresh = refresh
addEventListener("pageshow", refresh)
refresh()
