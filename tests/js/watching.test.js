import assert from "node:assert/strict"
import { test } from "node:test"
import { reason, watch } from "../../static/js/camera/watching.js"

const stage = () => {
  const track = { stopped: false, stop() { this.stopped = true } }
  const video = { hidden: true, srcObject: null, play: async () => {} }
  const mediaDevices = { getUserMedia: async () => ({ getTracks: () => [track] }) }
  Object.defineProperty(globalThis, "navigator", { value: { mediaDevices }, configurable: true })
  return { track, video, mediaDevices }
}

test("looks until it has seen enough, and puts the camera away", async () => {
  const { track, video } = stage()
  const seen = []
  await watch(video, async () => [`picture ${seen.length}`], texts => seen.push(...texts) === 2)
  assert.deepEqual(seen, ["picture 0", "picture 1"])
  assert.deepEqual([track.stopped, video.hidden, video.srcObject], [true, true, null])
})

test("stops as soon as nobody wants it", async () => {
  const { track, video } = stage()
  let looks = 0
  await watch(video, async () => [], () => { looks += 1 }, () => looks < 1)
  assert.equal(looks, 1)
  assert.equal(track.stopped, true)
})

test("puts the camera away when reading fails", async () => {
  const { track, video } = stage()
  await assert.rejects(watch(video, async () => { throw new Error("no picture") }, () => true))
  assert.equal(track.stopped, true)
})

test("where a browser has no camera to offer, there is none", async () => {
  Object.defineProperty(globalThis, "navigator", { value: {}, configurable: true })
  const error = await watch({}, async () => [], () => true).catch(thrown => thrown)
  assert.equal(reason(error), "missing")
})

const REASONS = {
  NotAllowedError: "denied", SecurityError: "denied",
  NotFoundError: "missing", OverconstrainedError: "missing",
  NotReadableError: "busy", AbortError: "busy",
  TypeError: "failed", Error: "failed",
}

for (const [name, expected] of Object.entries(REASONS)) {
  test(`${name} means that the camera is ${expected}`, () => assert.equal(reason({ name }), expected))
}
