"use strict";
// Choosing words: the server said where each stands; here they are only pointed at. What is chosen
// may lie in several stretches, each with two edges.
(() => {
  const one = (selector) => document.querySelector(selector);
  const box = one("#words");
  const words = [...box.querySelectorAll("[data-a]")];
  const [start, end, pieces] = [one("#start"), one("#end"), one("#spans")];
  if (!words.length || !start) return;
  const at = (character) => Math.max(words.findIndex((w) => Number(w.dataset.b) > character), 0);
  const until = (character, least) => Math.max(words.findLastIndex((w) => Number(w.dataset.a) < character), least);
  const stretch = (a, b) => [at(a), until(b, at(a))];
  const read = () => {
    const found = [...pieces.value.matchAll(/(\d+)\s*-\s*(\d+)/g)].map((m) => stretch(Number(m[1]), Number(m[2])));
    return found.length ? found : [stretch(Number(start.value), Number(end.value))];
  };
  let stretches = read();
  let edges = [];

  const edge = (name, n) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "edge";
    button.dataset.edge = name;
    button.dataset.n = n;
    button.textContent = name === "start" ? "⟦" : "⟧";
    button.setAttribute("aria-label", box.dataset[name] + (stretches.length > 1 ? ` ${n + 1}` : ""));
    button.setAttribute("aria-describedby", "how");
    button.addEventListener("keydown", (event) => {
      const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (!by) return;
      event.preventDefault();
      move(name, n, stretches[n][name === "start" ? 0 : 1] + by * (event.shiftKey ? 5 : 1));
    });
    return button;
  };

  const show = (say = true) => {
    const held = document.activeElement?.dataset?.edge ? { ...document.activeElement.dataset } : null;
    // Kept while their number is the same: an edge that is dragged must not go away.
    if (edges.length !== stretches.length) {
      for (const pair of edges) for (const button of pair) button.remove();
      edges = stretches.map((_, n) => [edge("start", n), edge("end", n)]);
    }
    words.forEach((w, i) => w.classList.toggle("in", stretches.some(([a, b]) => i >= a && i <= b)));
    stretches.forEach(([a, b], n) => {
      if (words[a].previousSibling !== edges[n][0]) words[a].before(edges[n][0]);
      if (words[b].nextSibling !== edges[n][1]) words[b].after(edges[n][1]);
    });
    if (held) edges[Math.min(Number(held.n), edges.length - 1)][held.edge === "start" ? 0 : 1].focus();
    start.value = words[stretches[0][0]].dataset.a;
    end.value = words[stretches.at(-1)[1]].dataset.b;
    pieces.value = stretches.map(([a, b]) => `${words[a].dataset.a}-${words[b].dataset.b}`).join(", ");
    one("#cut").disabled = !stretches.some(([a, b]) => b - a > 1);
    one("#whole").disabled = stretches.length < 2;
    if (say) one("#status").textContent = stretches.map(([a, b]) => `${words[a].textContent} … ${words[b].textContent}`).join("; ");
  };
  const move = (name, n, place) => {
    const [a, b] = stretches[n];
    const [before, after] = [n ? stretches[n - 1][1] + 1 : 0, n + 1 < stretches.length ? stretches[n + 1][0] - 1 : words.length - 1];
    const to = Math.min(Math.max(place, before), after);
    stretches[n] = name === "start" ? [Math.min(to, b), b] : [a, Math.max(to, a)];
    show();
  };

  let dragged = null;
  box.addEventListener("pointerdown", (event) => {
    dragged = event.target.dataset.edge ? event.target : null;
    if (dragged) event.preventDefault();
  });
  addEventListener("pointermove", (event) => {
    if (!dragged) return;
    const over = document.elementFromPoint(event.clientX, event.clientY)?.closest?.("[data-a]");
    if (over && box.contains(over)) move(dragged.dataset.edge, Number(dragged.dataset.n), words.indexOf(over));
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
      stretches = [[hit[0], hit.at(-1)]];
      chosen.removeAllRanges();
      show();
    }
  });
  for (const field of [start, end]) {
    field.addEventListener("change", () => {
      stretches = [stretch(Number(start.value), Number(end.value))];
      show();
    });
  }
  pieces.addEventListener("change", () => {
    stretches = read().sort((x, y) => x[0] - y[0]);
    show();
  });
  one(".cutting").hidden = false;
  // The longest stretch loses its middle word; the two inner edges go from there.
  one("#cut").addEventListener("click", () => {
    const lengths = stretches.map(([a, b]) => b - a);
    const n = lengths.indexOf(Math.max(...lengths));
    const [a, b] = stretches[n];
    const middle = Math.floor((a + b) / 2);
    if (b - a < 2) return;
    stretches.splice(n, 1, [a, Math.max(middle - 1, a)], [Math.min(middle + 1, b), b]);
    show();
    edges[n][1].focus();
  });
  one("#whole").addEventListener("click", () => {
    stretches = [[stretches[0][0], stretches.at(-1)[1]]];
    show();
  });
  show(false);
})();
