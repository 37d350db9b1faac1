"use strict";
// A table of counts, drawn above itself; the table stays for those who read it.
for (const table of document.querySelectorAll("table.chart")) {
  const rows = [...table.tBodies[0].rows];
  if (rows.length < 2 || !globalThis.echarts) continue;
  const names = [...table.tHead.rows[0].cells].slice(1).map((cell) => cell.textContent);
  const place = document.createElement("div");
  place.className = "drawn";
  place.setAttribute("aria-hidden", "true");
  table.parentElement.before(place);
  const chart = echarts.init(place);
  // What nobody does is no bar.
  const some = names.map((name, n) => n).filter((n) => rows.some((row) => row.cells[n + 1].textContent !== "0"));
  const draw = () => {
    const ink = getComputedStyle(document.body).color;
    chart.setOption({
    animation: false,
    textStyle: { fontFamily: "inherit", color: ink },
    color: ["#3d7ab8", "#c98a1b", "#7a57a8", "#6b7d3a"],
    legend: { top: 0, textStyle: { color: ink } },
    grid: { left: 48, right: 8, top: 36, bottom: 28 },
    xAxis: { type: "category", data: rows.map((row) => row.cells[0].textContent), axisLabel: { color: ink } },
    yAxis: { type: "value", minInterval: 1, axisLabel: { color: ink }, splitLine: { lineStyle: { opacity: 0.25 } } },
    series: some.map((n) => ({
      name: names[n], type: "bar", barMaxWidth: 60,
      data: rows.map((row) => Number(row.cells[n + 1].textContent.replace(/\D/g, ""))),
    })),
    });
  };
  draw();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  addEventListener("resize", () => chart.resize());
}
