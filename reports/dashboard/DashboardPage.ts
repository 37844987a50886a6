/** The dashboard's page: a frame without data, which its script fills from what the server tells. */
import { html } from "../html/Html.ts"
import { page } from "../html/Page.ts"
import { STYLE } from "../html/Stylesheet.ts"
import { DASHBOARD_SCRIPT } from "./DashboardScript.ts"

const OWN = `
.desk{max-width:96rem;margin:0 auto;padding:clamp(1.5rem,4vw,3rem) clamp(1rem,4vw,3rem) 4rem}
.desk section{margin-top:0;min-width:0}
[hidden]{display:none!important}
.bar{display:flex;flex-wrap:wrap;gap:.5rem 1.5rem;align-items:end;justify-content:space-between;margin:1.5rem 0}
.bar label{display:grid;gap:.25rem;font-size:.875rem;color:var(--muted);flex:1 1 16rem;max-width:28rem}
input[type=search]{font:inherit;color:var(--ink);background:var(--paper);border:1px solid var(--muted);border-radius:4px;padding:.45rem .7rem;width:100%}
.panes{display:grid;gap:2.5rem;grid-template-columns:minmax(0,1fr)}
@media (min-width:70rem){.panes{grid-template-columns:minmax(0,5fr) minmax(0,6fr)}}
.list{list-style:none;padding:0;border-top:1px solid var(--rule)}
.list li{display:grid;grid-template-columns:auto minmax(0,1fr) auto;gap:0 .9rem;padding:.7rem .25rem;border-bottom:1px solid var(--rule);align-items:start}
.list li.open{background:var(--wash)}
.list input{width:1.15rem;height:1.15rem;margin:.25rem 0 0;accent-color:var(--accent)}
.list button{font:inherit;font-weight:600;text-align:left;color:var(--accent);background:none;border:0;padding:0;cursor:pointer;overflow-wrap:anywhere}
.list button:hover{text-decoration:underline}
.list .says,.list .folder{grid-column:2/-1;font-size:.875rem;line-height:1.45;overflow-wrap:anywhere}
.state{font-size:.875rem;white-space:nowrap}
.state.running{color:var(--accent);font-weight:600}
.state.failed,.state.unreadable{color:var(--bad);font-weight:600}
.state.stopped,.state.interrupted{color:var(--warn)}
progress{width:100%;height:.6rem;accent-color:var(--accent)}
.details{min-width:0;overflow-wrap:anywhere}
.details>*+*{margin-top:1rem}
.details h3{margin-top:2rem}
.details svg{display:block;width:100%;height:auto}
.details .scroll{overflow-x:auto}
.details th,.details td{text-align:left;vertical-align:top}
.details pre{white-space:pre-wrap;font-size:.8125rem}
svg text{font-size:12px;fill:var(--muted)}
.band{fill:var(--accent);opacity:.25}.mid{fill:none;stroke:var(--accent);stroke-width:2}.zero{stroke:var(--ink)}.by{stroke:var(--muted);stroke-dasharray:4 4}
`

/** The page, and its policy for the header. */
export function dashboardPage(): { readonly html: string; readonly policy: string } {
  const file = page({
    title: "mesocosm: runs and experiments",
    description: "Runs and experiments on this machine, live and past.",
    style: STYLE + OWN,
    asks: true,
    scripts: [DASHBOARD_SCRIPT],
    body: html`<div class="desk"><main>
<h1>Runs and experiments</h1>
<div class="bar"><label>Search<input type="search" id="search" autocomplete="off"></label><p class="note" id="line" role="status">Connecting…</p></div>
<div class="panes">
<section aria-labelledby="there"><h2 id="there">What there is</h2><p class="note">Choose two to see which Params differ.</p>
<p id="empty" hidden></p><ul class="list" id="list"></ul></section>
<section aria-labelledby="about"><h2 id="about" tabindex="-1">Details</h2><div class="details" id="details"><p class="note">Open a run or an experiment on the list.</p></div></section>
</div></main></div>
<noscript>This page needs its script.</noscript>`
  })
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(file)?.[1] ?? "default-src 'none'"
  return { html: file, policy }
}
