#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "host/api/router.hpp"
#include "host/api/services.hpp"
#include "transport/websocket.hpp"

namespace hipchat::host {

/// The live sockets of rooms (docs/host-web.md, "Live"). Loop thread only; outlives its sockets.
class live {
public:
    explicit live(services& on) : on_(on) {}

    /// Makes a WebSocket of the request's connection; throws refusal.
    http_response open(const request& asked, const person_here& who);

    std::size_t count() const noexcept { return open_.size(); }

    /// Closes every socket, and whatever is opened later.
    void stop();

private:
    struct wanted {
        room_ptr where = {};
        person_here who;
        std::optional<std::string> name = {};
        std::optional<std::int64_t> after = {};
    };
    task<> converse(transport::websocket& socket, wanted what);

    services& on_;
    bool stopped_ = false;
    std::set<transport::websocket*> open_;
};

}  // namespace hipchat::host
