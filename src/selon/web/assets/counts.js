"use strict";
// What the server had not counted in time is asked for again, and put in its place as it comes.
const box = document.querySelector("#counts[data-later]");
if (box) {
  // A document that a request brings runs nothing and loads nothing.
  const ask = new XMLHttpRequest();
  ask.responseType = "document";
  ask.open("GET", box.dataset.later);
  ask.addEventListener("load", () => {
    for (const id of ["counts", "results", "exports"]) {
      const [was, made] = [document.getElementById(id), ask.response?.getElementById(id)];
      if (!was || !made) continue;
      const now = document.importNode(made, true);
      if (matchMedia("(max-width: 48rem)").matches) {
        for (const facet of now.querySelectorAll("details[data-open]")) facet.open = false;
      }
      was.replaceWith(now);
    }
  });
  ask.send();
}
