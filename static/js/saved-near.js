// Suggestions on the reader's desk: new papers near those starred in this browser. The server finds
// them by the ids in the address, and keeps nothing.

import { addButtons } from "./marks.js";
import { marked, marksOf } from "./merge.js";
import { read } from "./store.js";

const MAX_STARS = 200; // asked about, those starred last; web servers refuse longer addresses
const MAX_SHOWN = 20;
const part = (name) => document.querySelector(`[data-saved-${name}]`);

export async function drawNear() {
  const rows = await rowsNear(marked(read("marks"), "starred").slice(0, MAX_STARS)).catch(() => []);
  part("near").hidden = rows.length === 0;
  part("near-papers").replaceChildren(...rows);
  addButtons(part("near-papers"));
}

async function rowsNear(stars) {
  if (!stars.length) return [];
  const query = new URLSearchParams(stars.map((id) => ["id", id]));
  const language = new URLSearchParams(location.search).get("lang");
  if (language) query.set("lang", language);
  const answer = await fetch(`/desk/near/?${query}`);
  if (!answer.ok) throw new Error(answer.status);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const decisions = read("marks");
  const isNew = (row) => marksOf(decisions[row.dataset.paper]).length === 0;
  return [...page.querySelectorAll(".list [data-paper]")].filter(isNew).slice(0, MAX_SHOWN);
}
