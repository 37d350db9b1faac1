"use strict";
// The way that words went, drawn from the list that tells it.
const steps = [...document.querySelectorAll("#steps li")].map((li) => [li.dataset.from, li.dataset.to]);
if (steps.length) {
  const place = document.createElement("div");
  place.className = "drawn";
  place.setAttribute("aria-hidden", "true");
  document.getElementById("steps").before(place);
  whenSeen(place, (echarts) => {
    const chart = echarts.init(place);
    const draw = () => {
      const ink = getComputedStyle(document.body).color;
      chart.setOption({
      animation: false,
      series: [{
        type: "graph", layout: "force", roam: true, edgeSymbol: ["none", "arrow"],
        force: { repulsion: 260, edgeLength: 120, layoutAnimation: false },
        label: { show: true, color: ink, position: "right" },
        data: [...new Set(steps.flat())].map((name) => ({ name, symbolSize: 14 })),
        links: steps.map(([source, target]) => ({ source, target })),
      }],
      });
    };
    draw();
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
    addEventListener("resize", () => chart.resize());
  });
}
