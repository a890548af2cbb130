// Time that passes only when nothing else can happen: waiting for days costs milliseconds.

export function time_line(start) {
  let now = start
  let next_id = 1
  const busy = new Set()
  const timers = new Map()
  const line = {
    now: () => now,
    later(alive, call, wait = 0) {
      timers.set(next_id, { at: now + Math.max(0, wait), call, alive })
      return next_id++
    },
    never: id => { timers.delete(id) },
    // Real work that time has to wait for, unless its owner is dropped.
    track(promise, owner) {
      if (owner && !owner.alive) return promise
      const work = { owner }
      busy.add(work)
      const done = () => { busy.delete(work) }
      promise.then(done, done)
      return promise
    },
    drop(owner) {
      for (const work of busy) if (work.owner === owner) busy.delete(work)
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
      calm = busy.size ? 0 : calm + 1
      if (busy.size) await new Promise(resolve => setTimeout(resolve, 1))
    }
  }
  return line
}
