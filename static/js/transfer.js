// Writes and reads copies of the reader's desk: a JSON file with every decision and its time, an
// OPML file of the followed lists, an address with the starred papers. docs/desk.md documents the
// formats.

import { feedAddress, followedLists } from "./followed-lists.js";
import { isDecision, isId, marksOf, now } from "./merge.js";

const FORMAT = "duizhao-desk";
const VERSION = 1;
export const MAX_IN_ADDRESS = 500; // the same limit as the server's
const LONGEST_ADDRESS = 7000; // characters; web servers refuse more than about 8,000

const timeText = (seconds) => new Date(seconds * 1000).toISOString();
const timeFrom = (text) => Math.floor(Date.parse(text) / 1000);

export function toJson({ decisions, lists, seen }) {
  const decided = (entries) => Object.entries(entries).filter(([, value]) => isDecision(value));
  const file = {
    format: FORMAT,
    version: VERSION,
    exported: new Date().toISOString(),
    papers: decided(decisions).map(([id, value]) => ({
      id,
      marks: marksOf(value),
      decided: timeText(value[1]),
      ...(value.length > 2 && { starred: timeText(value[2]) }),
    })),
    lists: decided(lists).map(([address, [name, time]]) => ({
      address,
      name,
      decided: timeText(time),
    })),
    seen: decided(seen).map(([address, [papers, time]]) => ({ address, papers, decided: timeText(time) })),
  };
  return JSON.stringify(file, null, 1);
}

// Returns the content of a file as {decisions, lists, seen}; null if it is not such a file. Older
// files do not have `starred` and `seen`.
export function fromJson(text) {
  try {
    const file = JSON.parse(text);
    if (file.format !== FORMAT || file.version !== VERSION) return null;
    const papers = file.papers.map(({ id, marks, decided, starred }) => [
      id,
      [marks.join(" "), timeFrom(decided), ...(starred ? [timeFrom(starred)] : [])],
    ]);
    const lists = file.lists.map(({ address, name, decided }) => [address, [name, timeFrom(decided)]]);
    const seen = (file.seen ?? []).map(({ address, papers, decided }) => [address, [papers, timeFrom(decided)]]);
    const [decisions, ...others] = [papers, lists, seen].map(Object.fromEntries);
    return { decisions, lists: others[0], seen: others[1] };
  } catch {
    return null;
  }
}

export function toOpml(lists, title) {
  const opml = document.implementation.createDocument(null, "opml");
  opml.documentElement.setAttribute("version", "2.0");
  const add = (parent, name, attributes = {}) => {
    const element = parent.appendChild(opml.createElement(name));
    Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
    return element;
  };
  add(add(opml.documentElement, "head"), "title").textContent = title;
  const body = add(opml.documentElement, "body");
  for (const [address, name] of followedLists(lists)) {
    const xmlUrl = location.origin + feedAddress(address);
    add(body, "outline", { type: "rss", text: name, title: name, xmlUrl, htmlUrl: location.origin + address });
  }
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(opml)}`;
}

// Returns as many papers as fit into an address: "id=2501.17161&id=cs/0112017".
export function selection(ids) {
  let query = "";
  for (const id of ids.slice(0, MAX_IN_ADDRESS)) {
    const longer = `${query}&id=${id}`;
    if (longer.length > LONGEST_ADDRESS) break;
    query = longer;
  }
  return query.slice(1);
}

// Returns the papers of an address and its time in seconds; now if it has none.
export function fromAddress(text) {
  if (!URL.canParse(text, location.origin)) return { ids: [], at: now() };
  const query = new URL(text, location.origin).searchParams;
  const at = /^\d{1,12}$/.test(query.get("at")) ? Number(query.get("at")) : now();
  return { ids: query.getAll("id").filter(isId).slice(0, MAX_IN_ADDRESS), at };
}

// Downloads a text as a file.
export function download(text, name, type) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
