// What in a text looks like personal data: to warn about, never to block.
// Twin: app/reports/personal_data.py. No lookbehind, which older phones cannot even parse.

// Each captures what stands before, what is meant and, for a name, the word before さん or 様.
const PATTERNS = [
  ["email", /()([\w.+-]+@[\w.-]+\.\w+)/g],
  ["phone", /(^|\D)((?:0[5-9]0|0\d)(?:[-() の]{0,2}\d){8}(?!\d))/g],
  ["card", /(^|\D)(\d(?:[- ]?\d){12,15}(?!\d))/g],
  ["account", /((?:口座|番号|普通)\D{0,10})(\d{7,8}(?![\d円万]))/g],
  ["account", /(^|\D)(\d{7,8}(?=\D{0,10}(?:口座|番号)))/g],
  ["address", /()([\d一二三四五六七八九十]+丁目|\d+(?:番地|号室)|[㐀-鿿]\d{1,3}-\d{1,4}-\d{1,4}(?![\d-]))/g],
  ["name", /()(([々ヶ﨑㐀-鿿]{1,4})(?:さん|様(?![子々])|氏(?!名)|君|ちゃん|という(?=[人方男女名お。、」]|$)))/g],
]

// Roles, kinship and idioms: 店長さん, お母さん, 同様.
const NOBODY = /(^[子多有名赤屋]|[長員者客皆官師奥娘孫母父兄姉主家店社隣人彼同模仕異察]|[学先]生|近所|[^土守古]屋|息子|旦那|銀行|護士)$/

// [{ kind, start, end }] in the order of the text; start and end are string indices.
export function suspicions(text) {
  const plain = folded(text)
  const found = []
  for (const [kind, pattern] of PATTERNS) {
    for (const match of plain.matchAll(pattern)) {
      const [, before, meant, name] = match
      const start = match.index + before.length
      const end = start + meant.length
      const taken = found.some(other => other.start < end && start < other.end)
      if (!taken && !NOBODY.test(name)) found.push({ kind, start, end })
    }
  }
  return found.sort((one, other) => one.start - other.start)
}

// Full-width characters and the many dashes as ASCII, one for one, so that indices stay.
const folded = text =>
  text.replace(/[！-～　]/g, wide => wide.normalize("NFKC")).replace(/[‐-―−ーｰ]/g, "-")
