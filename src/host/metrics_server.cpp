#include "host/metrics_server.hpp"

#include <utility>

#include "hipchat/errors.hpp"
#include "transport/destination_policy.hpp"

namespace hipchat::host {
namespace {

constexpr std::size_t most_connections = 64;  // few ask for metrics, and rarely

transport::http_response say(int status, std::string text) {
    return transport::http_response::of(status, "text/plain; charset=utf-8", std::move(text));
}

metrics_options checked(metrics_options options) {
    using transport::address_kind;
    const bool is_loopback = transport::classify_address(options.address) == address_kind::loopback;
    if (!is_loopback && options.token.empty())
        throw config_error("metrics at " + options.address
                           + " would be for everybody; give a token with --metrics-token-file, or "
                             "leave them at 127.0.0.1");
    return options;
}

}  // namespace

metrics_server::metrics_server(transport::io_loop& loop, logger& log, metrics_options options,
                               std::function<void(metrics_page&)> tell)
    : options_(checked(std::move(options))), tell_(std::move(tell)) {
    transport::http_server_options server;
    server.address = options_.address;
    server.port = options_.port.value_or(0);
    server.max_connections = most_connections;
    server_.emplace(loop, log, std::move(server),
                    [this](const transport::http_request& asked) { return answer(asked); });
}

bool metrics_server::may_ask(const transport::http_request& asked) const {
    if (options_.token.empty()) return true;
    constexpr std::string_view scheme = "Bearer ";
    const std::string_view shown = asked.header_value("Authorization");
    return shown.starts_with(scheme)
           && options_.token == secret(std::string(shown.substr(scheme.size())));
}

task<transport::http_response> metrics_server::answer(const transport::http_request& asked) const {
    if (!may_ask(asked)) {
        transport::http_response no = say(401, "Show the token of --metrics-token-file.\n");
        no.headers.emplace_back("WWW-Authenticate", "Bearer realm=\"metrics\"");
        co_return no;
    }
    if (asked.path != "/metrics" || (asked.method != "GET" && asked.method != "HEAD"))
        co_return say(404, "Metrics are at /metrics.\n");
    metrics_page page;
    tell_(page);
    co_return transport::http_response::of(200, std::string(metrics_page::content_type),
                                           page.text());
}

}  // namespace hipchat::host
