// Merges the reader's decisions between devices: the newest decision about each key wins. A
// decision is its words and the time in seconds: {"2501.17161": ["starred read", 1764037952]}.
// Empty words mean that a decision was undone. It is kept, so that older data does not bring the
// decision back. A third value, if there is one, is the time when a star was set, which marks that
// were added later do not move: ["starred read", 1764037952, 1764030000]. Uses neither the page nor
// the storage.

// --- Decisions about any key: papers here, lists in followed-lists.js

export const now = () => Math.floor(Date.now() / 1000);

const FARTHEST = 8.64e12; // the last second that a Date can represent
const isTime = (value) => value >= 0 && value < FARTHEST;
export const isDecision = (value) =>
  Array.isArray(value) && typeof value[0] === "string" && isTime(value[1]);

export const wordsOf = (value) => (isDecision(value) ? value[0] : "");
export const timeOf = (value) => (isDecision(value) ? value[1] : -1);

// Records a decision made now; its time is always later than that of the decision before.
export function decide(entries, key, words, time = now()) {
  entries[key] = [words, Math.max(time, timeOf(entries[key]) + 1)];
}

// Merges decisions made elsewhere. clean(key, words) returns the words to store, or null for an
// invalid key. Of two decisions with the same time, the one later in the alphabet wins, so that all
// devices agree in any order of imports. A time in the future (a wrong clock) counts as now.
// Returns how many keys changed their words.
export function merge(entries, others, clean, time = now()) {
  let changed = 0;
  for (const [key, other] of Object.entries(others)) {
    const words = isDecision(other) ? clean(key, other[0]) : null;
    if (words === null) continue;
    const theirs = [words, ...other.slice(1, 3).filter(isTime).map((one) => Math.min(Math.trunc(one), time))];
    if (!isNewer(theirs, entries[key])) continue;
    if (words !== wordsOf(entries[key])) changed += 1;
    entries[key] = theirs;
  }
  return changed;
}

const isNewer = (one, other) =>
  one[1] > timeOf(other) || (one[1] === timeOf(other) && one[0] > wordsOf(other));

// Keeps at most this many entries. Deletes those of the least worth first, and of equals the
// oldest. Entries with a worth of Infinity are always kept.
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

// Sets or removes one mark. A star also removes "hidden".
export function setMark(decisions, id, mark, on) {
  const others = marksOf(decisions[id]).filter((one) => one !== mark);
  const marks = !on ? others : mark === "starred" ? withStar(others) : [...others, mark];
  const starred = marks.includes("starred") ? starredBefore(decisions[id]) : [];
  decide(decisions, id, joined(marks));
  decisions[id].push(...starred);
}

// Returns the time when a starred paper was starred.
export const starTime = (decision) => (isTime(decision?.[2]) ? decision[2] : timeOf(decision));

// Merges marks made elsewhere; returns how many papers changed.
export function mergeMarks(decisions, others) {
  return merge(decisions, others, (id, given) => (isId(id) ? joined(given.split(" ")) : null));
}

const starredBefore = (decision) => (has(decision, "starred") ? [starTime(decision)] : []);

// Stars papers at this time, unless there is a newer decision; returns how many changed.
export function star(decisions, ids, time) {
  const starred = ids.map((id) => [id, [joined(withStar(marksOf(decisions[id]))), time, ...starredBefore(decisions[id])]]);
  return mergeMarks(decisions, Object.fromEntries(starred));
}

// If there are too many decisions, deletes undone ones first, then papers read or hidden; never a
// star.
export function forgetOldest(decisions) {
  forget(decisions, MAX_PAPERS, (one) => (has(one, "starred") ? Infinity : Math.sign(marksOf(one).length)));
}

// Returns the papers with this mark: starred ones by the time of the star, last first; others newest
// first as in all lists, so that reading one does not move it.
export function marked(decisions, mark) {
  const ids = Object.keys(decisions)
    .filter((id) => isId(id) && has(decisions[id], mark))
    .sort()
    .reverse();
  if (mark !== "starred") return ids;
  return ids.sort((one, other) => starTime(decisions[other]) - starTime(decisions[one]));
}
