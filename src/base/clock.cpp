#include "base/clock.hpp"

namespace hipchat {
namespace {

class machine_clock final : public clock {
public:
    wall_time now() const override {
        return std::chrono::time_point_cast<std::chrono::microseconds>(
            std::chrono::system_clock::now());
    }
    steady_time monotonic() const override { return std::chrono::steady_clock::now(); }
};

}  // namespace

const clock& system_clock() {
    static const machine_clock instance;
    return instance;
}

}  // namespace hipchat
