// Short messages to the reader without a new page. Their texts are in the page, in the interface
// language: data-word-copied="Copied." holds the message "copied".

// Returns a message with its values: word("left", { n: 3 }) makes "3 left out" of "{n} left out".
export function word(name, values = {}) {
  const text = document.querySelector(`[data-word-${name}]`)?.getAttribute(`data-word-${name}`) ?? "";
  return text.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
}

let silence;

// Shows a message for a few seconds; screen readers read it out. With undo() the message has a
// button that calls it.
export function notify(name, values, undo) {
  const place = document.getElementById("notification");
  place.textContent = word(name, values);
  if (undo) place.append(undoButton(place, undo));
  clearTimeout(silence);
  silence = setTimeout(() => place.replaceChildren(), undo ? 5000 : 6000);
}

function undoButton(place, undo) {
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: word("undo") });
  button.addEventListener("click", () => {
    place.replaceChildren();
    undo();
  });
  return button;
}
