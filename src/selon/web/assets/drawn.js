"use strict";
// The library that draws weighs more than a page: it comes when the place of a drawing comes into view.
(() => {
  const library = document.currentScript.dataset.library;
  globalThis.whenSeen = (place, draw) => {
    const watch = new IntersectionObserver(
      async (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        watch.disconnect();
        await import(library);
        draw(globalThis.echarts);
      },
      { rootMargin: "300px" },
    );
    watch.observe(place);
  };
})();
