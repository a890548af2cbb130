// For the Python tests: node twin.js <module> <function> reads a JSON list of argument lists and
// writes the list of what the function returned.
import { readFileSync } from "node:fs"
import { pathToFileURL } from "node:url"

const [module_path, name] = process.argv.slice(2)
const module = await import(pathToFileURL(module_path))
const calls = JSON.parse(readFileSync(0, "utf8"))
const results = []
for (const call of calls) results.push(await module[name](...call))
process.stdout.write(JSON.stringify(results))
