#pragma once

#include <chrono>
#include <string>
#include <utility>

#include "hipchat/rest/client.hpp"
#include "hipchat/rest/people.hpp"

namespace hipchat::rest {

/// A link of the host's that leads to a target of the add-on's, for a while.
struct addon_link : resource {
    std::string token = {};  ///< empty if the host did not say
    std::string url = {};    ///< where it can be reached; empty if the host did not say
};

/// Links through the host. One source describes them, without the answer's members: what the host
/// sent is in `json`. No scope.
class links {
public:
    explicit links(client host) : host_(std::move(host)) {}

    /// @param target the URL it leads to
    /// @param lifetime at least 1 s
    task<addon_link> create(std::string target, std::chrono::seconds lifetime) const;
    /// Where it leads.
    task<std::string> target(std::string token) const;
    task<> remove(std::string token) const;

private:
    client host_;
};

}  // namespace hipchat::rest
