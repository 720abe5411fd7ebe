// Keyboard shortcuts of the queue of authors. Every key presses a button on the page.

const pairs = [...document.querySelectorAll("[data-pair]")];

const current = () => Math.max(pairs.indexOf(document.activeElement.closest("[data-pair]")), 0);

const go = (step) => pairs[current() + step]?.querySelector("[data-key]").focus();

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches("input, textarea, select")) return;
  if (event.key === "j") go(1);
  else if (event.key === "k") go(-1);
  else if (event.key === "z") document.querySelector('[data-key="z"]')?.click();
  else if (["1", "2", "d"].includes(event.key)) pairs[current()]?.querySelector(`[data-key="${event.key}"]`).click();
});
