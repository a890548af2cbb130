// Ticking badges to print: all at once, how many, and where on a begun sheet they will go.
const boxes = [...document.querySelectorAll("[name=badge]")]
const all = document.getElementById("all")
const chosen = document.getElementById("chosen")
const everything = document.getElementById("everything")
const paper = document.getElementById("paper")
const start = document.getElementById("start")
const begun = document.getElementById("begun")
const PLACES = { card: [2, 5], b8: [2, 4], a7: [1, 3], cr80: [1, 1] }

const count = () =>
  everything?.checked ? Number(everything.dataset.count) : boxes.filter(box => box.checked).length

const places = () => {
  const [columns, rows] = PLACES[paper.value]
  const beside = document.querySelector("[name=sides][value=beside]").checked
  return beside ? [1, columns === 2 ? rows : 0] : [columns, rows]
}

function draw() {
  const [columns, rows] = places()
  const first = Number(start.value)
  const last = first + count() - 1
  begun.dataset.columns = columns
  begun.replaceChildren(
    ...Array.from({ length: columns * rows }, (_, place) => {
      const cell = document.createElement("i")
      const number = place + 1
      cell.textContent = number
      cell.className = number < first ? "u" : number <= last ? "p" : ""
      return cell
    }),
  )
}

function show() {
  const [columns, rows] = places()
  for (const option of start.options) option.hidden = Number(option.value) > Math.max(columns * rows, 1)
  if (start.selectedOptions[0].hidden) start.value = "1"
  chosen.textContent = count()
  const trial = document.getElementById("trial")
  trial.href = trial.href.replace(/paper=\w+/, `paper=${paper.value}`)
  draw()
}

if (all) {
  all.hidden = false
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked
    show()
  })
}
begun.hidden = false
document.addEventListener("change", show)
show()
