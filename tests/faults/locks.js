// navigator.locks for the tabs of one phone: one holder at a time, in the order of asking. A tab
// that dies gives up what it holds and waits for.

export function lock_room() {
  let held = null
  const waiting = []

  function next() {
    while (!held && waiting.length) {
      const request = waiting.shift()
      if (request.tab.alive) grant(request)
      else request.settle(null)
    }
  }

  function grant(request) {
    held = request
    request.granted = true
    const done = () => {
      if (held === request) held = null
      next()
    }
    const work = request.work({ name: request.name })
    Promise.resolve(work).then(request.settle, request.fail).then(done)
    request.let_go = done
  }

  function give_up(request) {
    if (request.granted) return
    waiting.splice(waiting.indexOf(request), 1)
    request.fail(new DOMException("given up", "AbortError"))
  }

  return {
    of: tab => ({
      request(name, ...rest) {
        const [work, { signal, steal } = {}] = [rest.at(-1), rest.length > 1 ? rest[0] : {}]
        return new Promise((settle, fail) => {
          const request = { tab, name, work, settle, fail }
          if (steal) {
            held?.fail(new DOMException("stolen", "AbortError"))
            grant(request)
            return
          }
          signal?.addEventListener("abort", () => give_up(request))
          waiting.push(request)
          next()
        })
      },
    }),
    drop(tab) {
      if (held?.tab === tab) held.let_go()
      next()
    },
  }
}
