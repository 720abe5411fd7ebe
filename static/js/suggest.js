// Suggestions below the search box while the reader types. The key "/" is in keyboard.js. Without
// this script the box is a plain form.

const WAIT = 150; // milliseconds after the last key
const box = document.querySelector("input[name=q][data-suggest]");

export function start() {
  if (!box) return;
  const list = document.createElement("ul");
  list.className = "suggestions";
  list.id = "suggestions";
  list.setAttribute("role", "listbox");
  list.hidden = true;
  box.after(list);
  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", list.id);
  box.setAttribute("aria-expanded", "false");
  box.autocomplete = "off";

  let timer = 0;
  let asking = null;
  let chosen = -1;

  const close = () => {
    list.hidden = true;
    chosen = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  };

  const option = ({ kind, text, url }, number) => {
    const item = document.createElement("li");
    item.id = `suggestion-${number}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    const link = document.createElement("a");
    link.href = url;
    link.tabIndex = -1;
    const name = document.createElement("span");
    name.className = "suggestion-kind";
    name.textContent = box.dataset[kind] ?? kind;
    link.append(name, text);
    item.append(link);
    return item;
  };

  const show = (found) => {
    list.replaceChildren(...found.map(option));
    chosen = -1;
    box.removeAttribute("aria-activedescendant");
    list.hidden = found.length === 0;
    box.setAttribute("aria-expanded", String(found.length > 0));
  };

  const ask = async () => {
    asking?.abort();
    const typed = box.value.trim();
    if (!typed) return close();
    asking = new AbortController();
    const address = new URL(box.dataset.suggest, location.href);
    address.searchParams.set("q", typed);
    address.searchParams.set("ui", document.documentElement.lang.startsWith("zh") ? "zh" : "en");
    try {
      const answer = await fetch(address, { signal: asking.signal });
      if (answer.ok && document.activeElement === box) show((await answer.json()).suggestions);
    } catch (error) {
      if (error.name !== "AbortError") close(); // missing suggestions are no reason for a message
    }
  };

  const choose = (number) => {
    const items = [...list.children];
    items[chosen]?.setAttribute("aria-selected", "false");
    chosen = (number + items.length + 1) % (items.length + 1);
    const item = items[chosen]; // the index after the last item is the box itself
    item?.setAttribute("aria-selected", "true");
    item?.scrollIntoView({ block: "nearest" });
    if (item) box.setAttribute("aria-activedescendant", item.id);
    else box.removeAttribute("aria-activedescendant");
  };

  box.addEventListener("input", (event) => {
    clearTimeout(timer);
    if (!event.isComposing) timer = setTimeout(ask, WAIT);
  });
  box.addEventListener("compositionend", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  box.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    const items = list.children.length;
    if (event.key === "ArrowDown") choose(chosen < 0 ? 0 : chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen < 0 ? items - 1 : chosen - 1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && list.children[chosen]) list.children[chosen].firstChild.click();
    else return;
    event.preventDefault();
  });
  box.addEventListener("blur", () => setTimeout(close, 150)); // lets a click on a suggestion come first
}
