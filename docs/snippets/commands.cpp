#include <hipchat/addon.hpp>

namespace {

// [simple]
void greet(hipchat::addon& bot) {
    bot.command("/greet", [](hipchat::command_call& call) {
        const auto names = call.arguments();
        if (names.empty()) return std::string("Whom? /greet NAME");
        return "hi: " + names[0];
    });
}
// [/simple]

// [subs]
void standup(hipchat::addon& bot) {
    bot.command(
           {.name = "/standup",
            .usage = "[WORDS]",
            .description = "who does what today",
            .aliases = {"/su"}},
           [](hipchat::command_call& call) { return call.sender().name() + ": " + call.rest(); })
        .sub({.name = "add", .usage = "PERSON TIME", .description = "adds a person"},
             [](hipchat::command_call& call) {
                 const auto words = call.arguments();
                 if (words.size() != 2) return std::string("Say: /standup add PERSON TIME");
                 return words[0] + " at " + words[1];
             })
        .sub("list", [](hipchat::command_call&) { return "nobody yet"; });
}
// [/subs]

}  // namespace

int main() {
    hipchat::addon bot{{.key = "docs.commands", .name = "Commands"}};
    greet(bot);
    standup(bot);
    return hipchat::run(bot);
}
