#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hipchat::addons {

/// How an add-on is run, as against what it is: one struct, defaults first, then the environment,
/// then the command line. Each AC_ name is described in settings.cpp, in one table.
struct settings {
    std::string base_url =
        {};  ///< public URL without a slash at the end; empty: http://localhost:PORT
    std::string bind = "127.0.0.1";  ///< numeric address to listen on
    std::uint16_t port = 5000;       ///< 0: a free one
    bool debug = false;              ///< more lines in the log; changes nothing else

    std::string key = {};  ///< these complete or replace what the program declares
    std::string name = {};
    std::string description = {};
    std::string vendor_name = {};
    std::string vendor_url = {};
    std::string avatar_url = {};

    std::string cors_whitelist = {};  ///< host suffixes, kept for glances
    std::string store = "sqlite:./hipchat-addon.db";
    std::string tls = {};                            ///< empty: no exceptions; see tls_setting.hpp
    std::string allowed_hosts = {};                  ///< empty: see allowed_hosts.hpp
    std::vector<std::int64_t> allowed_groups = {};   ///< empty: what the program says
    std::chrono::seconds replay_window{300};         ///< 0: off
    std::chrono::seconds data_grace{7 * 86'400};     ///< how long data outlive their tenant
    std::chrono::milliseconds reply_deadline{8000};  ///< for handlers that answer; 0: none
    std::chrono::milliseconds drain{5000};
    std::chrono::milliseconds drain_notice{0};  ///< serves on, but not ready, before it drains
    std::size_t tenant_cache = 10'000;          ///< tenants kept in memory

    bool log_json = false;
    std::string metrics_bind = {};  ///< numeric address; empty: no metrics are served
    std::uint16_t metrics_port = 0;
    std::string trusted_proxies = {};           ///< see trusted_proxies.hpp
    std::size_t connections_per_address = 256;  ///< 0: no limit
    std::size_t most_under_way = 4096;          ///< requests and work after answers
    std::size_t durable_deliveries = 10'000;    ///< kept at a time, of durable handlers
};

/// Looks a name up in an environment; empty optional if unset.
using environment = std::function<std::optional<std::string>(std::string_view name)>;

/// Overwrites `values` with what `lookup` has. Throws config_error naming the variable and what it
/// may hold.
void read_environment(settings& values, const environment& lookup);

/// AC_ names among `names` that mean nothing here: misspelt settings.
std::vector<std::string> unknown_settings(std::span<const std::string> names);

/// One row of the table of settings.
struct setting {
    std::string_view variable;  ///< "AC_PORT"
    std::string_view flag;      ///< "--port"
    std::string_view meaning;   ///< one sentence
    void (*assign)(settings&, std::string_view text);
};
std::span<const setting> all_settings();

}  // namespace hipchat::addons
