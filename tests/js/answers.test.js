import assert from "node:assert/strict"
import { test } from "node:test"
import { keep_answer, kept_answer, send_answers } from "../../static/js/outbox/answers.js"
import { memory_store } from "./memory_store.js"

const NOW = 1_800_000_000_000
const ID = "019aba00-0000-7000-8000-000000000001"
const json = (status, body) => new Response(JSON.stringify(body), { status })
const right = async (path, { body }) =>
  json(200, { instruction_id: path.split("/")[3], slot: JSON.parse(body).slot })
const world = (store, fetch, now = () => NOW) => ({ store, fetch, now })

async function kept(slot = "1", was = "") {
  const store = memory_store()
  await keep_answer(store, ID, slot, was, NOW)
  return store
}

test("what was chosen goes, and is forgotten once the centre has named it", async () => {
  const store = await kept()
  assert.equal(await send_answers(world(store, right)), false)
  assert.equal(await kept_answer(store, ID), null)
})

for (const [what, fetch] of [
  ["nobody answers", async () => { throw new TypeError("no network") }],
  ["a portal answers with its page", async () => new Response("<html>", { status: 200 })],
  ["another choice is named", async () => json(200, { instruction_id: ID, slot: "2" })],
  ["somebody else's not-found", async () => json(404, { error: "no route" })],
  ["the phone isn't known any more", async () => json(401, { type: "/problems/unknown-device" })],
  ["the server is away", async () => json(503, { type: "/problems/busy" })],
]) {
  test(`it waits on when ${what}`, async () => {
    const store = await kept()
    assert.equal(await send_answers(world(store, fetch)), true)
    assert.equal((await kept_answer(store, ID)).refused, undefined)
  })
}

test("what the centre refuses waits no more, and its reason is kept to be shown", async () => {
  const store = await kept()
  const refuse = async () => json(409, { type: "/problems/conflict", title: "その時間は過ぎました。" })
  assert.equal(await send_answers(world(store, refuse)), false)
  assert.equal((await kept_answer(store, ID)).refused, "その時間は過ぎました。")
  let asked = 0
  await send_answers(world(store, async () => { asked += 1 }))
  assert.equal(asked, 0)
})

test("the newest press goes, and names what this phone sent before", async () => {
  const store = await kept("1")
  await keep_answer(store, ID, "2", "", NOW + 1)
  await keep_answer(store, ID, "3", "1", NOW + 2)
  let sent
  await send_answers(world(store, (path, options) => {
    sent = JSON.parse(options.body)
    return right(path, options)
  }))
  assert.deepEqual(sent, { slot: "3", seen: ["1", "2"] })
})

test("a press while the last one is on its way stays", async () => {
  const store = await kept("1")
  await send_answers(world(store, async (...request) => {
    await keep_answer(store, ID, "2", "", NOW + 5)
    return right(...request)
  }))
  assert.equal((await kept_answer(store, ID)).slot, "2")
})
