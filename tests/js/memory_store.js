// The outbox of static/js/outbox/store.js in memory, with the same promises.
import { covered } from "../../static/js/outbox/coverage.js"
import { moved, new_entry } from "../../static/js/outbox/entry.js"

export function memory_store() {
  const outbox = new Map()
  const meta = new Map()
  const drafts = new Map()
  const entries = () => [...outbox.values()].map(entry => ({ ...entry }))
  const store = {
    async add(report) {
      const sent = entries().find(entry => entry.draft === report.draft)
      if (sent) return sent
      const next = (meta.get("device_seq") ?? 0) + 1
      const entry = new_entry(report, report.drill ? 0 : next)
      if (!report.drill) meta.set("device_seq", next)
      drafts.delete(report.draft)
      outbox.set(entry.report_id, entry)
      return entry
    },
    async mark_all(changes) {
      for (const [report_id, state, fields] of changes) {
        const entry = outbox.get(report_id)
        if (entry) outbox.set(report_id, moved(entry, state, fields))
      }
    },
    mark: (...change) => store.mark_all([change]),
    waiting: async () =>
      entries().filter(entry => ["sealed", "sending"].includes(entry.state) || entry.again),
    async cover(coverage, now) {
      const known = meta.get("epoch")
      const is_new = Boolean(known) && known !== coverage.epoch
      meta.set("epoch", coverage.epoch)
      for (const entry of entries()) {
        outbox.set(entry.report_id, covered(entry, is_new, coverage, now))
      }
      return is_new
    },
    get: async report_id => outbox.get(report_id),
    all: async () => entries(),
    keep_draft: async draft => { drafts.set(draft.draft, draft) },
    drafts: async () => [...drafts.values()],
    drop_draft: async draft => { drafts.delete(draft) },
    recall: async key => meta.get(key),
    remember: async (key, value) => { meta.set(key, value) },
    change: async (key, use) => { meta.set(key, use(meta.get(key))) },
  }
  return store
}
