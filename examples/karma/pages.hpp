#pragma once

// What the program shows, compiled in so that it runs from any directory.

namespace karma::pages {

/// The panel. It draws itself anew when the host shows an answer of this add-on in the room.
inline constexpr auto panel = R"html(<!doctype html>
<html lang="en" data-theme="{{theme}}">
<meta charset="utf-8">
<title>Karma</title>
<style>
  body { font: 14px/1.5 sans-serif; margin: 10px; }
  [data-theme=dark] body { background: #1e2329; color: #e6e8ea; }
  table { width: 100%; border-spacing: 0 4px; }
  .number { text-align: right; font-variant-numeric: tabular-nums; }
</style>
{{{connect}}}
<table id="leaders">{{> leaders}}</table>
<script>
  const refresh = async () => {
    const answer = await connect.fetch('/leaders');
    if (answer.ok) document.getElementById('leaders').innerHTML = await answer.text();
  };
  connect.ready.then((host) => host.register({ 'message-received': refresh }));
</script>
</html>
)html";

/// The rows of the panel's table.
inline constexpr auto leaders = R"html(<tbody>
{{#leaders}}<tr><td>{{name}}</td><td class="number">{{points}}</td></tr>
{{/leaders}}
{{^leaders}}<tr><td>Nobody has karma yet. Say <b>name++</b> in the room.</td></tr>
{{/leaders}}
</tbody>)html";

/// Of the glance.
inline constexpr auto icon =
    R"svg(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" width="16" height="16">
<path d="M8 1l2 4.6 5 .4-3.8 3.3L12.4 14 8 11.4 3.6 14l1.2-4.7L1 6l5-.4z" fill="#f0a800"/>
</svg>)svg";

}  // namespace karma::pages
