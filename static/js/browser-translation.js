// Offers the browser's own on-device translation (the Translator API) on a paper without Chinese.
// The page is unchanged where there is none. Specification:
// https://webmachinelearning.github.io/translation-api/

const LANGUAGES = { sourceLanguage: "en", targetLanguage: "zh" };
const MARK = /⟦(\d+)⟧/;

// An element's text for the translator. Formulas, code and links become marks; returns them, too.
function readText(element) {
  const copy = element.cloneNode(true);
  const marked = [...copy.querySelectorAll("math, code, a")];
  const kept = marked.map((one) => one.cloneNode(true));
  marked.forEach((one, index) => one.replaceWith(`⟦${index}⟧`));
  return { text: copy.textContent.trim(), kept };
}

// A paragraph of the translation with formulas, code and links in their places. Those whose mark
// the translator lost stand at the end.
function paragraphOf(translated, kept) {
  const paragraph = document.createElement("p");
  const left = new Map(kept.entries());
  for (const [index, piece] of translated.split(MARK).entries()) {
    const number = Number(piece);
    if (index % 2 === 0) {
      paragraph.append(piece);
    } else if (left.has(number)) {
      paragraph.append(left.get(number));
      left.delete(number);
    }
  }
  for (const one of left.values()) paragraph.append(" ", one);
  return paragraph;
}

// The English texts of the paper that have no Chinese: its title, and its abstract by paragraph.
function untranslated() {
  const lacking = (place) => !document.querySelector(`${place}:lang(zh-Hans)`);
  return [
    ...(lacking(".paper-head h1 .text") ? document.querySelectorAll(".paper-head h1 .text") : []),
    ...(lacking(".paper-abstract > .reading:not([data-result])")
      ? document.querySelectorAll(".paper-abstract > .reading:lang(en) p")
      : []),
  ];
}

async function translate(place) {
  const result = place.querySelector("[data-result]");
  const translator = await Translator.create(LANGUAGES);
  for (const element of untranslated()) {
    const { text, kept } = readText(element);
    if (text) result.append(paragraphOf(await translator.translate(text), kept));
  }
  translator.destroy?.();
  place.querySelector("[data-done]").hidden = false;
}

async function offerAt(place) {
  if (!("Translator" in self)) return;
  const state = await Translator.availability(LANGUAGES).catch(() => "unavailable");
  if (state === "unavailable") return;
  const offer = place.querySelector("[data-offer]");
  const instead = place.querySelector("[data-instead]");
  if (instead) instead.hidden = true;
  offer.hidden = false;
  const button = offer.querySelector("button");
  button.addEventListener("click", async () => {
    button.disabled = true;
    place.setAttribute("aria-busy", "true");
    try {
      await translate(place);
      offer.hidden = true;
    } catch {
      place.querySelector("[data-result]").replaceChildren();
      place.querySelector("[data-failed]").hidden = false;
      button.disabled = false;
    }
    place.removeAttribute("aria-busy");
  });
}

export function start() {
  const place = document.querySelector(".untranslated");
  if (place) offerAt(place);
}
