"use strict";
// Choosing words: the server said where each stands; here they are only pointed at.
(() => {
  const box = document.querySelector("#words");
  const words = [...box.querySelectorAll("[data-a]")];
  const [start, end] = [document.querySelector("#start"), document.querySelector("#end")];
  if (!words.length || !start) return;
  let from = Math.max(words.findIndex((w) => Number(w.dataset.b) > Number(start.value)), 0);
  let to = words.findLastIndex((w) => Number(w.dataset.a) < Number(end.value));
  if (to < from) to = from;

  const edge = (name, mark) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "edge";
    button.dataset.edge = name;
    button.textContent = mark;
    button.setAttribute("aria-label", box.dataset[name]);
    button.setAttribute("aria-describedby", "how");
    return button;
  };
  const edges = { start: edge("start", "⟦"), end: edge("end", "⟧") };

  const show = (say = true) => {
    words.forEach((w, i) => w.classList.toggle("in", i >= from && i <= to));
    const held = document.activeElement?.dataset?.edge;
    if (words[from].previousSibling !== edges.start) words[from].before(edges.start);
    if (words[to].nextSibling !== edges.end) words[to].after(edges.end);
    if (held) edges[held].focus();
    start.value = words[from].dataset.a;
    end.value = words[to].dataset.b;
    if (say) document.querySelector("#status").textContent = `${words[from].textContent} … ${words[to].textContent}`;
  };
  const move = (name, place) => {
    const at = Math.min(Math.max(place, 0), words.length - 1);
    if (name === "start") from = Math.min(at, to);
    else to = Math.max(at, from);
    show();
  };

  for (const [name, button] of Object.entries(edges)) {
    button.addEventListener("keydown", (event) => {
      const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (!by) return;
      event.preventDefault();
      move(name, (name === "start" ? from : to) + by * (event.shiftKey ? 5 : 1));
    });
  }
  let dragged = null;
  box.addEventListener("pointerdown", (event) => {
    dragged = event.target.dataset.edge || null;
    if (dragged) event.preventDefault();
  });
  addEventListener("pointermove", (event) => {
    if (!dragged) return;
    const over = document.elementFromPoint(event.clientX, event.clientY)?.closest?.("[data-a]");
    if (over && box.contains(over)) move(dragged, words.indexOf(over));
  });
  addEventListener("pointerup", () => {
    if (dragged) {
      dragged = null;
      return;
    }
    const chosen = getSelection();
    if (chosen.isCollapsed || !box.contains(chosen.anchorNode)) return;
    const hit = words.flatMap((w, i) => (chosen.containsNode(w, true) ? [i] : []));
    if (hit.length) {
      [from, to] = [hit[0], hit.at(-1)];
      chosen.removeAllRanges();
      show();
    }
  });
  for (const field of [start, end]) {
    field.addEventListener("change", () => {
      from = Math.max(words.findIndex((w) => Number(w.dataset.b) > Number(start.value)), 0);
      to = Math.max(words.findLastIndex((w) => Number(w.dataset.a) < Number(end.value)), from);
      show();
    });
  }
  show(false);
})();
