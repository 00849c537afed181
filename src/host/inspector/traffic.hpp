#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "hipchat/json.hpp"
#include "hipchat/secret.hpp"
#include "host/core/bell.hpp"

namespace hipchat::host {

/// What was asked and answered between the host and an add-on.
struct exchange {
    enum class direction { to_addon, from_addon };

    std::int64_t seq = 0;  ///< given by traffic
    wall_time at = {};
    exchange::direction way = exchange::direction::to_addon;
    std::optional<std::int64_t> room_id = {};  ///< absent: of no room in particular, shown in each
    std::string addon_key = {};                ///< empty: unknown
    std::string what = {};  ///< install, uninstall, webhook, capabilities, token, notification
    std::string method = {};
    std::string url = {};
    int status = 0;  ///< 0: not answered
    std::chrono::milliseconds took{0};
    std::string request = {};
    std::string response = {};
    std::string error = {};
};

json::object to_json(const exchange& value);

/// The last exchanges, in memory, without their secrets. Loop thread only.
class traffic {
public:
    explicit traffic(event_loop& loop, const clock& time, std::size_t capacity = 500)
        : time_(time), bell_(loop), capacity_(capacity) {}

    /// Redacts `each` (inspector/redact.hpp), gives it its seq and keeps it.
    /// @param known a secret that is hidden wherever it stands; may be empty
    void record(exchange each, const secret& known = {});

    /// Those of the room after `seq`; waits up to `patience` for the first.
    task<std::vector<exchange>> after(std::int64_t room_id, std::int64_t seq,
                                      std::chrono::nanoseconds patience);

    /// Seq of the newest one.
    std::int64_t newest() const noexcept { return newest_; }

    void stop() { bell_.silence(); }

private:
    std::vector<exchange> kept_after(std::int64_t room_id, std::int64_t seq) const;

    const clock& time_;
    bell bell_;
    std::size_t capacity_;
    std::int64_t newest_ = 0;
    std::deque<exchange> kept_;
};

}  // namespace hipchat::host
