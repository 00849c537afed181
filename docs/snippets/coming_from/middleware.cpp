// What wraps every request, and what hears of every failure.

#include <hipchat/addon.hpp>

namespace {

// [middleware]
hipchat::task<hipchat::outcome> stamp(const hipchat::passing_request& request,
                                      hipchat::next go_on) {
    if (request.path().starts_with("/closed")) co_return hipchat::outcome(403, "Closed today.\n");
    hipchat::outcome answer = co_await go_on();
    answer.add_header("X-Stamp", "seen");
    co_return answer;
}
// [/middleware]

}  // namespace

int main() {
    int failures = 0;
    hipchat::addon wrapped{{.key = "peers.middleware", .name = "Middleware"}};
    wrapped.use(stamp);

    // [errors]
    wrapped.on_error([&](const hipchat::failure&) { ++failures; });
    // [/errors]

    wrapped.anonymous_route("GET", "/broken", [](hipchat::anonymous_request&) -> std::string {
        throw hipchat::error("out of paper");
    });
    wrapped.anonymous_route("GET", "/failures",
                            [&](hipchat::anonymous_request&) { return std::to_string(failures); });
    return hipchat::run(wrapped);
}
