#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/log.hpp"
#include "hipchat/errors.hpp"
#include "hipchat/secret.hpp"
#include "transport/destination_policy.hpp"
#include "transport/io_loop.hpp"

namespace hipchat::transport {

/// A request to send. Redirects are never followed: a 3xx is an answer like any other.
struct http_call {
    std::string method = "GET";
    std::string url = {};
    std::vector<std::pair<std::string, std::string>> headers = {};
    /// Value of the Authorization header; none when empty. Kept out of every log.
    secret authorization = {};
    std::string body = {};
    std::chrono::milliseconds timeout{10'000};  ///< for all of it
    std::size_t max_answer_bytes = std::size_t{1024} * 1024;
};

struct http_answer {
    int status = 0;
    std::vector<std::pair<std::string, std::string>> headers = {};
    std::string body = {};

    /// Value of the first header of that name (ASCII case does not matter); empty if absent.
    std::string_view header_value(std::string_view name) const noexcept;
};

/// How TLS to one host differs from TLS to others. Empty members change nothing.
struct host_tls {
    std::string host = {};                ///< as in URLs, in lower case
    std::string ca_file = {};             ///< PEM; trusted instead of the bundle
    std::string client_certificate = {};  ///< PEM; shown to the host
    std::string client_key = {};          ///< PEM; empty: in the certificate's file
    std::string pinned_name = {};         ///< the name that the host's certificate must be for
};

struct http_client_options {
    std::string proxy = {};  ///< URL; empty: direct. The environment is read by whoever fills this
    std::string no_proxy = {};  ///< names that go direct, separated by commas; loopback always does
    std::string ca_bundle = {};  ///< path; empty: the system's
    std::vector<host_tls> tls = {};
    std::size_t max_connections_per_host = 32;
    std::string user_agent = {};  ///< empty: "hipchat-connect/<version>"
};

/// Sends HTTP requests by libcurl on the loop, with a pool of connections that belongs to its one
/// policy. Must outlive its calls. Loop thread only.
class http_client {
public:
    http_client(io_loop& loop, destination_policy policy, http_client_options options = {});
    http_client(const http_client&) = delete;
    http_client& operator=(const http_client&) = delete;
    /// Calls still under way fail as `broken`, on the loop, if it still runs.
    ~http_client();

    /// Sends `call`; any complete HTTP answer is a result, whatever its status. Throws
    /// transport_error otherwise.
    task<http_answer> send(http_call call);

    const destination_policy& policy() const noexcept;

    class impl;

private:
    std::unique_ptr<impl> impl_;
};

/// Options from https_proxy / HTTPS_PROXY / http_proxy, no_proxy and CURL_CA_BUNDLE /
/// SSL_CERT_FILE.
http_client_options http_client_options_from_environment();

}  // namespace hipchat::transport
