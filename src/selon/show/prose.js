"use strict";
// The voice map of show/prose.py as scripts meet it: each statement's card, number and parts.
const voiceMap = () => {
  const keyed = (selector) => new Map(
    [...document.querySelectorAll(selector)].map((element) => [element.dataset.k, element]),
  );
  const parts = new Map();
  for (const letter of ["c", "m", "s", "a", "v"]) {
    for (const element of document.querySelectorAll(`.text [data-${letter}]`)) {
      for (const key of element.dataset[letter].split(" ")) {
        if (!parts.has(key)) parts.set(key, []);
        parts.get(key).push([letter, element]);
      }
    }
  }
  // The statements under the pointer, the innermost first.
  const under = (target) => {
    const holder = target.closest?.("a.n, .card, .text [data-c], .text [data-m], .text [data-s], .text [data-a], .text [data-v]");
    if (!holder) return [];
    if (holder.dataset.k) return [holder.dataset.k];
    const { c, m, s, a, v } = holder.dataset;
    return [...(m || s || a || v || "").split(" "), ...(c || "").split(" ").reverse()].filter(Boolean);
  };
  return { cards: keyed(".card"), anchors: keyed("a.n"), parts, under };
};
