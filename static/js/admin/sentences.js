// Edits one sentence of the Chinese abstract: the field is put together again from all sentences.
// Once somebody edits the field itself, the sentences are no longer its parts and give way.

const editor = document.querySelector("[data-sentences]");
const field = document.getElementById("texts").elements.abstract_zh;
const sentences = [...editor.querySelectorAll("textarea")];

editor.addEventListener("input", () => {
  field.value = sentences.map((one) => one.value + one.dataset.after).join("");
});

field.addEventListener("input", () => {
  sentences.forEach((one) => (one.readOnly = true));
  editor.querySelector("[data-outdated]").hidden = false;
});

sentences.forEach((one) => (one.readOnly = false));
