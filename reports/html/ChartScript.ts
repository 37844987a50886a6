/**
 * The script of the page: it puts an interactive chart in the place of each drawing.
 *
 * It runs in a browser only, under the policy of Page.ts: expressions are interpreted (`ast: true`), and
 * neither vega-embed nor its tooltip may bring styles of their own. A drawing stays where embedding fails.
 */

/** Id of the element that holds the specs, as JSON: id of a chart's place to its Vega-Lite spec. */
export const SPECS_ID = "chart-specs"

/** A classic script; expects the three bundles before it, and leaves `drawChart` for those after it. */
export const CHART_SCRIPT: string = `"use strict";
(() => {
  const specs = JSON.parse(document.getElementById("${SPECS_ID}").textContent);
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.hidden = true;
  tip.setAttribute("aria-hidden", "true");
  document.body.append(tip);
  const tooltip = (handler, event, item, value) => {
    if (value === null || value === undefined || value === "") {
      tip.hidden = true;
      return;
    }
    const lines = ["value", "of", "at"].filter((name) => name in value).map((name) => {
      const line = document.createElement("div");
      line.className = "tip-" + name;
      line.textContent = value[name];
      return line;
    });
    tip.replaceChildren(...lines);
    tip.hidden = false;
    const edge = document.documentElement.clientWidth - tip.offsetWidth - 8;
    tip.style.left = Math.max(8, Math.min(event.clientX + 14, edge)) + "px";
    const above = event.clientY - tip.offsetHeight - 14;
    tip.style.top = (above < 8 ? event.clientY + 18 : above) + "px";
  };
  const draw = async (place, { spec, config, title, description }) => {
    const live = document.createElement("div");
    live.className = "live";
    place.append(live);
    try {
      await vegaEmbed(live, spec, { mode: "vega-lite", renderer: "svg", ast: true, actions: false, defaultStyle: false, tooltip, config });
    } catch (error) {
      live.remove();
      throw error;
    }
    live.setAttribute("role", "img");
    live.setAttribute("aria-label", title);
    live.setAttribute("aria-description", description);
    live.removeAttribute("aria-roledescription");
    live.querySelector("svg").setAttribute("aria-hidden", "true");
    place.dataset.live = "";
  };
  globalThis.drawChart = draw;
  for (const id of Object.keys(specs)) {
    const place = document.getElementById(id);
    const drawing = place.firstElementChild;
    const words = { title: drawing.querySelector("title").textContent, description: drawing.querySelector("desc").textContent };
    draw(place, { ...specs[id], ...words })
      .then(() => drawing.remove())
      .catch((error) => console.error("the chart " + id + " stays a drawing", error));
  }
})();
`
