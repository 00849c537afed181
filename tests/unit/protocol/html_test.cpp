#include "protocol/html.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace hipchat::protocol {
namespace {

struct markup {
    std::string given;
    std::string kept;
};

void expect_all(const std::vector<markup>& cases) {
    for (const markup& each : cases)
        EXPECT_EQ(sanitize_html(each.given), each.kept) << each.given;
}

TEST(html, keeps_what_a_notification_may_contain) {
    expect_all({
        {"", ""},
        {"plain", "plain"},
        {"<b>b</b> <i>i</i> <strong>s</strong> <em>e</em>",
         "<b>b</b> <i>i</i> <strong>s</strong> <em>e</em>"},
        {"a<br>b<br/>c", "a<br>b<br>c"},
        {"<pre>x\n y</pre><code>z</code>", "<pre>x\n y</pre><code>z</code>"},
        {"<ul><li>1<li>2</ul><ol><li>3</li></ol>",
         "<ul><li>1</li><li>2</li></ul><ol><li>3</li></ol>"},
        {R"(<a href="https://x.test/?a=1&amp;b=2" rel="nofollow">x</a>)",
         R"(<a href="https://x.test/?a=1&amp;b=2" rel="nofollow">x</a>)"},
        {R"(<a href="mailto:ada@x.test">x</a>)", R"(<a href="mailto:ada@x.test">x</a>)"},
        {R"(<img src="http://x.test/i.png" alt="a&quot;b" width="10" height=20>)",
         R"(<img src="http://x.test/i.png" alt="a&quot;b" width="10" height="20">)"},
        {R"(<table><tr valign=top><td colspan=2>x</td></tr></table>)",
         R"(<table><tbody><tr valign="top"><td colspan="2">x</td></tr></tbody></table>)"},
        {R"(<span style="color: #f00; font-weight:bold">x</span>)",
         R"(<span style="color: #f00; font-weight: bold">x</span>)"},
    });
}

TEST(html, keeps_the_attributes_that_open_modules) {
    EXPECT_EQ(sanitize_html(R"(<a data-target="k" data-target-options='{"options":{}}'>x</a>)"),
              R"(<a data-target="k" data-target-options="{&quot;options&quot;:{}}">x</a>)");
}

TEST(html, drops_other_elements_and_keeps_their_text) {
    expect_all({{"<div><p>a</p><h1>b</h1></div>", "ab"},
                {"<blink>x</blink><font color=red>y</font>", "xy"},
                {"<form action=x><button>go</button></form>", "go"},
                {"<!-- comment -->x<!DOCTYPE html>", "x"},
                {"<html><body onload=alert(1)>x</body></html>", "x"}});
}

TEST(html, drops_what_is_not_text_with_its_content) {
    expect_all({{"a<script>alert(1)</script>b", "ab"},
                {"a<style>*{color:red}</style>b", "ab"},
                {"a<iframe src=http://x>x</iframe>b", "ab"},
                {"a<textarea>x</textarea>b", "ab"},
                {"a<title>x</title>b", "ab"},
                {"a<noscript><img src=x onerror=alert(1)></noscript>b", "ab"},
                {"a<template><b>x</b></template>b", "ab"},
                {"a<object data=x>y</object>b", "ab"},
                {"a<svg><script>alert(1)</script><a href=http://x>t</a></svg>b", "ab"},
                {"a<math><mtext><b>x</b></mtext></math>b", "ab"},
                {"a<svg/onload=alert(1)>", "a"},
                {"<script>", ""},
                {"a<plaintext>b</plaintext><b>", "a"}});
}

TEST(html, drops_attributes_that_are_not_listed) {
    expect_all(
        {{R"(<b onclick="x" style="color:red" class=c id=d>x</b>)", "<b>x</b>"},
         {R"(<a href="http://x.test/" target=_blank onmouseover=x>x</a>)",
          R"(<a href="http://x.test/">x</a>)"},
         {R"(<img src="http://x.test/" onerror=alert(1)>)", R"(<img src="http://x.test/">)"},
         {R"(<img src="http://x.test/" width="1 onload=x">)", R"(<img src="http://x.test/">)"}});
}

TEST(html, drops_addresses_that_run_or_lead_nowhere) {
    for (const std::string url : {"javascript:alert(1)",
                                  "JaVaScRiPt:alert(1)",
                                  " javascript:alert(1)",
                                  "java\tscript:alert(1)",
                                  "java&#10;script:alert(1)",
                                  "&#106;avascript:alert(1)",
                                  "&#x6A&#x61&#x76&#x61script:alert(1)",
                                  "&#1;javascript:alert(1)",
                                  "vbscript:x",
                                  "data:text/html,x",
                                  "data:text/html;base64,PHNjcmlwdD4=",
                                  "file:///etc/passwd",
                                  "//evil.test/",
                                  "/relative",
                                  "",
                                  "https:evil",
                                  "ftp://x/",
                                  "javascript&colon;alert(1)",
                                  "view-source:http://x",
                                  "blob:http://x",
                                  "about:blank",
                                  "x:http://y"}) {
        EXPECT_EQ(sanitize_html("<a href=\"" + url + "\">x</a>"), "<a>x</a>") << url;
        EXPECT_EQ(sanitize_html("<img src=\"" + url + "\">"), "") << url;
    }
    EXPECT_EQ(sanitize_html(R"(<img src="mailto:x">)"), "");
    EXPECT_EQ(sanitize_html("<img>"), "");
}

TEST(html, reads_an_address_as_a_browser_does) {
    EXPECT_EQ(sanitize_html("<a href=\" HTTPS://x.test/\n\">x</a>"),
              R"(<a href="HTTPS://x.test/">x</a>)");
    EXPECT_EQ(sanitize_html("<a href=\"ht\ttp://x.test/\">x</a>"),
              R"(<a href="http://x.test/">x</a>)");
}

TEST(html, keeps_only_harmless_styles) {
    const auto style = [](const std::string& text) {
        return sanitize_html("<span style=\"" + text + "\">x</span>");
    };
    for (const std::string text :
         {"background:url(http://x)", "position:fixed", "color:expression(alert(1))",
          "color:url(javascript:alert(1))", "width:calc(1px)", "color:\\65xpression(1)",
          "color:/**/red", "-moz-binding:url(x)", "color", ":red", ";;", "color:"})
        EXPECT_EQ(style(text), "<span>x</span>") << text;
    EXPECT_EQ(style("position:fixed;COLOR:rgb(1, 2, 3);top:0"),
              "<span style=\"color: rgb(1, 2, 3)\">x</span>");
}

TEST(html, escapes_text_and_attributes) {
    expect_all({{"1 < 2 & 3 > 2 \"'", "1 &lt; 2 &amp; 3 &gt; 2 &quot;&#39;"},
                {"&lt;script&gt;", "&lt;script&gt;"},
                {"&amp;lt;", "&amp;lt;"},
                {R"(<a href="http://x.test/&quot;onclick=x">x</a>)",
                 R"(<a href="http://x.test/&quot;onclick=x">x</a>)"}});
}

TEST(html, closes_what_is_open) {
    expect_all({{"<b>x", "<b>x</b>"},
                {"<b><i>x</b>y</i>", "<b><i>x</i></b><i>y</i>"},
                {"x</b></table></div>", "x"},
                {"<", "&lt;"},
                {"<b", ""},
                {"<a href=\"http://x.test/", ""},
                {"<<b>x</b>", "&lt;<b>x</b>"},
                {"<ul><li><b>x</ul>y", "<ul><li><b>x</b></li></ul><b>y</b>"}});
}

TEST(html, survives_published_ways_around_filters) {
    for (const std::string text :
         {"<img src=x onerror=alert(1)//", "<scr<script>ipt>alert(1)</scr</script>ipt>",
          "<IMG \"\"\"><SCRIPT>alert(1)</SCRIPT>\">", "<svg><style><img src=x onerror=alert(1)>",
          "<math><mi//xlink:href=\"data:x,<script>alert(1)</script>\">",
          "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
          "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
          "<a href=\"http://x\"><svg><a xlink:href=\"javascript:alert(1)\">x</a>",
          "<table><td><a href=javascript:alert(1)>x", "<b/onmouseover=alert(1)>x",
          "<xmp><img src=x onerror=alert(1)></xmp>", "<base href=//evil.test>",
          "<meta http-equiv=refresh content=0>", "<link rel=stylesheet href=//evil.test>",
          "<isindex type=image src=x onerror=alert(1)>", "<keygen autofocus onfocus=alert(1)>"}) {
        const std::string kept = sanitize_html(text);
        for (const std::string bad :
             {"<script", "<svg", "<math", "<style", "<form", "<xmp", "<base", "<meta", "<link",
              "<noscript", "<img", " on", "javascript:\""})
            EXPECT_EQ(kept.find(bad), std::string::npos) << text << " became " << kept;
    }
}

TEST(html, leaves_its_own_answer_as_it_is) {
    for (const std::string text :
         {"<b><i>x</b>y</i>", "<table><tr><td>1<td>2</table>", "1 < 2 & 3", "<ul><li>a<li>b",
          R"(<a href="http://x.test/?a&b">x</a><span style="color:red;x:y">z</span>)"}) {
        const std::string once = sanitize_html(text);
        EXPECT_EQ(sanitize_html(once), once);
    }
}

TEST(html, drops_what_nests_too_deep) {
    std::string text;
    for (int i = 0; i < 3000; ++i)
        text += "<i>";
    const std::string kept = sanitize_html(text + "x");
    EXPECT_LT(kept.size(), 1000U);
}

TEST(html, shows_as_text_what_would_take_too_long) {
    std::string tags;
    for (int i = 0; i < 5000; ++i)
        tags += "<b>";
    EXPECT_EQ(sanitize_html(tags).find("<b>"), std::string::npos);
    // Every paragraph opens all of the differing elements before it again.
    std::string growing = "<p>";
    for (int i = 0; i < 900; ++i)
        growing += "<b id=" + std::to_string(i) + ">";
    for (int i = 0; i < 3000; ++i)
        growing += "<p>x";
    EXPECT_EQ(sanitize_html(growing).substr(0, 9), "&lt;p&gt;");
}

TEST(html, survives_bytes_that_are_no_text) {
    for (int byte = 0; byte < 256; ++byte) {
        const std::string text(1, static_cast<char>(byte));
        sanitize_html("<b title=\"" + text + "\">" + text + "</" + text + ">" + text + "<a hre"
                      + text);
    }
    EXPECT_EQ(sanitize_html(std::string("a\0b", 3)).substr(0, 1), "a");
}

TEST(escape_html, escapes_the_five_characters) {
    EXPECT_EQ(escape_html("<a href=\"x\">'&'</a>"),
              "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;");
    EXPECT_EQ(escape_html(""), "");
}

}  // namespace
}  // namespace hipchat::protocol
