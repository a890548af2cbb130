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
  const read = await code_reader()
  await collect(read)
  for (const track of camera.getTracks()) track.stop()
  video.hidden = true
}

async function collect(read) {
  const collected = collector()
  for (let state = {}; !state.done;) {
    for (const text of await read(video)) state = collected.add(text)
    if (state.have) tell(state.done ? box.dataset.all : box.dataset.some, state)
    await new Promise(next => setTimeout(next, PAUSE))
  }
  document.getElementById("frames").value = collected.frames().join("\n")
  document.getElementById("badge").focus()
}

box.hidden = false
document.getElementById("scan").addEventListener("click", async ({ currentTarget: button }) => {
  button.disabled = true
  tell(box.dataset.none)
  await scan().catch(() => tell(box.dataset.refused))
  button.disabled = false
})
