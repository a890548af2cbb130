import assert from "node:assert/strict"
import { mock, test } from "node:test"
import { LONGEST_TURN, take_turn } from "../../static/js/outbox/turns.js"

// Web Locks for one name, as far as we use them: taken in turn, given up while waiting, stolen.
function one_lock() {
  const queue = []
  let held = null
  const next = () => {
    if (held || !queue.length) return
    const { work, resolve, reject } = queue.shift()
    const mine = held = { reject }
    Promise.resolve().then(work).then(resolve, reject).finally(() => {
      if (held === mine) held = null
      next()
    })
  }
  const request = (name, { signal, steal }, work) => new Promise((resolve, reject) => {
    const waiter = { work, resolve, reject }
    if (steal) {
      held?.reject(new DOMException("stolen", "AbortError"))
      held = null
      queue.unshift(waiter)
    } else {
      queue.push(waiter)
      signal?.addEventListener("abort", () => {
        if (!queue.includes(waiter)) return
        queue.splice(queue.indexOf(waiter), 1)
        reject(signal.reason)
      })
    }
    next()
  })
  return { request }
}

const settled = () => new Promise(resolve => setImmediate(resolve))

async function with_clock(story) {
  mock.timers.enable({ apis: ["setTimeout"] })
  try {
    await story()
  } finally {
    mock.timers.reset()
  }
}

test("without locks everybody goes at once", async () => {
  assert.equal(await take_turn(undefined, async () => 7), 7)
})

test("with locks one goes after the other", async () => {
  const locks = one_lock()
  const steps = []
  const work = name => async () => {
    steps.push(`${name} begins`)
    await settled()
    steps.push(`${name} ends`)
    return name
  }
  const results = await Promise.all(["a", "b"].map(name => take_turn(locks, work(name))))
  assert.deepEqual(results, ["a", "b"])
  assert.deepEqual(steps, ["a begins", "a ends", "b begins", "b ends"])
})

test("a frozen page's turn is taken from it after a minute", () => with_clock(async () => {
  const locks = one_lock()
  const frozen = take_turn(locks, () => new Promise(() => {}))
  let done = false
  const other = take_turn(locks, async () => { done = true })
  await settled()
  mock.timers.tick(LONGEST_TURN - 1)
  await settled()
  assert.equal(done, false)
  mock.timers.tick(1)
  await other
  assert.equal(done, true)
  await assert.rejects(frozen, { name: "AbortError" })
}))

test("whoever has its turn may take longer than a minute", () => with_clock(async () => {
  const locks = one_lock()
  let finish
  const slow = take_turn(locks, () => new Promise(resolve => { finish = resolve }))
  await settled()
  mock.timers.tick(LONGEST_TURN * 5)
  finish("done")
  assert.equal(await slow, "done")
}))

test("what goes wrong in a turn is not tried twice", async () => {
  let times = 0
  const failing = take_turn(one_lock(), async () => {
    times += 1
    throw new Error("broken")
  })
  await assert.rejects(failing, /broken/)
  assert.equal(times, 1)
})
