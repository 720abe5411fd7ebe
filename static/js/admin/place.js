// Keeps the place and the focus on a page of the admin when a button sends a form and the same page
// comes back: the same button is focused, or the one that stands in its place now.

const KEY = "duizhao.admin.place";
const here = location.pathname;

const buttons = () => [...document.querySelectorAll("#content button:not([hidden])")].filter((one) => one.getClientRects().length > 0);

document.addEventListener("submit", ({ submitter }) => {
  if (!submitter) return;
  const place = { here, scroll: scrollY, value: submitter.value, number: buttons().indexOf(submitter) };
  sessionStorage.setItem(KEY, JSON.stringify(place));
});

const place = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
sessionStorage.removeItem(KEY);
if (place?.here === here && !location.hash) {
  const all = buttons();
  const same = place.value && all.find((one) => one.value === place.value);
  (same ?? all[Math.min(place.number, all.length - 1)])?.focus({ preventScroll: true });
  scrollTo(0, place.scroll);
}
