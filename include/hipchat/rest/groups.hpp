#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "hipchat/rest/client.hpp"
#include "hipchat/rest/people.hpp"

namespace hipchat::rest {

struct group_details : resource {
    std::int64_t id = 0;
    std::string name = {};
    std::string domain = {};
    std::string subdomain = {};
    std::string created = {};
    std::string avatar_url = {};
    std::optional<user_summary> owner = {};
    std::string plan = {};  ///< its type
};

/// Groups, of which a caller sees its own. Scope: view_group.
class groups {
public:
    explicit groups(client host) : host_(std::move(host)) {}

    task<group_details> get(std::int64_t id) const;
    /// URL of the group's picture; empty if it has none.
    task<std::string> avatar(std::int64_t id) const;
    /// What is counted differs between hosts; it is in `json`.
    task<resource> statistics(std::int64_t id) const;

private:
    client host_;
};

}  // namespace hipchat::rest
