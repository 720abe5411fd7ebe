// Access to everything that this browser stores for the reader; only before-paint.js reads it
// directly. Each name ("marks", "lists", "settings") is one item of localStorage: {"version": 1,
// "entries": {…}}. A single value ("theme", "newest-day-seen") is an item of plain text. The module
// that uses a name validates its entries.

const VERSION = 1;
const LONGEST = 1_500_000; // characters of one item; browsers give a site about five million

const unsaved = new Map(); // values that could not be stored last until the page is left

const itemOf = (name) => `duizhao.${name}`;

// Returns the text under this name; null if there is none.
export function readText(name) {
  if (unsaved.has(name)) return unsaved.get(name);
  try {
    return localStorage.getItem(itemOf(name));
  } catch {
    return null; // storage is blocked
  }
}

function keepForThisPage(name, text) {
  unsaved.set(name, text);
  return false;
}

// Stores a text under this name; an empty one removes the item. Returns false if the text could
// only be kept for this page.
export function writeText(name, text) {
  try {
    if (text) localStorage.setItem(itemOf(name), text);
    else localStorage.removeItem(itemOf(name));
    unsaved.delete(name);
    return true;
  } catch {
    return keepForThisPage(name, text);
  }
}

export const isObject = (value) =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function entriesOf(text) {
  try {
    const item = JSON.parse(text);
    return item.version === VERSION && isObject(item.entries) ? item.entries : null;
  } catch {
    return null;
  }
}

// Returns the entries under this name; none if nothing readable is stored.
export function read(name) {
  return entriesOf(readText(name)) ?? {};
}

// Changes the entries under this name, starting from what other tabs wrote last. Returns false if
// the change could only be kept for this page.
export function change(name, edit) {
  const before = readText(name);
  const entries = entriesOf(before) ?? {};
  edit(entries);
  const text = JSON.stringify({ version: VERSION, entries });
  const mayReplace = text.length <= LONGEST && (!before || entriesOf(before) || setAside(name, before));
  return mayReplace ? writeText(name, text) : keepForThisPage(name, text);
}

// An unreadable item is not lost: it is stored under another name before it is replaced.
const setAside = (name, text) => writeText(`${name}.unreadable`, text);

// Calls back when another tab changes stored data, and when the page returns from the back/forward
// cache, where it missed such changes.
export function onChangeElsewhere(callback) {
  addEventListener("storage", (event) => {
    if (event.key === null || event.key.startsWith(itemOf(""))) callback();
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) callback();
  });
}

// Deletes everything that is stored for the reader.
export function forgetAll() {
  unsaved.clear();
  try {
    const ours = Object.keys(localStorage).filter((item) => item.startsWith(itemOf("")));
    ours.forEach((item) => localStorage.removeItem(item));
  } catch {
    // storage is blocked, so nothing was stored
  }
}
