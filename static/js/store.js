// The one door to what this browser keeps for the reader. Each name ("marks", "lists", "settings")
// is one item of localStorage: {"version": 1, "entries": {…}}. Who owns a name checks its entries.

const VERSION = 1;
const LONGEST = 1_500_000; // characters of one item; browsers give a site about five million

const unsaved = new Map(); // what could not be written lives as long as the page

const itemOf = (name) => `duizhao.${name}`;

function textOf(name) {
  if (unsaved.has(name)) return unsaved.get(name);
  try {
    return localStorage.getItem(itemOf(name));
  } catch {
    return null; // storage is forbidden
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
  return entriesOf(textOf(name)) ?? {};
}

// Changes the entries under this name, whatever another tab wrote meanwhile.
// False where the browser would not keep the change longer than this page.
export function change(name, edit) {
  const before = textOf(name);
  const entries = entriesOf(before) ?? {};
  edit(entries);
  const text = JSON.stringify({ version: VERSION, entries });
  try {
    if (text.length > LONGEST) throw new RangeError("more than a browser keeps");
    if (before && !entriesOf(before)) localStorage.setItem(`${itemOf(name)}.unreadable`, before);
    localStorage.setItem(itemOf(name), text);
    unsaved.delete(name);
    return true;
  } catch {
    unsaved.set(name, text);
    return false;
  }
}

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
