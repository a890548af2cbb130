"""A stuck report gets past the network: read out, shown to a tablet's camera, or as a file."""

import base64
import hashlib
import io
import re
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import expect

from tests.browser.loop.people import Worker
from tests.browser.loop.story import People, only_sqlite
from tests.browser.phone.outbox import entries, everything_is_refused

pytestmark = [pytest.mark.browser, only_sqlite]

KEPT = """async () => {
  const { rescue } = document.getElementById("on-this-phone").dataset
  const kept = await Promise.all([rescue, "/"].map(one => caches.match(one, { ignoreVary: true })))
  return kept.every(Boolean)
}"""
FRAME = re.compile(r"NAFUDA1:(\d+)/(\d+):([\w-]{8}):([\w-]+)")


def stuck(worker: Worker, note: str) -> bytes:
    """Refused for good; returns the envelope. Then the phone loses its network as well."""
    worker.scan()
    worker.is_ready_for_no_network()
    everything_is_refused(worker, 409, "report-differs")
    worker.tick(0)
    worker.tick(5)
    worker.write(note)
    worker.promise()
    worker.send(waits=False)
    worker.reads("届いていません。電話してください")
    worker.page.locator("#on-this-phone").wait_for()
    for _ in range(150):
        if worker.page.evaluate(KEPT):
            break
        worker.page.wait_for_timeout(200)
    worker.context.set_offline(True)
    (entry,) = entries(worker)
    return bytes(entry["bytes"], "utf-8")


NOT_KEPT = """async () => {
  const { rescue } = document.getElementById("on-this-phone").dataset
  for (const name of await caches.keys()) await (await caches.open(name)).delete(rescue)
}"""

# As another tab does it, so that the section is drawn anew.
PUT_OFF = """async () => {
  const { badge } = document.getElementById("on-this-phone").dataset
  const opened = await new Promise(done => {
    const opening = indexedDB.open("nafuda")
    opening.onsuccess = () => done(opening.result)
  })
  const draft = { draft: "d", badge_code: badge, at: Date.now(), checked: [["item", "CV-01"]] }
  opened.transaction("drafts", "readwrite").objectStore("drafts").put(draft)
  opened.close()
}"""


def test_what_is_not_on_the_phone_yet_says_to_call_and_stays(people: People) -> None:
    worker = people.worker()
    stuck(worker, "")
    worker.page.evaluate(NOT_KEPT)
    worker.page.locator("button[data-rescue]").first.click()
    notice = worker.page.locator("[data-no-rescue]").first
    expect(notice).to_be_visible()
    worker.page.evaluate(PUT_OFF)
    worker.page.locator("#drafts li").wait_for()
    expect(notice).to_be_visible()
    expect(notice).to_contain_text("電話")


def seen_by_a_camera(worker: Worker) -> str:
    picture = worker.page.locator("figure.qr").screenshot()
    (code,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))
    return str(code.text)


def all_frames(worker: Worker) -> list[str]:
    frames = [seen_by_a_camera(worker)]
    parts = FRAME.fullmatch(frames[0])
    assert parts
    for _ in range(int(parts[2]) - 1):
        worker.page.get_by_role("button", name="次へ").click()
        frames.append(seen_by_a_camera(worker))
    return frames


def joined(frames: list[str]) -> tuple[str, bytes]:
    read = [FRAME.fullmatch(frame) for frame in frames]
    assert [one and int(one[1]) for one in read] == list(range(1, len(frames) + 1))
    text = "".join(one[4] for one in read if one)
    assert read[0]
    return read[0][3], base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@pytest.mark.parametrize(("note", "parts"), [("", 1), ("先週も同じカードを買いに来ました", 2)])
def test_a_camera_reads_the_sealed_envelope_off_the_screen(
    people: People, note: str, parts: int
) -> None:
    worker = people.worker()
    envelope = stuck(worker, note)
    worker.page.locator("button[data-rescue]").first.click()
    frames = all_frames(worker)
    fingerprint, read = joined(frames)
    assert (len(frames), read) == (parts, envelope)
    digest = hashlib.sha256(envelope).digest()
    assert base64.urlsafe_b64encode(digest).decode().startswith(fingerprint)
    assert not note or note.encode() not in read


def test_what_is_read_out_is_enough_to_find_it_again(people: People, tmp_path: Path) -> None:
    worker = people.worker()
    envelope = stuck(worker, "")
    worker.go("/B/" + worker.code)
    worker.go("/")
    worker.page.locator("button[data-rescue]").first.click()
    view = worker.page.locator("[data-open]")
    digits = f"{int.from_bytes(hashlib.sha256(envelope).digest()[:4]) % 1_000_000:06}"
    expect(view.locator("[data-say=check]")).to_have_text(f"{digits[:3]}-{digits[3:]}")
    expect(view.locator("[data-say=badge]")).to_have_text(worker.badge["number"])
    expect(view.locator("[data-say=items]")).to_have_text(re.compile(r"^CV-\d\d CV-\d\d$"))
    assert worker.code not in view.inner_text()

    with worker.page.expect_download() as download:
        view.get_by_role("link", name="ファイルに書き出す").click()
    download.value.save_as(tmp_path / "report.txt")
    lines = (tmp_path / "report.txt").read_text("utf-8").split("\n")
    assert f"照合番号: {digits[:3]}-{digits[3:]}" in lines
    assert joined([line for line in lines if line.startswith("NAFUDA1")])[1] == envelope


def test_a_second_tap_closes_it(people: People) -> None:
    worker = people.worker()
    stuck(worker, "")
    opener = worker.page.locator("button[data-rescue]").first
    for shown in (1, 0):
        opener.click()
        expect(worker.page.locator("[data-open]")).to_have_count(shown)
