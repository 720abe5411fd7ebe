// What the reader decided, with the second it was decided: {key: ["words", 1764037952]}. No words
// are a decision taken back: it is kept, so that older data from elsewhere does not undo it.
// The rule for two devices: the newest decision about each key wins.

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
