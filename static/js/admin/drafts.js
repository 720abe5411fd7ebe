// Keeps what is typed on the workbench in the browser, by paper and field, until it is saved, and asks
// before the page is left with it. Another tab, a crash or an ended session loses no word.

const PREFIX = "duizhao.admin.draft.";

const keyOf = (paper, name) => `${PREFIX}${paper}.${name}`;
const seenOf = (form, name) => form.elements[`seen_${name}`]?.value ?? "";
const oneWay = (text) => text.replace(/\r\n?/g, "\n").trim();

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

// Forgets the drafts of papers that were saved: the message of the save names them.
function forgetSaved() {
  for (const said of document.querySelectorAll(".messagelist [class*=saved-]")) {
    const paper = said.className.match(/saved-(\d+)/)[1];
    for (const key of Object.keys(localStorage)) if (key.startsWith(`${PREFIX}${paper}.`)) localStorage.removeItem(key);
  }
}

// Starts keeping drafts of these fields of the form; tells changed(any) whether something is unsaved.
export function keepDrafts(form, paper, names, changed) {
  forgetSaved();
  const fields = names.map((name) => form.elements[name]).filter(Boolean);
  const isTyped = (field) => oneWay(field.value) !== oneWay(seenOf(form, field.name));
  let leaving = false;

  for (const field of fields) {
    const draft = read(keyOf(paper, field.name));
    if (!draft || isTyped(field)) continue; // the page itself holds what was typed
    if (oneWay(draft.text) === oneWay(field.value)) localStorage.removeItem(keyOf(paper, field.name));
    else {
      field.value = draft.text;
      form.elements[`seen_${field.name}`].value = draft.seen; // so that a change meanwhile is noticed
    }
  }

  const look = () => {
    for (const field of fields) {
      const key = keyOf(paper, field.name);
      if (isTyped(field)) localStorage.setItem(key, JSON.stringify({ text: field.value, seen: seenOf(form, field.name) }));
      else localStorage.removeItem(key);
    }
    changed(fields.some(isTyped));
  };
  form.addEventListener("input", look);
  form.addEventListener("submit", () => (leaving = true));
  addEventListener("pageshow", () => (leaving = false));
  addEventListener("beforeunload", (event) => {
    if (!leaving && fields.some(isTyped)) event.preventDefault();
  });
  look();
  return () => {
    for (const field of fields) localStorage.removeItem(keyOf(paper, field.name));
    leaving = true;
    location.assign(location.href);
  };
}
