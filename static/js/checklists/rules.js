// From ticks and answers to urgency and guidance, offline. Twin: app/checklists/rules.py.
// Both read the same rules data and pass the same cases (tests/vectors/rules.json).

// The first rule that holds decides. An id nobody knows counts as least urgent.
export function urgency_of(rules, items, ticked, answers) {
  const lowest = rules.order[0]
  const levels = once(ticked).map(id => items[id] ?? lowest)
  const rule = rules.urgency.find(({ when }) => holds(when, levels, answers))
  return rule ? rule.then : lowest
}

// The most urgent item first, then in the order of ticking. At most six things to do.
// C110 is always a call and calls are never cut, so it cannot be lost.
export function guidance_of({ rules, items, actions }, ticked, answers) {
  const by_id = Object.fromEntries(items.map(item => [item.id, item]))
  const urgencies = Object.fromEntries(items.map(item => [item.id, item.urgency]))
  const rank = item => rules.order.indexOf(item.urgency)
  const chosen = once(ticked).filter(id => by_id[id]).map(id => by_id[id])
    .sort((one, other) => rank(other) - rank(one))
  const first = chosen[0]?.id ?? null
  const codes = once(chosen.flatMap(item => item.do))
  const kind = code => code === "C110" ? "call" : actions[code]?.kind
  return {
    urgency: urgency_of(rules, urgencies, ticked, answers),
    item: first,
    say: first,
    do: codes.filter(code => kind(code) === "do").slice(0, 6),
    call: codes.filter(code => kind(code) === "call"),
    dont: once(chosen.flatMap(item => item.dont)),
  }
}

function holds({ items = {}, answer = {} }, levels, answers) {
  const count = level => levels.filter(each => each === level).length
  return Object.entries(items).every(([level, least]) => count(level) >= least)
    && Object.entries(answer).every(([question, codes]) =>
      [answers[question]].flat().some(code => codes.includes(code)))
}

const once = values => [...new Set(values)]
