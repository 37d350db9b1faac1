"use strict";
// No script of ours makes markup of text. A vendored one may empty an element (`innerHTML = ""`),
// and nothing else: the page's policy (Trusted Types) asks here.
if (globalThis.trustedTypes) {
  trustedTypes.createPolicy("default", { createHTML: (text) => (text === "" ? "" : null) });
}
