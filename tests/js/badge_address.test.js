import assert from "node:assert/strict"
import { test } from "node:test"
import { badge_path } from "../../static/js/camera/badge_address.js"

const OURS = "https://nafuda.aonami.example"
const CODE = "7K3F9QXM2PA"

const accepted = [
  `${OURS}/B/${CODE}`,
  `${OURS}/b/${CODE}`,
  `${OURS}/B/${CODE.toLowerCase()}`,
  `${OURS}/B/${CODE}`.toUpperCase(),
  `HTTPS://Nafuda.Aonami.Example/b/7k3F9QXM2pa`,
]

for (const text of accepted) {
  test(`opens the badge of ${text}`, () => assert.equal(badge_path(text, OURS), `/B/${CODE}`))
}

test("an address with a port is ours only with that port", () => {
  assert.equal(badge_path(`http://127.0.0.1:8000/B/${CODE}`, "http://127.0.0.1:8000"), `/B/${CODE}`)
  assert.equal(badge_path(`http://127.0.0.1:8001/B/${CODE}`, "http://127.0.0.1:8000"), null)
})

const hostile = {
  "nothing": "",
  "a code alone": CODE,
  "a path alone": `/B/${CODE}`,
  "a script": "javascript:alert(1)",
  "a script that ends like a badge": `javascript:alert(1)//${OURS}/B/${CODE}`,
  "data": `data:text/html,${OURS}/B/${CODE}`,
  "a blob": `blob:${OURS}/B/${CODE}`,
  "source": `view-source:${OURS}/B/${CODE}`,
  "an intent": `intent://nafuda.aonami.example/B/${CODE}`,
  "no scheme": `//nafuda.aonami.example/B/${CODE}`,
  "plain http": `http://nafuda.aonami.example/B/${CODE}`,
  "another host": `https://evil.example/B/${CODE}`,
  "our host in another's path": `https://evil.example/${OURS}/B/${CODE}`,
  "our host as another's part": `https://nafuda.aonami.example.evil.example/B/${CODE}`,
  "another host that ends as ours": `https://evil-nafuda.aonami.example/B/${CODE}`,
  "a look-alike letter (Cyrillic а)": `https://nаfuda.aonami.example/B/${CODE}`,
  "a look-alike letter (Kelvin sign)": `https://nafuda.aonami.example/B/7\u212A3F9QXM2PA`,
  "a look-alike letter (long s)": `http\u017F://nafuda.aonami.example/B/${CODE}`,
  "full-width letters": "https://ｎａｆｕｄａ.aonami.example/B/" + CODE,
  "punycode": `https://xn--nfuda-3ve.aonami.example/B/${CODE}`,
  "a final dot": `https://nafuda.aonami.example./B/${CODE}`,
  "a port": `https://nafuda.aonami.example:8443/B/${CODE}`,
  "the usual port, written out": `https://nafuda.aonami.example:443/B/${CODE}`,
  "user info": `https://nafuda.aonami.example@evil.example/B/${CODE}`,
  "user info before us": `https://evil@nafuda.aonami.example/B/${CODE}`,
  "a backslash": `https://nafuda.aonami.example\\B\\${CODE}`,
  "a backslash host": `https:\\\\nafuda.aonami.example/B/${CODE}`,
  "another path": `${OURS}/office/B/${CODE}`,
  "a path that climbs": `${OURS}/x/../B/${CODE}`,
  "an encoded slash": `${OURS}%2FB%2F${CODE}`,
  "an encoded letter": `${OURS}/%42/${CODE}`,
  "an encoded code": `${OURS}/B/%37K3F9QXM2PA`,
  "a deeper path": `${OURS}/B/${CODE}/pairing`,
  "a final slash": `${OURS}/B/${CODE}/`,
  "a query": `${OURS}/B/${CODE}?next=https://evil.example`,
  "a fragment": `${OURS}/B/${CODE}#x`,
  "ten characters": `${OURS}/B/${CODE.slice(1)}`,
  "twelve characters": `${OURS}/B/${CODE}2`,
  "a character not in the alphabet": `${OURS}/B/0K3F9QXM2PA`,
  "a letter not in the alphabet": `${OURS}/B/IK3F9QXM2PA`,
  "a space before": ` ${OURS}/B/${CODE}`,
  "a line after": `${OURS}/B/${CODE}\n`,
  "a line between": `https://evil.example\n${OURS}/B/${CODE}`,
  "a null": `${OURS}/B/${CODE}\0`,
  "a stuck report's frame": "NAFUDA1:1/1:AAAAAAAA:part",
  "a wireless network": "WIFI:T:WPA;S:shop;P:secret;;",
  "a phone number": "tel:110",
}

for (const [what, text] of Object.entries(hostile)) {
  test(`opens nothing for ${what}`, () => assert.equal(badge_path(text, OURS), null))
}

test("opens nothing where the site itself has no origin", () => {
  assert.equal(badge_path(`null/B/${CODE}`, OURS), null)
})

test("takes the alphabet of our codes, and no other character", () => {
  const taken = Array.from({ length: 0x250 }, (_, n) => String.fromCharCode(n))
    .filter(one => badge_path(`${OURS}/B/${one}${CODE.slice(1)}`, OURS))
  assert.equal(taken.join(""), "23456789ABCDEFGHJKMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz")
})
