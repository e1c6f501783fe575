/* Draws the charts of a page (web/charts.py). The table below each holds the same numbers and closes itself
   once the picture stands. Canvas and drawn tooltips only: nothing writes markup or style attributes. */
(function () {
  "use strict";
  var COLOURS = ["#1a56b8", "#b8710a", "#2b8a4b", "#8a3fa0"];
  var LIMIT = "#b3261e";

  function seriesOf(one, place) {
    var limit = one.shape === "limit";
    var made = {
      name: one.name,
      type: one.shape === "bar" ? "bar" : "line",
      data: one.values,
      color: limit ? LIMIT : COLOURS[place % COLOURS.length],
      symbol: limit ? "none" : "circle",
      symbolSize: 7,
      barMaxWidth: 22,
      connectNulls: false
    };
    if (made.type === "line") made.lineStyle = { width: 2.5, type: limit ? "dashed" : "solid" };
    return made;
  }

  function draw(box) {
    var data = JSON.parse(box.getAttribute("data-chart"));
    box.hidden = false;
    var chart = window.echarts.init(box, null, { renderer: "canvas" });
    chart.setOption({
      animation: false,
      aria: { enabled: false },
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: "#1b2536" },
      grid: { left: 8, right: 16, top: box.clientWidth < 480 ? 96 : 64, bottom: 8, containLabel: true },
      legend: { top: 0, left: 0, itemGap: 18 },
      tooltip: { trigger: "axis", renderMode: "richText", confine: true },
      xAxis: { type: "category", data: data.labels, axisTick: { show: false } },
      yAxis: { type: "value", name: data.unit, nameGap: 12, minInterval: 1, splitLine: { lineStyle: { color: "#e4e9f1" } } },
      series: data.series.map(seriesOf)
    });
    window.addEventListener("resize", function () { chart.resize(); });
    var table = box.parentNode.querySelector("details");
    if (table) table.open = false;
  }

  document.querySelectorAll("[data-chart]").forEach(draw);
})();
