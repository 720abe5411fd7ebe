// The one door to what this browser keeps for the reader; before-paint.js alone reads beside it.
// Each name ("marks", "lists", "settings") is one item of localStorage: {"version": 1, "entries":
// {…}}. A single value ("theme", "newest-day-seen") is an item of plain text. Who owns a name checks
// what is kept under it.

const VERSION = 1;
const LONGEST = 1_500_000; // characters of one item; browsers give a site about five million

const unsaved = new Map(); // what could not be written lives as long as the page

const itemOf = (name) => `duizhao.${name}`;

// The text under this name; null where none is kept.
export function readText(name) {
  if (unsaved.has(name)) return unsaved.get(name);
  try {
    return localStorage.getItem(itemOf(name));
  } catch {
    return null; // storage is forbidden
  }
}

function keepForThisPage(name, text) {
  unsaved.set(name, text);
  return false;
}

// Keeps a text under this name; an empty one removes the item.
// False where the browser would not keep it longer than this page.
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

// The entries under this name; none where nothing readable is kept.
export function read(name) {
  return entriesOf(readText(name)) ?? {};
}

// Changes the entries under this name, whatever another tab wrote meanwhile.
// False where the browser would not keep the change longer than this page.
export function change(name, edit) {
  const before = readText(name);
  const entries = entriesOf(before) ?? {};
  edit(entries);
  const text = JSON.stringify({ version: VERSION, entries });
  const mayReplace = text.length <= LONGEST && (!before || entriesOf(before) || setAside(name, before));
  return mayReplace ? writeText(name, text) : keepForThisPage(name, text);
}

// What cannot be read is not lost: it is kept beside the item that replaces it.
const setAside = (name, text) => writeText(`${name}.unreadable`, text);

// Calls back when another tab changed what is kept, and when the page comes back from the browser's
// memory, where it slept through such changes.
export function onChangeElsewhere(callback) {
  addEventListener("storage", (event) => {
    if (event.key === null || event.key.startsWith(itemOf(""))) callback();
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) callback();
  });
}

// Forgets everything that is kept for the reader.
export function forgetAll() {
  unsaved.clear();
  try {
    const ours = Object.keys(localStorage).filter((item) => item.startsWith(itemOf("")));
    ours.forEach((item) => localStorage.removeItem(item));
  } catch {
    // storage is forbidden, so nothing was kept
  }
}
