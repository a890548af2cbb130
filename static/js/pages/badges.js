// Ticking badges to print: all at once, and how many.
const boxes = [...document.querySelectorAll("[name=badge]")]
const all = document.getElementById("all")
const chosen = document.getElementById("chosen")

const count = () => {
  chosen.textContent = boxes.filter(box => box.checked).length
}

if (all) {
  all.hidden = false
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked
    count()
  })
}
document.addEventListener("change", count)
count()
