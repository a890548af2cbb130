// Frames of one stuck report, read in any order and more than once (docs/rescue.md).

const FRAME = /^NAFUDA1:(\d{1,3})\/(\d{1,3}):([\w-]{8}):[\w-]+$/

// `add` says how far it is; a frame of another report begins anew, and other codes are nothing.
export function collector() {
  let report = null
  let parts = new Map()
  const state = () => {
    const total = report ? Number(report.split(":")[0]) : 0
    return { have: parts.size, total, done: total > 0 && parts.size === total }
  }
  return {
    add(text) {
      const [, part, total, fp] = FRAME.exec(text) ?? []
      const place = Number(part)
      if (!fp || place < 1 || place > Number(total)) return state()
      if (report !== `${Number(total)}:${fp}`) parts = new Map()
      report = `${Number(total)}:${fp}`
      parts.set(place, text)
      return state()
    },
    frames: () => [...parts].sort(([one], [other]) => one - other).map(([, text]) => text),
  }
}
