// What an answer means for one entry. Only a matching receipt is an arrival, and only our own
// problem document is a refusal: anything else may come from a portal or a proxy, and is no answer.

// 422 is our word for a request that no repetition makes right.
const FINAL = [400, 409, 413, 422]

// entry: { report_id, fp }. `reason` is the last word of our problem type.
export function verdict(status, body, { report_id, fp }) {
  if (status === 200 || status === 201) {
    const ours = body?.report_id === report_id && body.fp === fp
    return { verdict: ours ? "acked" : "retry" }
  }
  const reason = /\/problems\/([\w-]+)$/.exec(body?.type)?.[1]
  if (status === 401 && reason === "unknown-device") return { verdict: "unknown-device", reason }
  return reason && FINAL.includes(status) ? { verdict: "parked", reason } : { verdict: "retry" }
}
