// A customer at the counter: the bar shows it, and where somebody asked for sound in this browser,
// it rings. A browser may hold the sound back until the page is touched; that is said.
const KEY = "nafuda-alarm-sound"
const EVERY = 3_000
const TONES = [[880, 0], [660, 0.25], [880, 0.5]]
let audio

const wants_sound = () => localStorage.getItem(KEY) === "on"
const sounding = () => Number(document.querySelector("#alarm")?.dataset.sounding ?? 0)

export function ring() {
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("button[data-sound]")
    if (button) localStorage.setItem(KEY, wants_sound() ? "off" : "on")
    if (wants_sound()) wake().then(() => button && play())
    show()
  })
  if (wants_sound()) wake()
  show()
  setInterval(show, 500)
  setInterval(() => sounding() && wants_sound() && play(), EVERY)
}

async function wake() {
  audio ??= new AudioContext()
  if (audio.state === "suspended") await Promise.race([audio.resume(), new Promise(go => setTimeout(go, 300))])
}

// Fetching the bar again brings back what the server knows, so this is set on the page itself.
function show() {
  const blocked = wants_sound() && sounding() > 0 && audio?.state !== "running"
  const state = !wants_sound() ? "off" : blocked ? "blocked" : "on"
  document.documentElement.dataset.sound = state
  for (const button of document.querySelectorAll("button[data-sound]")) {
    button.setAttribute("aria-pressed", String(wants_sound()))
  }
}

function play() {
  if (audio?.state !== "running") return
  for (const [pitch, after] of TONES) {
    const tone = audio.createOscillator()
    const volume = audio.createGain()
    volume.gain.value = 0.2
    tone.frequency.value = pitch
    tone.connect(volume).connect(audio.destination)
    tone.start(audio.currentTime + after)
    tone.stop(audio.currentTime + after + 0.2)
  }
}
