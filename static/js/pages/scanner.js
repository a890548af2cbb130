// The desk's scanner: shows what it has read so far, and puts it where the form takes it from.
import { code_reader } from "../camera/reading.js"
import { watch } from "../camera/watching.js"
import { collector } from "../rescue/collecting.js"

const box = document.getElementById("scanner")
const video = document.getElementById("camera")
const told = document.getElementById("scanned")

const tell = (words, { have = 0, total = 0 } = {}) => {
  told.textContent = words.replace("{n}", have).replace("{total}", total)
}

async function scan() {
  const collected = collector()
  await watch(video, await code_reader(), texts => {
    const states = texts.map(text => collected.add(text))
    const { have = 0, total, done } = states.at(-1) ?? {}
    if (have && !done) tell(box.dataset.some, { have, total })
    return done
  })
  return collected.frames()
}

// Only once the picture is gone, so that nothing moves under the finger that presses next.
function fill_in(frames) {
  document.getElementById("frames").value = frames.join("\n")
  tell(box.dataset.all)
  document.getElementById("badge").focus()
}

box.hidden = false
document.getElementById("scan").addEventListener("click", async ({ currentTarget: button }) => {
  button.disabled = true
  tell(box.dataset.none)
  await scan().then(fill_in, () => tell(box.dataset.refused))
  button.disabled = false
})
