import assert from "node:assert/strict"
import { test } from "node:test"
import { verdict } from "../../static/js/outbox/verdict.js"

const ENTRY = { report_id: "r1", fp: "f1" }
const RECEIPT = { report_id: "r1", fp: "f1", receipt_no: "K-0387", seq: 387 }
const problem = word => ({ type: `/problems/${word}`, status: 400 })

for (const status of [200, 201]) {
  test(`${status} with our own receipt is an arrival`, () => {
    assert.deepEqual(verdict(status, RECEIPT, ENTRY), { verdict: "acked" })
  })
}

const NO_ANSWER = [
  ["a portal's page", 200, null],
  ["JSON that is no receipt", 200, { ok: true }],
  ["a receipt for another report", 201, { ...RECEIPT, report_id: "r2" }],
  ["a receipt for other bytes", 201, { ...RECEIPT, fp: "f2" }],
  ["a receipt under another 2xx", 202, RECEIPT],
  ["a receipt under an error", 500, RECEIPT],
  ["no connection", 0, undefined],
  ["a proxy's 400", 400, null],
  ["somebody else's problem", 400, { type: "about:blank" }],
  ["a type that only begins like ours", 409, { type: "/problems/x/more" }],
  ["a type that is no text", 400, { type: 7 }],
  ["somebody else's 401", 401, null],
  ["our sign-in page's 401", 401, problem("sign-in-needed")],
  ["unknown-device under another status", 403, problem("unknown-device")],
  ["a proxy's 422", 422, null],
  ["our 403", 403, problem("forbidden")],
  ["a misrouted 404", 404, problem("not-found")],
  ["our 429", 429, problem("too-many")],
  ["our 500", 500, problem("unexpected")],
]
for (const [what, status, body] of NO_ANSWER) {
  test(`${what} is tried again`, () => {
    assert.deepEqual(verdict(status, body, ENTRY), { verdict: "retry" })
  })
}

for (const [status, word] of [
  [400, "not-an-envelope"], [409, "report-differs"], [413, "too-large"], [422, "invalid"],
]) {
  test(`our own ${status} parks the report with its reason`, () => {
    assert.deepEqual(verdict(status, problem(word), ENTRY), { verdict: "parked", reason: word })
  })
}

for (const type of ["/problems/unknown-device", "https://nafuda.example/problems/unknown-device"]) {
  test(`401 ${type} asks for the badge`, () => {
    assert.deepEqual(verdict(401, { type }, ENTRY),
      { verdict: "unknown-device", reason: "unknown-device" })
  })
}
