#include <hipchat/addon.hpp>
#include <hipchat/data.hpp>
#include <hipchat/json.hpp>

namespace {

// [first]
void declare_hello(hipchat::addon& bot) {
    bot.web_panel({.key = "hello", .name = "Hello"}, [](hipchat::page_request& request) {
        return hipchat::html("<h1>Hello</h1><p>You are user "
                             + hipchat::escape_html(request.user_id()) + "</p>");
    });
}
// [/first]

// [templates]
hipchat::page_template score_page() {
    return hipchat::page_template(R"(<!doctype html>
<head>{{> head}}</head>
<body>
  {{#scores}}<p>{{name}}: {{points}}</p>{{/scores}}
  {{^scores}}<p>Nobody yet.</p>{{/scores}}
</body>)")
        .with_part("head", R"(<title>Scores</title>{{{connect}}})");
}

hipchat::task<hipchat::response> show_scores(const hipchat::page_template& page,
                                             hipchat::page_request& request) {
    hipchat::json::array scores;
    hipchat::data_range all = request.tenant().data().all("score:");
    while (auto one = co_await all.next()) {
        hipchat::json::object row{{"name", one->key.substr(6)}, {"points", one->value}};
        scores.push_back(std::move(row));
    }
    const hipchat::json::object data{{"scores", std::move(scores)}};
    co_return request.render(page, data);
}

void declare_scores(hipchat::addon& bot) {
    bot.web_panel({.key = "scores", .name = "Scores"},
                  [page = score_page()](hipchat::page_request& request) {
                      return show_scores(page, request);
                  });
}
// [/templates]

// [route]
hipchat::task<hipchat::response> add_point(hipchat::page_request& request) {
    const std::string name = request.text("name");
    if (name.empty()) throw hipchat::bad_request("name", "is empty; name somebody");
    const std::int64_t points = co_await request.tenant().data().add("score:" + name);
    hipchat::json::object said{{"name", name}, {"points", points}};
    co_return hipchat::response(said);
}

void declare_route(hipchat::addon& bot) {
    bot.user_route("POST", "/points", add_point);
    bot.route("DELETE", "/points/{name}", [](hipchat::page_request& request) -> hipchat::task<> {
        co_await request.tenant().data().erase("score:" + request.part("name"));
    });
}
// [/route]

// [anonymous]
void declare_badge(hipchat::addon& bot) {
    bot.anonymous_route("GET", "/badge.svg", [](hipchat::anonymous_request&) {
        return hipchat::response::of("image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg'/>");
    });
}
// [/anonymous]

// [form]
hipchat::html name_form(const hipchat::page_request& request) {
    return hipchat::html(R"(<form method="post" action="names">
        <input name="name"><label><input type="checkbox" name="loud"> loud</label>
        <input type="hidden" name="signed_request" value=")"
                         + request.token() + R"("><button>Save</button></form>)");
}

hipchat::task<hipchat::response> save_name(hipchat::page_request& request) {
    hipchat::json::object stored{{"name", request.text("name")}, {"loud", request.flag("loud")}};
    hipchat::json::value value(std::move(stored));
    co_await request.tenant().data().set("name:" + request.user_id(), value);
    co_return hipchat::redirect(request.link("/webpanel/names"));
}

void declare_form(hipchat::addon& bot) {
    bot.web_panel({.key = "names", .name = "Names"}, name_form);
    bot.user_route("POST", "/webpanel/names", save_name);
}
// [/form]

// [static]
void declare_files(hipchat::addon& bot) {
    bot.static_files("/static", "static");
}
// [/static]

}  // namespace

int main() {
    hipchat::addon bot{{.key = "docs.pages", .name = "Pages"}};
    declare_hello(bot);
    declare_scores(bot);
    declare_route(bot);
    declare_badge(bot);
    declare_form(bot);
    declare_files(bot);
    return hipchat::run(bot);
}
