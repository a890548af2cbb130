// Base64url without padding (RFC 4648, section 5). Twin: app/sealing/base64url.py.

export function to_base64url(bytes) {
  const text = btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(""))
  return text.replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "")
}

export function from_base64url(text) {
  const binary = atob(text.replace(/-/g, "+").replace(/_/g, "/"))
  return Uint8Array.from(binary, character => character.charCodeAt(0))
}
