// The phone's home: what still waits on this phone stands above what the centre has.
import { keep_sending } from "../outbox/sending.js"
import { keep_storage, notice_loss } from "../outbox/storage.js"
import { show_section, wire_section } from "../waiting/section.js"
import { tell_device } from "../worker/device.js"
import { keep_files, keep_pages } from "../worker/keeping.js"
import { register_worker } from "../worker/registration.js"

const { lastSeq, badge, rescue } = document.getElementById("on-this-phone").dataset
let count = 0

// What has arrived meanwhile stands in the centre's list, which only the server can tell.
async function show_home() {
  const { length } = await show_section()
  if (length < count) location.reload()
  count = length
}

// The number on the app's icon stands for what waits here; nothing does when nothing is shown.
const settle_app_badge = () =>
  document.querySelector(".ins") || navigator.clearAppBadge?.().catch(() => {})

async function begin() {
  settle_app_badge()
  await notice_loss(Number(lastSeq)).catch(() => {})
  const send = keep_sending(show_home)
  wire_section(send, show_home)
  if (badge) await keep_storage()
  await (badge ? tell_device() : register_worker())
  await keep_pages(["/"])
  await keep_files([rescue])
}

begin()
