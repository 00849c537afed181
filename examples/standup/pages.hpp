#pragma once

// What the program shows, compiled in so that it runs from any directory.

namespace standup::pages {

/// Of both pages.
inline constexpr auto style = R"html(<style>
  body { font: 14px/1.5 sans-serif; margin: 14px; }
  [data-theme=dark] body { background: #1e2329; color: #e6e8ea; }
  label { display: block; margin: 0 0 12px; }
  input, textarea { box-sizing: border-box; display: block; font: inherit; width: 100%; }
  #problem { color: #c33; }
</style>)html";

/// Where a person writes the report of the day. The buttons are the host's, around the page.
inline constexpr auto report = R"html(<!doctype html>
<html lang="en" data-theme="{{theme}}">
<meta charset="utf-8">
<title>{{title}}</title>
{{> style}}
{{{connect}}}
<form id="report">
  <label>What have you done?
    <textarea name="done" rows="4" maxlength="500" required>{{done}}</textarea></label>
  <label>What comes next?
    <textarea name="next" rows="2" maxlength="500">{{next}}</textarea></label>
  <label>What is in your way?
    <input name="blocked" maxlength="500" value="{{blocked}}"></label>
  <p id="problem" role="alert"></p>
</form>
<script>
  const form = document.getElementById('report');
  const post = async () => {
    if (!form.reportValidity()) return false;
    const answer = await connect.fetch('/report', {
      method: 'POST', body: new URLSearchParams(new FormData(form)),
    });
    document.getElementById('problem').textContent = answer.ok ? '' : await answer.text();
    return answer.ok;
  };
  connect.ready.then((host) => host.register({
    'add-to-standup': ({ body }) => {
      const { done } = form.elements;
      done.value = done.value ? `${done.value}\n${body}` : body;
    },
    'dialog-button-click': async ({ action }, close) => close(action !== 'post' || await post()),
  }));
</script>
</html>
)html";

/// The settings of a room.
inline constexpr auto configure = R"html(<!doctype html>
<html lang="en" data-theme="{{theme}}">
<meta charset="utf-8">
<title>Standup</title>
{{> style}}
{{{connect}}}
{{#saved}}<p id="saved">The settings of this room are saved.</p>{{/saved}}
<form method="post" action="{{base}}/settings">
  <label>Title of the standup
    <input name="title" value="{{title}}" maxlength="80" required></label>
  <label>Reports are due before this hour (UTC; 24: any time)
    <input name="hour" type="number" min="1" max="24" value="{{hour}}" required></label>
  <button>Save</button>
</form>
</html>
)html";

}  // namespace standup::pages
