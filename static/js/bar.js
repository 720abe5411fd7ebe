// The bar says the name of a list once its heading has scrolled away. A day and a paper have a name
// in the bar already.

export function start() {
  const name = document.querySelector(".bar-name");
  const heading = document.querySelector("main h1");
  if (!name || name.childElementCount || !heading) return;
  name.append(...heading.cloneNode(true).childNodes);
  name.setAttribute("aria-hidden", "true"); // screen readers have the heading
  const watch = new IntersectionObserver(([{ isIntersecting, boundingClientRect }]) => {
    name.dataset.copied = isIntersecting || boundingClientRect.top > 0 ? "" : "shown";
  });
  name.dataset.copied = "";
  watch.observe(heading);
}
