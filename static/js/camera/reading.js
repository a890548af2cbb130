// QR codes in a picture: the browser's own reader where it really has one, else jsQR.
import jsQR from "jsqr"

// Resolves to a function that takes a playing video and resolves to texts.
export async function code_reader() {
  const own = window.BarcodeDetector
  const formats = own ? await own.getSupportedFormats() : []
  if (!formats.includes("qr_code")) return by_library()
  const detector = new own({ formats: ["qr_code"] })
  return async video => (await detector.detect(video)).map(code => code.rawValue)
}

function by_library() {
  const canvas = document.createElement("canvas")
  const picture = canvas.getContext("2d", { willReadFrequently: true })
  return async video => {
    const { videoWidth: width, videoHeight: height } = video
    Object.assign(canvas, { width, height })
    picture.drawImage(video, 0, 0)
    const { data } = picture.getImageData(0, 0, width, height)
    const code = jsQR(data, width, height, { inversionAttempts: "dontInvert" })
    return code ? [code.data] : []
  }
}
