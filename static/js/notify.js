// What the site says to the reader without a new page. The words come with the page, in the
// interface's language: an element with data-word-copied="Copied." knows the word "copied".

// The word with its values in place: word("left", { n: 3 }) makes "3 left out" of "{n} left out".
export function word(name, values = {}) {
  const text = document.querySelector(`[data-word-${name}]`)?.getAttribute(`data-word-${name}`) ?? "";
  return text.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
}

let silence;

// Shows a sentence for a while and has it read aloud.
export function notify(name, values) {
  const place = document.getElementById("notification");
  place.textContent = word(name, values);
  clearTimeout(silence);
  silence = setTimeout(() => place.replaceChildren(), 6000);
}
