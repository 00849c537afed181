#pragma once

// What the program shows, compiled in so that it runs from any directory.

namespace incidents::pages {

/// Of both pages.
inline constexpr auto style = R"html(<style>
  body { font: 14px/1.5 sans-serif; margin: 24px auto; max-width: 640px; padding: 0 14px; }
  [data-theme=dark] body { background: #1e2329; color: #e6e8ea; }
  table { border-spacing: 0 6px; width: 100%; }
  td { vertical-align: top; }
  td:last-child { text-align: right; }
  time { color: #888; font-variant-numeric: tabular-nums; }
  .open { color: #c33; font-weight: bold; }
</style>)html";

/// What was said in a room's latest incident; in a tab of its own.
inline constexpr auto timeline = R"html(<!doctype html>
<html lang="en" data-theme="{{theme}}">
<meta charset="utf-8">
<title>{{title}}</title>
<link rel="icon" href="{{base}}/icon.svg">
{{> style}}
<h1>{{title}}</h1>
{{#incident}}
<p id="state">{{#open}}<span class="open">open</span> for{{/open}}{{^open}}closed after{{/open}} {{age}},
opened by {{opened_by}} on <time>{{date}}</time></p>
{{/incident}}
<ol id="lines">
{{#lines}}<li><time>{{date}}</time> <b>{{name}}</b> {{text}}</li>
{{/lines}}
</ol>
<p><a href="{{again}}">Refresh</a></p>
</html>
)html";

/// The latest incident of each room, for whoever administers the group.
inline constexpr auto admin = R"html(<!doctype html>
<html lang="en" data-theme="{{theme}}">
<meta charset="utf-8">
<title>Incidents</title>
{{> style}}
{{{connect}}}
<h1>Incidents</h1>
<table>
{{#incidents}}<tr><td>Room {{room}}</td><td>{{title}}</td>
<td>{{#open}}<span class="open">open</span>{{/open}}{{^open}}closed after{{/open}} {{age}}</td>
<td>{{#open}}<form method="post" action="{{base}}/close"><input type="hidden" name="room" value="{{room}}">
<button>Close</button></form>{{/open}}</td></tr>
{{/incidents}}
{{^incidents}}<tr><td>There was none yet. Say <b>/incident open</b> in a room.</td></tr>
{{/incidents}}
</table>
</html>
)html";

/// Of the glance.
inline constexpr auto icon =
    R"svg(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" width="16" height="16">
<path d="M8 1l7 13H1z" fill="#d04437"/><path d="M7.2 6h1.6v4H7.2zm0 5h1.6v1.6H7.2z" fill="#fff"/>
</svg>)svg";

}  // namespace incidents::pages
