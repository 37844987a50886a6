/**
 * The script of the dashboard's page: it keeps the list and what is open as the server tells. It writes text, never
 * markup, and asks nobody but the server it came from.
 */

/** A classic script. */
export const DASHBOARD_SCRIPT: string = `"use strict";
(() => {
  const at = (id) => document.getElementById(id);
  const entries = new Map();
  const chosen = [];
  let open = null;
  let asked = 0;
  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };
  const foreign = (text) => make("bdi", {}, text);
  const number = (value) => Math.abs(value) >= 1e6 || (value !== 0 && Math.abs(value) < 1e-4) ? value.toExponential(3) : String(Number(value.toPrecision(4)));
  const signed = (value) => (value > 0 ? "+" : "") + number(value);
  const name = (entry) => entry.scenario || entry.folder;

  const when = (ms) => new Date(ms).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });

  const row = (entry) => {
    const box = make("input", { type: "checkbox", "aria-label": "Choose " + name(entry) + ", " + entry.folder });
    box.checked = chosen.includes(entry.id);
    box.addEventListener("change", () => choose(entry.id, box.checked));
    const button = make("button", { type: "button" }, foreign(name(entry)));
    button.addEventListener("click", () => show(entry.id, true));
    const state = make("span", { class: "state " + entry.status }, entry.status + (entry.status === "complete" || entry.kind !== "experiment" ? "" : " " + entry.done + " of " + entry.planned));
    const item = make("li", { "data-id": entry.id, class: open === entry.id ? "open" : "" }, box, button, state,
      make("p", { class: "says" }, entry.kind + ", ", foreign(entry.says), entry.failed > 0 && entry.kind === "experiment" ? ", " + entry.failed + " failed" : ""),
      make("p", { class: "folder quiet" }, foreign(entry.folder), make("br"), entry.written > 0 ? "written " + when(entry.written) : ""));
    return item;
  };
  const RANK = { running: 0 };
  const list = () => {
    const words = at("search").value.toLowerCase().split(/\\s+/).filter(Boolean);
    const found = [...entries.values()].filter((entry) => {
      const text = [entry.scenario, entry.folder, entry.says, entry.status, entry.kind].join(" ").toLowerCase();
      return words.every((word) => text.includes(word));
    }).sort((a, b) => (RANK[a.status] ?? 1) - (RANK[b.status] ?? 1) || b.written - a.written || (a.folder < b.folder ? -1 : 1));
    const focus = document.activeElement;
    const held = focus?.closest?.("li")?.dataset.id;
    const which = focus?.tagName;
    const MOST = 500;
    at("list").replaceChildren(...found.slice(0, MOST).map(row));
    if (held) at("list").querySelector('[data-id="' + held + '"] ' + which)?.focus();
    at("empty").hidden = found.length > 0 && found.length <= MOST;
    at("empty").textContent = entries.size === 0
      ? "There is nothing yet. Start one, and it appears here: mesocosm compare weekly-rewards, or mesocosm run open-pool."
      : found.length === 0 ? "Nothing here matches the search." : "The first " + MOST + " of " + found.length + " are shown: search for others.";
    at("line").textContent = entries.size + " here, " + [...entries.values()].filter(({ status }) => status === "running").length + " running";
  };
  const choose = (id, is) => {
    const before = chosen.indexOf(id);
    if (before >= 0) chosen.splice(before, 1);
    if (is) chosen.push(id);
    while (chosen.length > 2) chosen.shift();
    list();
    if (chosen.length === 2) difference();
  };
  const ask = async (id) => {
    const response = await fetch("entry/" + id);
    if (!response.ok) throw new Error(response.status === 404 ? "it is gone" : (await response.json()).error.message);
    return response.json();
  };
  const tell = (error) => at("details").replaceChildren(make("p", { class: "loud" }, "This cannot be shown: ", foreign(error.message)));
  const table = (caption, head, rows) => make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
    make("table", { "aria-label": caption }, make("thead", {}, make("tr", {}, ...head.map((each) => make("th", { scope: "col" }, foreign(each))))),
      make("tbody", {}, ...rows.map((cells) => make("tr", {}, ...cells.map((cell, nth) => nth === 0 ? make("th", { scope: "row" }, foreign(cell)) : make("td", {}, foreign(cell))))))));
  const difference = async () => {
    const mine = ++asked;
    open = null;
    try {
      const [one, other] = await Promise.all(chosen.map(ask));
      if (mine !== asked) return;
      const names = [...new Set([...Object.keys(one.params), ...Object.keys(other.params)])];
      const rows = names.filter((each) => one.params[each] !== other.params[each]).map((each) => [each, one.params[each] ?? "not there", other.params[each] ?? "not there"]);
      at("about").textContent = "Which Params differ";
      at("details").replaceChildren(make("p", {}, rows.length === 0 ? "None: the two have the same Params." : rows.length + " of " + names.length + " differ."), rows.length === 0 ? "" : table(rows.length + " of " + names.length + " differ", ["Param", one.folder, other.folder], rows));
      at("about").focus();
    } catch (error) { tell(error); }
  };
  const svg = (tag, attributes, text) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    if (text !== undefined) element.textContent = text;
    return element;
  };
  const interval = ({ metric, unit, arms, by, steps }) => {
    const last = steps.at(-1);
    const what = make("p", {}, foreign(metric), ": ", foreign(arms[0]), " less ", foreign(arms[1]));
    if (last === undefined) return [what, make("p", { class: "note" }, "An interval needs two pairs.")];
    const says = signed(last.effect) + " [" + signed(last.low) + ", " + signed(last.high) + "] " + unit + ", " + last.n + " pairs";
    // The scale is that of the interval, so that it is seen to narrow; the first few are wide beyond all measure.
    const later = steps.slice(Math.min(steps.length - 1, Math.floor(steps.length / 4)));
    const low = Math.min(...later.map((step) => step.low));
    const high = Math.max(...later.map((step) => step.high));
    const wide = Math.max(280, Math.min(640, at("details").clientWidth));
    const end = wide - 8;
    const x = (n) => 70 + (end - 70) * (last.n === steps[0].n ? 1 : (n - steps[0].n) / (last.n - steps[0].n));
    const y = (value) => Math.max(5, Math.min(185, 185 - 180 * (value - low) / (high - low || 1)));
    const drawing = svg("svg", { viewBox: "0 0 " + wide + " 220", role: "img", "aria-label": "95 % interval by number of pairs, now " + says });
    const path = (points) => points.map(([a, b], nth) => (nth ? "L" : "M") + a.toFixed(1) + " " + b.toFixed(1)).join("");
    const top = steps.map((step) => [x(step.n), y(step.high)]);
    const bottom = steps.map((step) => [x(step.n), y(step.low)]).reverse();
    if (steps.length === 1) { top.unshift([70, top[0][1]]); bottom.push([70, bottom[0][1]]); }
    drawing.append(svg("path", { class: "band", d: path([...top, ...bottom]) + "Z" }),
      svg("path", { class: "mid", d: path(steps.map((step) => [x(step.n), y(step.effect)])) }),
      ...[[0, "zero"], [by, "by"], [-by, "by"]].filter(([value]) => value >= low && value <= high).map(([value, kind]) => svg("line", { class: kind, x1: 70, x2: end, y1: y(value), y2: y(value) })),
      svg("text", { x: 64, y: y(high) + 10, "text-anchor": "end" }, signed(high)),
      svg("text", { x: 64, y: y(low), "text-anchor": "end" }, signed(low)),
      svg("text", { x: 70, y: 212 }, steps[0].n + " pairs"), svg("text", { x: end, y: 212, "text-anchor": "end" }, last.n + " pairs"));
    return [what, make("p", {}, make("strong", {}, says)), drawing,
      make("p", { class: "note" }, "Simulation interval at 95 %, given the assumptions, and uncorrected: no verdict while runs are made. The smallest effect that matters is ±" + number(by) + " " + unit + (low <= by && high >= -by ? " (dashed where it is in sight); the solid line is no effect." : ": all of what is drawn lies beyond it."))];
  };
  const show = async (id, moved) => {
    const mine = ++asked;
    open = id;
    for (const item of at("list").children) item.className = item.dataset.id === id ? "open" : "";
    try {
      const entry = await ask(id);
      if (mine !== asked) return;
      const { progress } = entry;
      const parts = [make("p", {}, make("strong", { class: "state " + entry.status }, entry.status), ", ", foreign(entry.says))];
      if (entry.report) parts.push(make("p", {}, make("a", { href: "report/" + id, target: "_blank", rel: "noopener" }, "Open the report")));
      if (entry.kind === "experiment") {
        parts.push(make("p", {}, entry.done + " of " + entry.planned + " runs ended, " + entry.failed + " failed" + (entry.status === "running" && progress ? ": " + progress.phase + ", " : ""), entry.status === "running" && progress ? foreign(progress.says) : ""),
          make("progress", { max: Math.max(1, entry.planned), value: entry.done, "aria-label": "Runs ended" }));
      }
      if (progress?.narrowing) parts.push(make("h3", {}, "The main KPI"), ...interval(progress.narrowing));
      if (progress?.workers.length > 0) parts.push(make("h3", {}, "Workers"), table("Progress by worker", ["worker", "runs ended", "failed", "latest"],
        progress.workers.map((each) => [each.worker, String(each.ended), String(each.failed), "arm " + each.arm + ", seed " + each.seed])));
      if (entry.failures.length > 0) parts.push(make("h3", {}, "Failed runs"), ...entry.failures.flatMap(({ says, message, command }) =>
        [make("p", {}, foreign(says), ": ", foreign(message)), make("pre", { tabindex: "0", "aria-label": "Command that does it again" }, foreign(command))]));
      if (entry.command) parts.push(make("h3", {}, "Made by"), make("pre", { tabindex: "0", "aria-label": "Command that made it" }, foreign(entry.command)));
      const names = Object.keys(entry.params);
      if (names.length > 0) parts.push(make("h3", {}, "Params"), table("Params", ["Param", "value"], names.map((each) => [each, entry.params[each]])));
      at("about").replaceChildren(foreign(name(entry)));
      const region = document.activeElement?.closest?.("#details") ? document.activeElement.getAttribute("aria-label") : null;
      const link = document.activeElement?.closest?.("#details a") !== null && document.activeElement?.closest?.("#details a") !== undefined;
      at("details").replaceChildren(...parts);
      if (moved) at("about").focus();
      else if (link) at("details").querySelector("a")?.focus();
      else if (region) [...at("details").querySelectorAll("[aria-label]")].find((each) => each.getAttribute("aria-label") === region)?.focus();
    } catch (error) { if (mine === asked) tell(error); }
  };
  at("search").addEventListener("input", list);
  const source = new EventSource("events");
  source.addEventListener("message", ({ data }) => {
    const { changed, gone, all, error } = JSON.parse(data);
    if (error !== undefined) { at("line").textContent = "The folders cannot be read: " + error; return; }
    if (all) entries.clear();
    for (const entry of changed) entries.set(entry.id, entry);
    for (const id of gone) { entries.delete(id); if (chosen.includes(id)) chosen.splice(chosen.indexOf(id), 1); }
    list();
    if (open !== null && changed.some(({ id }) => id === open)) show(open, false);
    if (gone.includes(open)) { open = null; tell(new Error("it is gone")); }
  });
  source.addEventListener("error", () => { at("line").textContent = "Not connected: is mesocosm serve still running?"; });
})();
`
