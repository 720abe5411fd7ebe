// Everything that a browser stores for its reader as a link, or as several links that are small
// enough for QR codes: /desk/#data=1.3.… is part 1 of 3. What follows "#" is not sent to the site.
// Each part can be taken in alone and in any order, because the newest decision about each key wins.
// docs/desk.md documents the format.

import { isDecision, MARKS, marksOf, starTime, timeOf } from "./merge.js";
import { MAX_BYTES } from "./qr-code.js";

const VERSION = 1;
const MAX_CODES = 8;
const LONGEST_LINK = 60_000; // characters
const LINK = /#data=(\d{1,2})\.(\d{1,2})\.([\w-]+)$/;
const NEW_STYLE = /^(\d{4})\.(\d{4,5})$/;
const HAS_STAR_TIME = 8; // beside the three marks, 1, 2 and 4
const FLAGS = 16;

// --- Bytes: numbers in groups of seven bits, texts with their length before them

class Writer {
  bytes = [];
  number(value) {
    for (; value >= 128; value = Math.floor(value / 128)) this.bytes.push((value % 128) + 128);
    this.bytes.push(value);
  }
  difference(value) {
    this.number(value < 0 ? -2 * value - 1 : 2 * value);
  }
  text(text) {
    const bytes = new TextEncoder().encode(text);
    this.number(bytes.length);
    this.bytes.push(...bytes);
  }
}

class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.place = 0;
  }
  number() {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.bytes[this.place++];
      if (byte === undefined || factor > 128 ** 6) throw new RangeError("not a number");
      value += (byte % 128) * factor;
      if (byte < 128) return value;
    }
  }
  difference() {
    const value = this.number();
    return value % 2 ? -(value + 1) / 2 : value / 2;
  }
  text() {
    const length = this.number();
    if (this.place + length > this.bytes.length) throw new RangeError("not a text");
    return new TextDecoder().decode(Uint8Array.from(this.bytes.slice(this.place, (this.place += length))));
  }
}

// --- Entries: kind 0 lists, 1 what was seen of lists, 2 papers

// An id as a number; 0 for one of the old style, whose text follows.
function numberOf(id) {
  const [, month, number] = NEW_STYLE.exec(id) ?? [];
  return month && number.length === digitsIn(month) ? Number(month) * 100_000 + Number(number) : 0;
}
const digitsIn = (month) => (month < "1501" ? 4 : 5); // arXiv has used five digits since 2015

function idOf(number) {
  const month = String(Math.floor(number / 100_000)).padStart(4, "0");
  return `${month}.${String(number % 100_000).padStart(digitsIn(month), "0")}`;
}

function bytesOf(entries) {
  const writer = new Writer();
  writer.number(VERSION);
  for (const kind of [0, 1]) {
    const ours = entries.filter((one) => one.kind === kind);
    writer.number(ours.length);
    for (const { key, value } of ours) {
      writer.text(key);
      writer.text(value[0]);
      writer.number(timeOf(value));
    }
  }
  writePapers(writer, entries.filter(({ kind }) => kind === 2));
  return writer.bytes;
}

// Papers in the order of their decisions, so that most differences are small.
function writePapers(writer, entries) {
  const sorted = [...entries].sort((one, other) => timeOf(one.value) - timeOf(other.value) || (one.key < other.key ? -1 : 1));
  let [time, before] = [0, 0];
  for (const { key, value } of sorted) {
    const starred = marksOf(value).includes("starred") && starTime(value) !== timeOf(value);
    const flags = MARKS.reduce((sum, mark, n) => sum + (marksOf(value).includes(mark) ? 2 ** n : 0), starred ? HAS_STAR_TIME : 0);
    writer.number((timeOf(value) - time) * FLAGS + flags);
    const number = numberOf(key);
    writer.difference(number - before);
    if (!number) writer.text(key);
    if (starred) writer.difference(timeOf(value) - starTime(value));
    [time, before] = [timeOf(value), number];
  }
}

function entriesOf(bytes) {
  const reader = new Reader(bytes);
  if (reader.number() !== VERSION) throw new RangeError("another version");
  const found = [{}, {}, {}];
  for (const entries of found.slice(0, 2)) {
    for (let left = reader.number(); left > 0; left -= 1) {
      const key = reader.text();
      entries[key] = [reader.text(), reader.number()];
    }
  }
  readPapers(reader, found[2]);
  return { lists: found[0], seen: found[1], decisions: found[2] };
}

function readPapers(reader, decisions) {
  let [time, number] = [0, 0];
  while (reader.place < reader.bytes.length) {
    const word = reader.number();
    time += Math.floor(word / FLAGS);
    number += reader.difference();
    const id = number ? idOf(number) : reader.text();
    const words = MARKS.filter((_, n) => Math.floor((word % FLAGS) / 2 ** n) % 2).join(" ");
    decisions[id] = word % FLAGS >= HAS_STAR_TIME ? [words, time, time - reader.difference()] : [words, time];
  }
}

// --- Parts

const toText = (bytes) =>
  btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
const fromText = (text) =>
  Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (character) => character.charCodeAt(0));

// Followed lists first, then starred papers, then the other decisions, the newest first.
function inOrder({ lists, seen, decisions }) {
  const entries = [lists, seen, decisions].flatMap((all, kind) =>
    Object.entries(all)
      .filter(([, value]) => isDecision(value))
      .map(([key, value]) => ({ kind, key, value })),
  );
  const rank = ({ kind, value }) => (kind < 2 ? 0 : marksOf(value).includes("starred") ? 1 : 2);
  return entries.sort((one, other) => rank(one) - rank(other) || timeOf(other.value) - timeOf(one.value));
}

// Returns how many of the entries from this place on fit into one part; at least one.
function fitting(entries, place, length) {
  const fits = (number) => toText(bytesOf(entries.slice(place, place + number))).length <= length;
  let [least, most] = [1, Math.min(entries.length - place, length)]; // an entry takes a byte or more
  while (least < most) {
    const middle = Math.ceil((least + most) / 2);
    if (fits(middle)) least = middle;
    else most = middle - 1;
  }
  return least;
}

// Returns the data in links of at most this length: {links, leftOut}. `leftOut` is how many decisions
// did not fit into `most` links.
function linksOf(data, page, length, most) {
  const entries = inOrder(data);
  const parts = [];
  let place = 0;
  while (place < entries.length && parts.length < most) {
    const number = fitting(entries, place, length - `${page}#data=9.9.`.length);
    parts.push(toText(bytesOf(entries.slice(place, place + number))));
    place += number;
  }
  const links = parts.map((part, n) => `${page}#data=${n + 1}.${parts.length}.${part}`);
  return { links, leftOut: entries.length - place };
}

export const oneLink = (data, page) => linksOf(data, page, LONGEST_LINK, 1);
export const linksForCodes = (data, page) => linksOf(data, page, MAX_BYTES, MAX_CODES);

// Returns the content of a link, {part, parts, lists, seen, decisions}; null if it is not one.
export function fromLink(link) {
  const [, part, parts, text] = LINK.exec(link) ?? [];
  if (!text) return null;
  try {
    return { part: Number(part), parts: Number(parts), ...entriesOf(fromText(text)) };
  } catch {
    return null;
  }
}
