"use strict";
// No script of ours makes markup of text. A vendored one may empty an element (`innerHTML = ""`),
// and nothing else: the page's policy (Trusted Types) asks here.
if (globalThis.trustedTypes) {
  trustedTypes.createPolicy("default", { createHTML: (text) => (text === "" ? "" : null) });
}
// What is open at a desk is folded where there is no room for it, and open again when there is.
const foldBelow = (width, folded) => {
  const narrow = matchMedia(`(max-width: ${width})`);
  const fold = () => {
    for (const one of folded()) one.open = !narrow.matches;
  };
  if (narrow.matches) fold();
  narrow.addEventListener("change", fold);
};
// On a telephone what was found comes before what narrows the search.
foldBelow("48rem", () => document.querySelectorAll(".facets details[data-open]"));
