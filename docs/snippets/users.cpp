#include <hipchat/addon.hpp>
#include <hipchat/json.hpp>
#include <hipchat/rest/messages.hpp>
#include <hipchat/user_tokens.hpp>

namespace {

// [ask]
void ask_people(hipchat::addon& bot) {
    bot.user_tokens({hipchat::scope::send_message});
    bot.web_panel({.key = "ask", .name = "Speak for me"}, [](hipchat::page_request& page) {
        return hipchat::html(R"(<a target="_blank" rel="noopener" href=")"
                             + hipchat::escape_html(page.authorization_url())
                             + R"(">Let me write in your name</a>)");
    });
}
// [/ask]

// [speak]
hipchat::task<std::string> speak_for(hipchat::page_request& page) {
    const hipchat::rest::room_messages messages(page.tenant().users().client(page.user_id()));
    try {
        const auto sent = co_await messages.send(page.room()->id(), page.text("words"));
        co_return sent.id;
    } catch (const hipchat::not_authorized&) {
        co_return page.authorization_url();
    }
}
// [/speak]

}  // namespace

int main() {
    hipchat::addon bot{{.key = "docs.users", .name = "Users"}};
    ask_people(bot);
    bot.user_route("POST", "/api/speak", speak_for);
    return hipchat::run(bot);
}
