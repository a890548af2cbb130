// The camera, for as long as somebody wants to see what it sees.
const PAUSE = 100

// Shows the camera in `video` and gives `see` the texts of every code in sight until it returns true,
// or `is_wanted` says no. Rejects with the browser's reason when there is no camera to be had.
export async function watch(video, read, see, is_wanted = () => true) {
  const camera = await camera_behind()
  try {
    await show(video, camera)
    while (is_wanted() && !see(await read(video))) await new Promise(next => setTimeout(next, PAUSE))
  } finally {
    for (const track of camera.getTracks()) track.stop()
    video.hidden = true
    video.srcObject = null
  }
}

async function camera_behind() {
  if (!navigator.mediaDevices) throw new DOMException("no camera here", "NotFoundError")
  return navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } })
}

async function show(video, camera) {
  video.srcObject = camera
  video.hidden = false
  await video.play()
}

// In which of a few ways it went wrong; each has its own sentence.
export function reason({ name }) {
  if (name === "NotAllowedError" || name === "SecurityError") return "denied"
  if (name === "NotFoundError" || name === "OverconstrainedError") return "missing"
  if (name === "NotReadableError" || name === "AbortError") return "busy"
  return "failed"
}
