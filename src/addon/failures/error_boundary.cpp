#include "addon/failures/error_boundary.hpp"

#include "base/describe.hpp"
#include "hipchat/failure.hpp"

namespace hipchat::addons {
namespace {

// What an error handler throws has nobody to go to but the log.
task<> tell(const std::vector<std::function<task<>(failure)>>& handlers, failure what) {
    for (const auto& handler : handlers) {
        std::exception_ptr thrown;
        try {
            task<> handling = handler(what);
            co_await handling;
        } catch (...) {
            thrown = std::current_exception();
        }
        if (!thrown) continue;
        const failure again(what.where(), what.tenant(), thrown, what.log());
        what.log().error("an error handler failed", {{"error", again.what()}});
    }
}

}  // namespace

void error_boundary::report(std::string where, std::optional<tenant> whose, request_id request,
                            const std::exception_ptr& thrown) {
    ++count_;
    const failure what(std::move(where), std::move(whose), thrown, hipchat::log(log_, request));
    if (what.tenant())
        what.log().error("a handler failed", {{"path", what.where()},
                                              {"tenant", what.tenant()->oauth_id()},
                                              {"error", what.what()}});
    else
        what.log().error("a handler failed", {{"path", what.where()}, {"error", what.what()}});
    if (declared_.on_error.empty()) return;
    beside_([&handlers = declared_.on_error, what] { return tell(handlers, what); });
}

}  // namespace hipchat::addons

namespace hipchat {

failure::failure(std::string where, std::optional<hipchat::tenant> tenant,
                 std::exception_ptr thrown, hipchat::log log)
    : what_(describe(thrown)),
      where_(std::move(where)),
      tenant_(std::move(tenant)),
      thrown_(std::move(thrown)),
      log_(log) {
}

}  // namespace hipchat
