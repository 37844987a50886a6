/** The look of the page: type, space and one accent, in light and in dark, on paper and on a phone. */
import { customProperties, DARK, FONT, LIGHT } from "../charts/Theme.ts"

const LIGHT_PAGE = `color-scheme:light;${customProperties(LIGHT)};--accent:#00705a;--wash:#f4f6f6;--rule:#d5dbdd;--bad:#a3260f;--bad-wash:#fdf0ed;--warn:#7a4b00;--warn-wash:#fdf5e4`
const DARK_PAGE = `color-scheme:dark;${customProperties(DARK)};--accent:#4fc4a6;--wash:#1c2326;--rule:#374145;--bad:#ff9a85;--bad-wash:#2d1a16;--warn:#f2c26b;--warn-wash:#2a2213`

/** Heights of a chart's place that are no default: the policy allows no style of an element's own. */
const STEP = 20
const STEPS = Array.from({ length: 40 }, (_, nth) => nth + 3)

/** The class of a place in which a chart of so many pixels stands. */
export function heightOf(pixels: number): string {
  return `h${Math.min(STEPS.at(-1) ?? 0, Math.max(STEPS[0] ?? 0, Math.ceil(pixels / STEP)))}`
}

/** The style sheet. */
export const STYLE: string = `
:root{${LIGHT_PAGE}}
@media (prefers-color-scheme:dark){:root{${DARK_PAGE}}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-padding-top:2rem}
body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.6 ${FONT};font-variant-numeric:tabular-nums;overflow-wrap:break-word}
.sheet{max-width:72rem;margin:0 auto;padding:clamp(2rem,5vw,4.5rem) clamp(1rem,4vw,3rem) 5rem}
h1,h2,h3,p,ul,ol,dl,dd,figure,pre{margin:0}
h1{font-size:clamp(1.75rem,1.2rem + 2.2vw,2.75rem);line-height:1.15;letter-spacing:-.022em;font-weight:650;text-wrap:balance;max-width:24em}
h2{font-size:1.375rem;line-height:1.3;letter-spacing:-.012em;font-weight:650}
h3{font-size:1rem;line-height:1.4;font-weight:600}
a{color:var(--accent);text-underline-offset:.2em;text-decoration-thickness:1px}
:focus-visible{outline:2px solid var(--accent);outline-offset:3px;border-radius:2px}
code,pre{font-family:ui-monospace,'SF Mono',Menlo,Consolas,'DejaVu Sans Mono',monospace;font-size:.875em}
header>*+*{margin-top:1.25rem}
header p,.note{max-width:44rem}
.kicker{color:var(--muted);font-size:.875rem}
.kicker span::before{content:"·";margin:0 .35em 0 .1em}
.lede{font-size:1.125rem;line-height:1.55}
.note{color:var(--muted);font-size:.9375rem}
.quiet,.says{color:var(--muted)}
.status.complete strong{color:var(--accent)}
.status.failed,.status.partial{border-left:4px solid var(--bad);background:var(--bad-wash);padding:1rem 1.25rem;max-width:44rem}
.status.partial{border-color:var(--warn);background:var(--warn-wash)}
.status.failed>*+*,.status.partial>*+*{margin-top:.4rem}
.status ul{padding-left:1.2rem}
.loud{font-size:1.25rem;font-weight:700;line-height:1.3;color:var(--bad)}
.partial .loud{color:var(--warn)}
section{margin-top:clamp(3rem,6vw,4.5rem);padding-top:1.5rem;border-top:1px solid var(--rule)}
section>*+*{margin-top:1.25rem}
section>h3{margin-top:2.25rem}
section>h3+*{margin-top:.75rem}
.contents{display:none}
.tiles{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,15rem),1fr));gap:2.25rem 2.5rem;margin-top:2rem}
.tile dt{font-weight:600;font-size:.9375rem}
.value{font-size:2.25rem;line-height:1.2;letter-spacing:-.025em;font-weight:600;margin-top:.15rem}
.value .unit{font-size:1rem;letter-spacing:0;font-weight:400;color:var(--muted)}
.theory{font-size:.9375rem}
.tile .says{font-size:.9375rem;line-height:1.45;margin-top:.3rem}
.tile .quiet{font-size:.8125rem;line-height:1.45;margin-top:.3rem}
.kpi{display:inline-block;font-size:.6875rem;line-height:1.5;font-weight:600;letter-spacing:.04em;color:var(--accent);border:1px solid currentColor;border-radius:3px;padding:0 .3em;vertical-align:.1em}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,26rem),1fr));gap:0 3rem;margin-top:2rem}
.charts>.chart{padding-bottom:3rem;display:grid;grid-template:subgrid/minmax(0,1fr);grid-row:span 5;row-gap:0}
.chart h3 .unit{font-weight:400;color:var(--muted)}
.chart{min-width:0}
.charts .chart:first-child:nth-last-child(odd){grid-column:1/-1}
.results .charts .chart:first-child:nth-last-child(odd){grid-column:auto}
.chart .says{font-size:.9375rem;line-height:1.45}
.chart.flat{margin-top:0}
.chart.flat+.chart.flat{margin-top:2.25rem}
.place{position:relative;height:250px;margin-top:1rem}
${STEPS.map((each) => `.place.h${each}{height:${each * STEP}px}`).join("")}
.place>svg{display:block;width:100%;height:100%}
.place.bars{height:auto;margin-top:.5rem;max-width:44rem}
.place.bars>svg{height:auto}
.live{width:100%}
.place:not([data-live]) .live{position:absolute;inset:0;visibility:hidden}
.live svg{display:block}
.legend{font-size:.875rem;color:var(--muted)}
.legend p{margin-top:.35rem}
.dashes{display:inline-block;width:1.75rem;border-top:1.5px dashed var(--muted);vertical-align:middle;margin-right:.5rem}
.falls{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,17rem),1fr));gap:2rem 2.5rem}
.fall{min-width:0;max-width:30rem}
.fall figcaption{font-size:.9375rem;line-height:1.4}
.fall figcaption strong{display:block;font-weight:600}
.fall svg{display:block;width:100%;height:auto;margin-top:.35rem}
.key span{white-space:nowrap}
.key>span{margin-right:1.25rem}
.values .figure{font-size:1.125rem;font-weight:600}
.values thead th{white-space:normal;min-width:5.5rem}
.values .line{display:block;white-space:normal}
.results .each{font-size:.8125rem;color:var(--muted);max-width:11rem;margin-left:auto}
.results tbody th .unit{color:var(--muted)}
.values .each{font-size:.8125rem;max-width:16rem;margin-left:auto}
.values .difference{font-weight:500}
.values tbody th .says{display:block;font-weight:400;max-width:22rem;min-width:9rem}
h3 .unit{font-weight:400;color:var(--muted)}
.swatch{display:inline-block;width:1.1rem;height:.7rem;margin-right:.45rem;border:2px solid var(--series-0);background:var(--series-0)}
.swatch.loss{border-color:var(--series-1);background:var(--paper)}
.swatch.total{border-color:var(--ink);background:var(--ink)}
.range{display:block;width:8rem;height:1rem;overflow:visible}
.range .ends{stroke:var(--muted);stroke-width:1.5;fill:none}
.range .now{fill:var(--series-0);stroke:var(--paper);stroke-width:1.5}
.range .now.beyond{fill:var(--bad)}
.range .then{fill:var(--paper);stroke:var(--muted);stroke-width:1.5}
.beyond-note{color:var(--bad);font-weight:600}
.tip{position:fixed;z-index:1;pointer-events:none;background:var(--ink);color:var(--paper);font-size:.8125rem;line-height:1.4;padding:.35rem .6rem;border-radius:4px;max-width:16rem}
.tip-value{font-weight:600;font-size:.9375rem}
details{margin-top:.6rem}
summary{cursor:pointer;font-size:.875rem;color:var(--accent);width:fit-content}
details .scroll{max-height:22rem;overflow-y:auto;margin-top:.75rem}
details table{min-width:0}
details th,details td{min-width:5rem;padding-right:2rem}
.scroll{overflow-x:auto;max-width:100%;background:linear-gradient(to left,var(--paper) 30%,transparent) right/2.5rem 100% no-repeat local,linear-gradient(to left,var(--rule),transparent) right/.6rem 100% no-repeat scroll}
table{border-collapse:collapse;font-size:.875rem;line-height:1.45;min-width:100%}
caption{text-align:left;color:var(--muted);padding-bottom:.6rem}
caption>*,caption{max-width:min(44rem,calc(100vw - 2rem))}
th,td{text-align:left;vertical-align:top;padding:.5rem 1.25rem .5rem 0;border-bottom:1px solid var(--grid)}
th:last-child,td:last-child{padding-right:0}
thead th{color:var(--muted);font-weight:500;border-bottom-color:var(--rule);white-space:nowrap;vertical-align:bottom}
tbody th{font-weight:500;position:sticky;left:0;background:var(--paper)}
.number{text-align:right;white-space:nowrap}
th .unit{font-weight:400}
details thead th{position:sticky;top:0;background:var(--paper)}
.held{color:var(--accent);white-space:nowrap}
.broken{color:var(--bad);font-weight:600}
.omits{padding-left:1.2rem;max-width:44rem}
.omits li+li{margin-top:.4rem}
pre{background:var(--wash);padding:1rem 1.25rem;border-radius:4px;white-space:pre-wrap;overflow-wrap:anywhere}
.hashes code{overflow-wrap:anywhere}
.facts{display:grid;gap:.5rem;font-size:.9375rem}
.facts div{display:grid;grid-template-columns:7rem minmax(0,1fr);gap:1rem}
.facts dt{color:var(--muted)}
.facts dd{overflow-wrap:anywhere}
.rerun>*+*{margin-top:1.25rem}
.rerun[hidden]{display:none}
.asked{display:flex;flex-wrap:wrap;gap:1rem 1.5rem}
.asked label{display:block;min-width:0;max-width:100%}
.asked label span,.knob label{display:block;font-size:.875rem;color:var(--muted)}
.knob label code{color:var(--ink)}
fieldset{border:0;margin:0;padding:0;min-width:0}
legend{padding:0;font-weight:600;font-size:.9375rem}
.knobs{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,15rem),1fr));gap:1.25rem 2.5rem;margin-top:.75rem}
.knob{min-width:0}
.knob .quiet{font-size:.8125rem;line-height:1.4}
.knob.moved .quiet{color:var(--accent);font-weight:600}
.rerun input,.rerun select{font:inherit;font-size:.9375rem;color:inherit;background:var(--paper);border:1px solid var(--muted);border-radius:4px;padding:.3rem .5rem;max-width:100%;accent-color:var(--accent)}
.asked input{width:9rem}
.knob>input:not([type=range]),.knob>select{width:100%;margin-top:.15rem}
.rerun input[type=range]{display:block;width:100%;margin:.5rem 0 .1rem;padding:0;border:0;background:none;height:1.25rem}
.knob.moved>input:not([type=range]),.knob.moved>select{border-color:var(--accent);box-shadow:0 0 0 1px var(--accent)}
.rerun button{font:inherit;font-size:.9375rem;color:var(--accent);background:none;border:1px solid currentColor;border-radius:4px;padding:.4rem 1.1rem;cursor:pointer}
.rerun button[type=submit]{background:var(--accent);color:var(--paper);border-color:var(--accent);font-weight:600}
.rerun button:disabled{opacity:.45;cursor:default}
.plan{margin-top:.6rem;font-size:.9375rem;color:var(--muted);max-width:44rem;min-height:1.6em}
.progress:empty,.said:empty{display:none}
.said{color:var(--muted);font-size:.875rem}
.progress progress{display:block;width:100%;max-width:44rem;height:.5rem;accent-color:var(--accent)}
.progress .quiet{margin-top:.4rem;font-size:.875rem}
.results>*+*{margin-top:1.25rem}
.results:empty{display:none}
.results>h3{margin-top:2.25rem}
.verdict{border-left:4px solid var(--accent);background:var(--wash);padding:.75rem 1.25rem;max-width:44rem}
.verdict.same strong{color:var(--accent)}
.verdict.other{border-color:var(--bad);background:var(--bad-wash)}
.verdict.other strong{color:var(--bad)}
.verdict tbody th,.verdict thead th{background:inherit}
div.own{display:inline-block}
.own{border-bottom:2px dotted var(--series-1);padding-bottom:.05em}
.difference{font-weight:600}
.line{display:block;white-space:normal}
.results .each{font-size:.8125rem;color:var(--muted);max-width:11rem;margin-left:auto}
.results tbody th .unit{color:var(--muted)}
h4{margin:0;font-size:1rem;line-height:1.4;font-weight:600}
h4 .unit{font-weight:400;color:var(--muted)}
.sheet:has(.proposal){padding-top:clamp(1.5rem,3vw,2.5rem)}
.sheet:has(.proposal) .contents{top:2.5rem}
.proposal h1{font-size:clamp(1.5rem,1.1rem + 1vw,1.875rem);max-width:36em}
.proposal>*+*{margin-top:.9rem}
.about{color:var(--muted);font-size:.9375rem;line-height:1.5;max-width:56rem}
.answer{margin-top:1.25rem;padding-top:1.1rem}
.answer>*+*{margin-top:.6rem}
.answer .short{font-size:1.1875rem;line-height:1.4;max-width:56rem}
.answer .proposed{max-width:56rem}
.omits.wide{max-width:56rem;font-size:1.0625rem}
.answer .note{font-size:.8125rem;line-height:1.45;max-width:56rem}
.kpis{list-style:none;padding:0;display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,13rem),1fr));gap:.9rem 1rem;margin-top:.9rem}
.kpi-card{border:1px solid var(--rule);border-left:4px solid var(--muted);border-radius:4px;padding:.7rem .9rem;min-width:0;font-size:.875rem;line-height:1.4}
.kpi-card>*+*{margin-top:.3rem}
.kpi-card.better{border-left-color:var(--accent)}
.kpi-card.worse{border-left-color:var(--bad)}
.kpi-card.undecided{border-left-color:var(--warn)}
.kpi-card h2{font-size:.9375rem}
.kpi-card h2 a{color:inherit}
.verdict-word{font-weight:700;text-transform:uppercase;font-size:.75rem;letter-spacing:.05em;margin-right:.3em;color:var(--muted)}
.better .verdict-word{color:var(--accent)}
.worse .verdict-word{color:var(--bad)}
.undecided .verdict-word{color:var(--warn)}
.kpi-card .effect strong{font-size:1.5rem;line-height:1.15;letter-spacing:-.015em}
.kpi-card .between,.kpi-card .change{color:var(--muted)}
.kpi-card .survival{font-size:.8125rem}
.spread{display:block;width:100%;max-width:17rem;height:auto}
.spread text{fill:var(--ink);font-size:12px}
.spread .end{fill:var(--muted);font-size:11px}
.spread .last{text-anchor:end}
.spread .axis{stroke:var(--rule)}
.spread .whole{stroke-width:1.5}
.spread .half{stroke-width:6}
.spread .arm-0 line{stroke:var(--series-0)}
.spread .arm-1 line{stroke:var(--series-1)}
.spread circle{fill:var(--paper);stroke:var(--ink);stroke-width:1.5}
.bases{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,17rem),1fr));gap:1.25rem 2rem;border-top:1px solid var(--rule);padding-top:1.1rem}
.basis{min-width:0;font-size:.875rem;line-height:1.45}
.basis h2{font-size:1rem}
.basis ul{padding-left:1.1rem;margin-top:.4rem}
.basis li+li{margin-top:.3rem}
.basis code{overflow-wrap:anywhere}
.basis .more{margin-top:.4rem}
.words dt{font-weight:600;color:var(--ink)}
.words div{grid-template-columns:11rem minmax(0,1fr)}
.words{max-width:56rem}
footer{margin-top:4.5rem;padding-top:1.5rem;border-top:1px solid var(--rule);color:var(--muted);font-size:.875rem}
@media (max-width:30rem){.facts div,.words div{grid-template-columns:1fr;gap:0}}
@media (min-width:80rem){
.sheet{max-width:86rem;display:grid;grid-template-columns:11rem minmax(0,1fr);column-gap:4rem}
.contents{display:block;grid-row:1/span 2;align-self:start;position:sticky;top:4.5rem;font-size:.875rem}
.contents ol{list-style:none;padding:0}
.contents li+li{margin-top:.5rem}
.contents a{color:var(--muted);text-decoration:none}
.contents a:hover{color:var(--accent);text-decoration:underline}
}
@media print{
:root{${LIGHT_PAGE}}
body{font-size:10pt}
.sheet{display:block;max-width:none;padding:0}
.contents,.tip,summary,.rerun{display:none}
section{margin-top:2rem}
h2,h3{break-after:avoid}
.tile,.chart,tr{break-inside:avoid}
.scroll,details .scroll{overflow:visible;max-height:none}
.place .live svg,.place>svg,.fall svg{max-width:100%;height:auto}
.place,.place[class*=h]{height:auto}
.charts{grid-template-columns:repeat(2,minmax(0,1fr));gap:0 1.5rem}
.kpis{grid-template-columns:repeat(2,minmax(0,1fr))}
.bases{grid-template-columns:repeat(3,minmax(0,1fr))}
.kpi-card,.basis,.spread{break-inside:avoid}
.scroll{background:none}
table{font-size:6.5pt;min-width:0;width:100%}
th,td,details th,details td{padding:.3rem .5rem .3rem 0;min-width:0;overflow-wrap:anywhere}
thead th{white-space:normal;overflow-wrap:normal}
td.number{overflow-wrap:normal}
tbody th{position:static}
pre{font-size:8pt}
td code{overflow-wrap:anywhere}
}
`
