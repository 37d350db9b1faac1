"use strict";
// No script of ours makes markup of text. A vendored one may empty an element (`innerHTML = ""`),
// and nothing else: the page's policy (Trusted Types) asks here.
if (globalThis.trustedTypes) {
  trustedTypes.createPolicy("default", { createHTML: (text) => (text === "" ? "" : null) });
}
// On a telephone what narrows a search is folded, so that what was found comes first.
if (matchMedia("(max-width: 48rem)").matches) {
  for (const facet of document.querySelectorAll(".facets details")) facet.open = false;
}
