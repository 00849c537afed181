#include "host/core/background.hpp"

#include <exception>
#include <string>
#include <utility>

#include "base/spawn.hpp"

namespace hipchat::host {

void background::run(std::string_view what, task<> work) {
    ++count_;
    spawn(std::move(work),
          [this, what](const std::exception_ptr& failure) { ended(what, failure); });
}

void background::ended(std::string_view what, const std::exception_ptr& failure) {
    if (failure) {
        try {
            std::rethrow_exception(failure);
        } catch (const std::exception& thrown) {
            log_.error(std::string(what) + " failed", {{"why", thrown.what()}});
        }
    }
    if (--count_ == 0 && idle_) std::exchange(idle_, {})();
}

void background::when_idle(std::function<void()> idle) {
    if (count_ == 0) {
        idle();
    } else {
        idle_ = std::move(idle);
    }
}

}  // namespace hipchat::host
