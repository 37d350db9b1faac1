"use strict";
// The queue by keyboard: j and k walk, a and r judge, e corrects, u undoes; the page stays where it is.
(() => {
  const one = (selector) => document.querySelector(selector);
  const cards = [...document.querySelectorAll(".card")];
  let chosen = -1;
  const choose = (n, seek = true) => {
    if (!cards.length) return;
    cards[chosen]?.classList.remove("chosen");
    chosen = Math.min(Math.max(n, 0), cards.length - 1);
    cards[chosen].classList.add("chosen");
    if (seek) cards[chosen].scrollIntoView({ block: "nearest" });
  };
  const press = (selector) => cards[chosen]?.querySelector(selector)?.click();
  const help = one("#keys");
  one("#help")?.addEventListener("click", () => help.showModal());
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
    if (!one("#single").checked || event.target.closest("select, textarea, input:not([type=checkbox], [type=radio])")) return;
    const act = {
      j: () => choose(chosen + 1), k: () => choose(chosen - 1),
      a: () => press(".acts:not([hidden]) [value^=accept]"), r: () => press(".acts:not([hidden]) [value^=reject]"),
      e: () => press(".edit"), u: () => press(".undo"), "?": () => help.showModal(),
    }[event.key];
    if (act) {
      event.preventDefault();
      act();
    }
  });
  document.addEventListener("click", (event) => {
    const card = event.target.closest?.(".card");
    if (card) choose(cards.indexOf(card));
  });
  const all = one("[data-all]");
  if (all) {
    all.hidden = one("[data-all-label]").hidden = false;
    all.addEventListener("change", () => {
      for (const box of document.querySelectorAll(".pick")) box.checked = all.checked;
    });
  }
  // The next one after a judgement without script. A page that begins at its head is not scrolled:
  // the first Tab is for the way over the head.
  if (location.hash === "#next" || !location.hash) choose(0, location.hash === "#next");
})();
