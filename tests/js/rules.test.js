import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"
import { guidance_of, urgency_of } from "../../static/js/checklists/rules.js"

const path = new URL("../vectors/rules.json", import.meta.url)
const { checklist, urgency, other_rules, guidance } = JSON.parse(readFileSync(path))
const items = Object.fromEntries(checklist.items.map(item => [item.id, item.urgency]))

for (const { rules = checklist.rules, ticked, answers, urgency: expected } of
  [...urgency, ...other_rules]) {
  test(`[${ticked}] with ${JSON.stringify(answers)} is ${expected}`, () => {
    assert.equal(urgency_of(rules, items, ticked, answers), expected)
  })
}

for (const { ticked, answers, guidance: expected } of guidance) {
  test(`[${ticked}] with ${JSON.stringify(answers)} has its guidance`, () => {
    assert.deepEqual(guidance_of(checklist, ticked, answers), expected)
  })
}
