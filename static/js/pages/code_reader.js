// Fetched when somebody wants to scan, since it carries a reader for browsers without one.
export { code_reader } from "../camera/reading.js"
