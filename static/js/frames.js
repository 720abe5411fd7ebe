// Work that the first screen does not need, a piece in each frame, so that the page is painted and
// answers in between. A page in the background has no frames and waits.

export function inFrames(pieces, act) {
  if (!pieces.length) return;
  act(pieces[0]);
  requestAnimationFrame(() => inFrames(pieces.slice(1), act));
}
