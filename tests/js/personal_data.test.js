import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"
import { suspicions } from "../../static/js/text/personal_data.js"

const path = new URL("../vectors/personal_data.json", import.meta.url)

for (const { text, found } of JSON.parse(readFileSync(path))) {
  test(`「${text}」 ${found.length ? "warns" : "does not warn"}`, () => {
    const seen = suspicions(text).map(({ kind, start, end }) => [kind, text.slice(start, end)])
    assert.deepEqual(seen, found)
  })
}
