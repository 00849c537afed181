#include "base/deadline.hpp"
#include "host/api/web.hpp"

namespace hipchat::host {
namespace {

constexpr std::chrono::seconds patience{2};

http_response say(int status, std::string text) {
    http_response response =
        http_response::of(status, "text/plain; charset=utf-8", std::move(text));
    response.headers.emplace_back("Cache-Control", "no-store");
    return response;
}

task<http_response> get_health() {
    co_return say(200, "alive\n");
}

task<> ask_store(database& store) {
    const auto look = [](connection& on) { on.query("SELECT 1").step(); };
    task<> asking = store.read(look);
    co_await asking;
}

// While the host ends, its listener is closed; who still has a connection is told.
task<http_response> get_readiness(event_loop& loop, services& on, const bool& stopping) {
    if (stopping) co_return say(503, "draining\n");
    bool answered = false;
    try {
        task<bool> asking = ends_within(loop, patience, ask_store(on.store));
        answered = co_await asking;
    } catch (const std::exception& failed) {
        on.log.warning("not ready: the database fails", {{"why", failed.what()}});
    }
    if (!answered) co_return say(503, "the database does not answer\n");
    co_return say(200, "ready\n");
}

}  // namespace

void add_health_routes(router& to, event_loop& loop, services& on, const bool& stopping) {
    to.for_anybody("GET", "/healthz", [](const request&) { return get_health(); });
    to.for_anybody("GET", "/readyz", [&loop, &on, &stopping](const request&) {
        return get_readiness(loop, on, stopping);
    });
}

}  // namespace hipchat::host
