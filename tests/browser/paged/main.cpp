// An add-on for tests of its pages in a browser: a dialog with a form, a call of the page's own,
// and a clock that the test moves by POST /test/advance?seconds=N.

#include <atomic>
#include <chrono>
#include <iostream>

#include "addon/process/process.hpp"
#include "base/clock.hpp"
#include "base/log.hpp"
#include "base/spawn.hpp"
#include "hipchat/addon.hpp"
#include "hipchat/json.hpp"
#include "transport/io_loop.hpp"

namespace {

using namespace hipchat;

class moved_clock final : public hipchat::clock {
public:
    wall_time now() const override { return system_clock().now() + ahead_.load(); }
    steady_time monotonic() const override { return system_clock().monotonic() + ahead_.load(); }
    void advance(std::chrono::seconds by) { ahead_ = ahead_.load() + by; }

private:
    std::atomic<std::chrono::seconds> ahead_{std::chrono::seconds(0)};
};

void declare(addon& program, moved_clock& time) {
    const page_template form(
        "<!doctype html><title>Settings</title>{{{connect}}}"
        "<form method=\"post\" action=\"/settings\">"
        "<label>Greeting <input name=\"greeting\"></label><button>Save</button></form>");
    const page_template saved(
        "<!doctype html><title>Saved</title>{{{connect}}}<p id=\"saved\">{{greeting}}</p>"
        "<button onclick=\"connect.ready.then((host) => host.dialog.close())\">Close</button>");

    program.dialog({.key = "settings", .title = "Settings"},
                   [form](page_request& page) { return page.render(form); });
    program.route("GET", "/api/who", [](page_request& page) {
        const auto room = page.room();
        return json::value{{"user", page.user_id()}, {"room", room ? room->id() : 0}};
    });
    program.route("POST", "/settings", [saved](page_request& page) {
        return page.render(saved, {{"greeting", page.text("greeting")}});
    });
    program.anonymous_route("POST", "/test/advance", [&time](anonymous_request& asked) {
        time.advance(std::chrono::seconds(std::stoi(asked.query("seconds").value_or("0"))));
        return "moved";
    });
}

int serve(const addon& program, const hipchat::clock& time) {
    transport::io_loop loop;
    addons::settings given;
    given.port = 0;
    given.store = "memory:";
    addons::process running(loop, {&program.declared()}, given, stderr_logger(log_level::info),
                            time);
    int result = 1;
    loop.on_termination([&](int) { running.drain([&](std::size_t) { loop.stop(); }); });
    spawn(running.begin(), [&](std::exception_ptr failure) {
        if (failure) {
            loop.stop();
            return;
        }
        result = 0;
        std::cout << "Public descriptor base URL: " << running.base_url() << std::endl;
    });
    loop.run();
    return result;
}

}  // namespace

int main() {
    try {
        moved_clock time;
        addon program{{.key = "test.paged", .name = "Paged"}};
        declare(program, time);
        return serve(program, time);
    } catch (const std::exception& failed) {
        std::cerr << "cannot start: " << failed.what() << '\n';
        return 1;
    }
}
