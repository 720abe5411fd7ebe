// What the keys of the admin's pages have in common: no key acts while somebody types or holds a
// modifier key, and `?` opens the list of keys.

const dialog = document.getElementById("admin-keys");

const typesIn = (element) => element.isContentEditable || element.matches("textarea, select, input:not([type=checkbox])");

// Follows a link, or presses a button; then the browser does what it does for a click.
export function press(element) {
  if (!element) return false;
  element.click();
  return true;
}

// Calls act(key) for each key that is typed outside of a text; it returns whether the key meant
// something. Shift and a digit is "⇧1", whatever the keyboard writes with it.
export function onKeys(act) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing) return; // an input method is writing Chinese
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (typesIn(event.target)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (dialog?.open) return;
    const digit = event.shiftKey && event.code.match(/^Digit([1-9])$/);
    const key = digit ? `⇧${digit[1]}` : event.key;
    if (key === "?" ? (dialog?.showModal(), true) : act(key)) event.preventDefault();
  });
  document.addEventListener("click", ({ target }) => {
    if (target.closest("[data-show-keys]")) dialog?.showModal();
  });
}
