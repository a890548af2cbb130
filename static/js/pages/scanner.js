// The desk's scanner: shows what it has read so far, and puts it where the form takes it from.
import { collector } from "../rescue/collecting.js"
import { code_reader } from "../rescue/reading.js"

const PAUSE = 100
const box = document.getElementById("scanner")
const video = document.getElementById("camera")
const told = document.getElementById("scanned")

const tell = (words, { have = 0, total = 0 } = {}) => {
  told.textContent = words.replace("{n}", have).replace("{total}", total)
}

async function scan() {
  const camera = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } })
  video.srcObject = camera
  video.hidden = false
  await video.play()
  const frames = await collect(await code_reader())
  for (const track of camera.getTracks()) track.stop()
  video.hidden = true
  return frames
}

async function collect(read) {
  const collected = collector()
  for (let state = {}; !state.done;) {
    await new Promise(next => setTimeout(next, PAUSE))
    for (const text of await read(video)) state = collected.add(text)
    if (state.have && !state.done) tell(box.dataset.some, state)
  }
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
