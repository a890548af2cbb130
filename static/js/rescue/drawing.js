// A QR code as a drawing, one path of unit squares with a quiet zone of four around it.
import qrcode from "qrcode-generator"

const SVG = "http://www.w3.org/2000/svg"
const QUIET = 4

// ASCII text; the smallest version that holds it, with the least correction: it is shown on glass.
export function modules(text) {
  const code = qrcode(0, "L")
  code.addData(text, "Byte")
  code.make()
  const side = code.getModuleCount()
  return Array.from({ length: side }, (_, row) =>
    Array.from({ length: side }, (_, column) => code.isDark(row, column)))
}

export function drawing(text) {
  const rows = modules(text)
  const side = rows.length + 2 * QUIET
  const path = rows.flatMap((row, y) => row.map((dark, x) =>
    dark ? `M${x + QUIET} ${y + QUIET}h1v1h-1z` : "")).join("")
  const svg = document.createElementNS(SVG, "svg")
  svg.setAttribute("viewBox", `0 0 ${side} ${side}`)
  svg.setAttribute("shape-rendering", "crispEdges")
  svg.append(document.createElementNS(SVG, "path"))
  svg.firstChild.setAttribute("d", path)
  return svg
}
