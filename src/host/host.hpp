#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/log.hpp"
#include "hipchat/scope.hpp"
#include "hipchat/secret.hpp"
#include "host/api/limit_options.hpp"
#include "host/connect/delivery_rules.hpp"
#include "host/core/retention_options.hpp"
#include "host/metrics_options.hpp"
#include "transport/http_client.hpp"
#include "transport/io_loop.hpp"
#include "transport/tls_files.hpp"

namespace hipchat::host {

struct host_options {
    std::string data_folder = {};       ///< created (mode 0700) if it is missing; holds host.db
    std::string address = "127.0.0.1";  ///< numeric; beyond loopback everybody must sign in
    std::uint16_t port = 8080;          ///< 0: a free one is picked
    std::string base_url = {};          ///< empty: http://localhost:PORT; needed beyond loopback
    std::string assets_folder = {};  ///< the source of web/, read anew each time; empty: embedded
    transport::http_client_options outbound = {};  ///< proxy and certificates

    std::chrono::milliseconds descriptor_time{5'000};  ///< for reading a descriptor
    std::chrono::milliseconds install_time{15'000};    ///< for the answer to an install request
    std::chrono::milliseconds uninstall_time{10'000};  ///< for the answer to an uninstall request
    std::chrono::milliseconds absence{3'000};          ///< how long a person stays without a socket
    delivery_options deliveries = {};
    limit_options limits = {};  ///< of the REST API
    retention_options retention = {};
    transport::tls_files tls = {};     ///< empty: without TLS
    std::string trusted_proxies = {};  ///< see transport/trusted_proxies.hpp; then people sign in
    bool logs_requests = false;        ///< a line for each
    metrics_options metrics = {};
};

/// One route and who may call it: "anonymous", "client", "bearer", "addon" or "user" with
/// one of `scopes`, "visitor", or "person_here" or "page" with at least the role `least`
/// (docs/host-web.md).
struct route_policy {
    std::string method = {};
    std::string path = {};
    std::string who = {};
    std::vector<scope> scopes = {};
    std::string least = {};  ///< role; empty where it is not asked for
};

/// A self-hosted HipChat: rooms, people, add-ons, the REST API v2 and the host's own pages, on one
/// loop. A fresh data folder holds the room *Lobby*.
///
/// Threads: construct before the loop runs or on its thread; everything else on its thread. Loop,
/// log and clock outlive it.
class host {
public:
    /// Opens the data and listens. Throws config_error: an address that is none, or is not loopback
    /// while no base URL is given; a folder
    /// that cannot be used or that another host uses, a port that is taken; and storage_error.
    host(transport::io_loop& loop, logger& log, const clock& time, host_options options);
    host(const host&) = delete;
    host& operator=(const host&) = delete;
    /// Only before the loop ran, or after stop() called `done` with 0, or when the loop will not
    /// run again.
    ~host();

    std::uint16_t port() const noexcept;
    /// Without a slash at the end.
    const std::string& base_url() const noexcept;

    /// Where the group's first owner is made, with a code that nobody can guess; empty if there is
    /// one, or whoever is at the machine may be anybody.
    std::string setup_url() const;
    /// What shell commands show.
    const secret& shell_token() const noexcept;
    /// Whether people must sign in.
    bool has_accounts() const noexcept;

    /// Reads the files of TLS again, for connections from now on. Throws config_error, and goes on
    /// with what it had.
    void renew_tls();
    /// Where metrics are told; 0: nowhere.
    std::uint16_t metrics_port() const noexcept;

    /// Every route that there is.
    std::vector<route_policy> policies() const;

    /// Stops listening, closes the live sockets, lets requests and deliveries under way come to
    /// their end, and calls `done` once: with 0, or when `limit` has passed with the number of
    /// those that had not. What was not delivered is kept for the next start. Call once.
    void stop(std::chrono::milliseconds limit, std::function<void(std::size_t left)> done);

    class impl;

private:
    std::unique_ptr<impl> impl_;
};

}  // namespace hipchat::host
