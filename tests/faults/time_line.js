// Time that passes only when nothing else can happen: waiting for days costs milliseconds.

export function time_line(start) {
  let now = start
  let next_id = 1
  let busy = 0
  const timers = new Map()
  const line = {
    now: () => now,
    later(alive, call, wait = 0) {
      timers.set(next_id, { at: now + Math.max(0, wait), call, alive })
      return next_id++
    },
    never: id => { timers.delete(id) },
    // Real work that time has to wait for.
    track(promise) {
      busy += 1
      const done = () => { busy -= 1 }
      promise.then(done, done)
      return promise
    },
    // Let it pass until `settled`, at most for `span` ms. Work under way longer than `patience`
    // real ms no longer holds time up.
    async pass(span, patience, settled) {
      const end = now + span
      for (;;) {
        await quiet(patience)
        if (settled()) return true
        const due = earliest()
        if (!due || due[1].at > end) {
          now = end
          return false
        }
        timers.delete(due[0])
        now = Math.max(now, due[1].at)
        if (due[1].alive()) due[1].call()
      }
    },
  }

  function earliest() {
    let found
    for (const timer of timers) if (!found || timer[1].at < found[1].at) found = timer
    return found
  }

  async function quiet(patience) {
    const deadline = performance.now() + patience
    for (let calm = 0; calm < 4 && performance.now() < deadline;) {
      await new Promise(resolve => setImmediate(resolve))
      calm = busy ? 0 : calm + 1
      if (busy) await new Promise(resolve => setTimeout(resolve, 1))
    }
  }
  return line
}
