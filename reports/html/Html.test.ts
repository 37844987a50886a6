import fc from "fast-check"
import { expect, it } from "vitest"
import { foreign, html, json, sentence } from "./Html.ts"

it("escapes what is put in, in elements and in quoted attributes", () => {
  expect(html`<p title="${`"'<>&`}">${"</p><script>"}</p>`.text).toBe(
    `<p title="&quot;&#39;&lt;&gt;&amp;">&lt;/p&gt;&lt;script&gt;</p>`
  )
})

it("takes templates, lists and nothing", () => {
  expect(html`${html`<b>${1}</b>`}${[html`<i></i>`, "<"]}${null}${undefined}${false}`.text).toBe("<b>1</b><i></i>&lt;")
  expect(sentence(["a", "b", "c"].map(foreign)).text).toBe("<bdi>a</bdi>, <bdi>b</bdi> and <bdi>c</bdi>")
})

it("keeps data whole, and lets it end nothing", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (data) => {
      const { text } = json({ data, "</script><!--": "\u2028\u202e\u2066" })
      expect(text).not.toMatch(/[<\u2028\u2029\u202e\u2066]/)
      expect(text).toBe(text.trim())
      expect((JSON.parse(text) as { readonly data: unknown }).data).toEqual(JSON.parse(JSON.stringify(data)))
    })
  )
})
