// Clocks of the screen that waits: since when somebody looks, and how long until 110 comes first.
// They go on from what the server said, so that a phone whose clock is wrong shows the same.
let timer

export function run_clocks(main) {
  clearInterval(timer)
  const began = performance.now()
  const clocks = [...main.querySelectorAll(".clk")]
  const tick = () => clocks.forEach(clock => show(clock, Math.floor((performance.now() - began) / 1000)))
  if (clocks.length) timer = setInterval(tick, 500)
}

function show(clock, passed) {
  const { elapsed, left } = clock.dataset
  const seconds = left === undefined ? Number(elapsed) + passed : Math.max(0, left - passed)
  const text = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`
  if (clock.textContent !== text) clock.textContent = text
  if (left !== undefined && seconds === 0) police_first()
}

// Also where the network is gone: whatever the desk does by now, the worker doesn't wait for it.
function police_first() {
  const place = document.getElementById("police-first")
  if (!place?.hidden) return
  place.hidden = false
  document.getElementById("calling").hidden = true
}
