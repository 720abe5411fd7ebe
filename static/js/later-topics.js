// On a new visit only the first topic of a day is laid out before the first paint (day.css). The
// others follow here.

import { inFrames } from "./frames.js";

export const layOutAll = () => document.documentElement.removeAttribute("data-new-visit");

export function start() {
  const later = [...document.querySelectorAll("section.topic + section.topic")];
  addEventListener("load", () => inFrames(later, (topic) => (topic.dataset.laidOut = "")), { once: true });
}
