#include <hipchat/addon.hpp>
#include <hipchat/json.hpp>

namespace {

// [panel]
hipchat::page_template board_page() {
    return hipchat::page_template(R"(<!doctype html>
<html class="{{theme}}">
<head><title>Board</title>{{{connect}}}</head>
<body>
  <h1>Room {{room}}</h1>
  <button id="more">More</button>
  <script src="{{base}}/static/board.js"></script>
</body>
</html>)");
}

void declare_panel(hipchat::addon& bot) {
    bot.web_panel({.key = "board", .name = "Board"},
                  [page = board_page()](hipchat::page_request& request) {
                      const auto room = request.room();
                      const hipchat::json::object data{{"room", room ? room->id() : 0}};
                      return request.render(page, data);
                  });
}
// [/panel]

// [dialog]
void declare_dialog(hipchat::addon& bot) {
    hipchat::dialog_options options;
    options.size = hipchat::dialog_size{.width = "400px", .height = "300px"};
    options.primary_action = hipchat::dialog_button{.name = "Save", .key = "save"};
    bot.dialog({.key = "answer", .title = "Your answer", .options = options},
               [](hipchat::page_request& request) {
                   return hipchat::html("<textarea></textarea>" + request.connect_script());
               });
}
// [/dialog]

// [action]
void declare_actions(hipchat::addon& bot) {
    bot.action({.key = "quote",
                .name = "Put on the board",
                .location = hipchat::action_module::place::message,
                .target = {.key = "answer"},
                .conditions = {{.id = "message_contains_link"}}});
    bot.action({.key = "ask",
                .name = "Ask the board",
                .location = hipchat::action_module::place::input,
                .target = {.key = "answer"}});
}
// [/action]

// [template_url]
void declare_snippet(hipchat::addon& bot) {
    bot.dialog(
        {.key = "snippet", .title = "Snippet", .url = "/snippet/{id}?by={message.sender.id}"},
        [](hipchat::page_request& request) {
            return "snippet " + request.part("id") + " by "
                   + request.query("by").value_or("nobody");
        });
}
// [/template_url]

// [external]
void declare_pages(hipchat::addon& bot) {
    bot.external_page({.key = "report", .name = "Report"}, [](hipchat::page_request& request) {
        return hipchat::html("<h1>Report</h1><p>for user " + hipchat::escape_html(request.user_id())
                             + "</p>");
    });
}
// [/external]

}  // namespace

int main() {
    hipchat::addon bot{{.key = "docs.panels", .name = "Panels"}};
    declare_panel(bot);
    declare_dialog(bot);
    declare_actions(bot);
    declare_snippet(bot);
    declare_pages(bot);
    return hipchat::run(bot);
}
