// Short messages to the reader without a new page. Their texts are in the page, in the interface
// language: data-word-copied="Copied." holds the message "copied".

// Returns a message with its values: word("left", { n: 3 }) makes "3 left out" of "{n} left out".
export function word(name, values = {}) {
  const text = document.querySelector(`[data-word-${name}]`)?.getAttribute(`data-word-${name}`) ?? "";
  return text.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
}

let silence;

// Shows a message for a few seconds; screen readers read it out.
export function notify(name, values) {
  const place = document.getElementById("notification");
  place.textContent = word(name, values);
  clearTimeout(silence);
  silence = setTimeout(() => place.replaceChildren(), 6000);
}
