// What the reader decided, merged between devices: the newest decision about each key wins. A
// decision is its words and the second it was made: {"2501.17161": ["starred read", 1764037952]}.
// No words are a decision taken back: it is kept, so that older data from elsewhere does not undo it.
// Knows neither the page nor the storage.

// --- Decisions about any key: papers here, saved lists in lists.js

export const now = () => Math.floor(Date.now() / 1000);

const FARTHEST = 8.64e12; // the last second that a date can say
export const isDecision = (value) =>
  Array.isArray(value) && typeof value[0] === "string" && value[1] >= 0 && value[1] < FARTHEST;

export const wordsOf = (value) => (isDecision(value) ? value[0] : "");
const timeOf = (value) => (isDecision(value) ? value[1] : -1);

// Decides here and now, which is always later than what was decided before.
export function decide(entries, key, words, time = now()) {
  entries[key] = [words, Math.max(time, timeOf(entries[key]) + 1)];
}

// Takes in what was decided elsewhere. clean(key, words) answers the words as they are kept here,
// or null for what has no place here. Of two decisions of the same second the one later in the
// alphabet wins, so that devices agree whoever imports from whom; one from the future (a wrong
// clock) counts as made now. Returns how many keys have other words than before.
export function merge(entries, others, clean, time = now()) {
  let changed = 0;
  for (const [key, other] of Object.entries(others)) {
    const words = isDecision(other) ? clean(key, other[0]) : null;
    if (words === null) continue;
    const theirs = [words, Math.min(Math.trunc(other[1]), time)];
    if (!isNewer(theirs, entries[key])) continue;
    if (words !== wordsOf(entries[key])) changed += 1;
    entries[key] = theirs;
  }
  return changed;
}

const isNewer = (one, other) =>
  one[1] > timeOf(other) || (one[1] === timeOf(other) && one[0] > wordsOf(other));

// Keeps at most this many, giving up those of the least worth and among them the oldest. Whatever
// is worth Infinity stays.
export function forget(entries, most, worth) {
  const keys = Object.keys(entries);
  const order = (one, other) =>
    worth(entries[one]) - worth(entries[other]) || timeOf(entries[one]) - timeOf(entries[other]);
  const least = keys.filter((key) => worth(entries[key]) !== Infinity).sort(order);
  least.slice(0, Math.max(0, keys.length - most)).forEach((key) => delete entries[key]);
}

// --- Marks on papers

export const MARKS = ["starred", "read", "hidden"];
const MAX_PAPERS = 10_000;
const ARXIV_ID = /^(?:\d{4}\.\d{4,5}|[a-z][a-z-]{1,15}(?:\.[A-Z]{2})?\/\d{7})$/;

export const isId = (id) => ARXIV_ID.test(id);

const inOrder = (marks) => MARKS.filter((mark) => marks.includes(mark));
export const marksOf = (decision) => inOrder(wordsOf(decision).split(" "));
export const has = (decision, mark) => marksOf(decision).includes(mark);
const withStar = (marks) => [...marks.filter((mark) => mark !== "hidden"), "starred"];
const joined = (marks) => inOrder(marks).join(" ");

// Sets or takes back one mark. A star brings back what was hidden.
export function setMark(decisions, id, mark, on) {
  const others = marksOf(decisions[id]).filter((one) => one !== mark);
  const marks = !on ? others : mark === "starred" ? withStar(others) : [...others, mark];
  decide(decisions, id, joined(marks));
}

// Takes in decisions made elsewhere; returns how many papers changed.
export function mergeMarks(decisions, others) {
  return merge(decisions, others, (id, given) => (isId(id) ? joined(given.split(" ")) : null));
}

// Stars papers as of this second, unless something newer was decided; returns how many changed.
export function star(decisions, ids, time) {
  const starred = ids.map((id) => [id, [joined(withStar(marksOf(decisions[id]))), time]]);
  return mergeMarks(decisions, Object.fromEntries(starred));
}

// Of too many decisions forgets those taken back, then papers read or hidden; never a star.
export function forgetOldest(decisions) {
  forget(decisions, MAX_PAPERS, (one) => (has(one, "starred") ? Infinity : Math.sign(marksOf(one).length)));
}

// The papers with this mark, newest first as in every list, so that reading one does not move it.
export function marked(decisions, mark) {
  return Object.keys(decisions)
    .filter((id) => isId(id) && has(decisions[id], mark))
    .sort()
    .reverse();
}
