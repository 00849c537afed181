#include <hipchat/addon.hpp>

namespace {

// [middleware]
hipchat::task<hipchat::outcome> only_from_office(const hipchat::passing_request& request,
                                                 hipchat::next go_on) {
    if (request.path().starts_with("/admin") && !request.peer().starts_with("10."))
        co_return hipchat::outcome(403, "Use the office network.\n");
    hipchat::outcome answer = co_await go_on();
    answer.add_header("X-Served-By", "greeter");
    co_return answer;
}
// [/middleware]

// [errors]
void report_failures(hipchat::addon& bot) {
    bot.on_error([](const hipchat::failure& what) {
        what.log().error("told the people on call", {{"where", what.where()}});
    });
}
// [/errors]

// [log]
void greet(hipchat::addon& bot) {
    bot.on_room_enter([](hipchat::room_enter& event) {
        event.log().info("greeted", {{"person", event.sender().id()}});
        return "hi: " + event.sender().name();
    });
}
// [/log]

}  // namespace

// [several]
int main() {
    hipchat::addon greeter{{.key = "greeter", .name = "Greeter"}};
    greet(greeter);
    report_failures(greeter);

    hipchat::addon karma{{.key = "karma", .name = "Karma"}};
    karma.at("/points");
    karma.use(only_from_office);

    return hipchat::run({greeter, karma});
}
// [/several]
