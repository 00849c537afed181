#pragma once

#include <cstdint>
#include <string>

#include "hipchat/json.hpp"
#include "integration/transport/raw_client.hpp"

namespace hipchat::host::testing {

/// A page's live socket in room 1, spoken by hand.
class live_page {
public:
    /// @param query what follows "?", for example "name=Ada"
    /// @param more  further headers, each with its line break
    live_page(std::uint16_t port, const std::string& query, const std::string& more = "");

    void send(const json::value& frame);
    void send_text(const std::string& text);

    /// The next frame.
    json::object frame();
    /// The next frame of that type; others are dropped.
    json::object frame(std::string_view type);
    /// The next change of that kind; other frames are dropped.
    json::object change(std::string_view kind);
    /// True once the host has closed.
    bool is_closed();

private:
    hipchat::testing::raw_client connection_;
};

}  // namespace hipchat::host::testing
