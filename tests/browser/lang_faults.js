// Text nodes whose `lang` is not their script's: Chinese characters outside zh, English sentences
// inside zh. A few Latin words beside Chinese interface text (names, PDF) are Chinese as written.
() => {
  const han = /\p{Script=Han}/u;
  const english = /[a-z]{2,}[ ,]+[a-z]{2,}[ ,]+[a-z]{2,}/;
  const faults = [];
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.data.trim();
    const element = walker.currentNode.parentElement;
    if (!text || element.closest("script, noscript, style, code, math")) continue;
    const lang = element.closest("[lang]").lang;
    const isFault = han.test(text) ? !lang.startsWith("zh") : lang.startsWith("zh") && english.test(text);
    if (isFault) faults.push(`${lang}: ${text.slice(0, 60)}`);
  }
  return faults;
};
