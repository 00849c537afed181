#include "addon/process/process.hpp"

#include "addon/background/gathered_drain.hpp"
#include "addon/completed.hpp"
#include "addon/process/placed.hpp"
#include "addon/tls_setting.hpp"
#include "base/deadline.hpp"
#include "hipchat/errors.hpp"
#include "protocol/url.hpp"

namespace hipchat::addons {
namespace {

transport::http_server_options server_options(const settings& given) {
    transport::http_server_options options;
    options.address = given.bind;
    options.port = given.port;
    options.max_connections_per_address = given.connections_per_address;
    return options;
}

// Few ask for metrics, and rarely.
transport::http_server_options metrics_options(const settings& given) {
    transport::http_server_options options;
    options.address = given.metrics_bind;
    options.port = given.metrics_port;
    options.max_connections = 64;
    return options;
}

transport::http_response say(int status, std::string text) {
    transport::http_response response =
        transport::http_response::of(status, "text/plain; charset=utf-8", std::move(text));
    response.headers.emplace_back("Cache-Control", "no-store");
    return response;
}

task<transport::http_response> ready(transport::http_response response) {
    co_return response;
}

// "" for a URL without one.
std::string path_of(const std::string& base_url) {
    const auto url = protocol::parse_web_url(base_url);
    return !url || url->path == "/" ? std::string() : url->path;
}

bool is_get(const transport::http_request& request) {
    return request.method == "GET" || request.method == "HEAD";
}

transport::http_client_options client_options(const settings& given) {
    transport::http_client_options options = transport::http_client_options_from_environment();
    try {
        options.tls = read_tls_setting(given.tls);
    } catch (const config_error& wrong) {
        throw config_error(std::string("AC_TLS: ") + wrong.what());
    }
    return options;
}

}  // namespace

process::process(transport::io_loop& loop, const std::vector<const detail::declaration*>& programs,
                 settings given, logger& log, const clock& time, const step_observer& observer)
    : loop_(loop), settings_(std::move(given)), log_(log), proxies_(settings_.trusted_proxies) {
    // The port is known only once the server listens; it answers nothing before the loop runs.
    transport::http_server_options options = server_options(settings_);
    options.stands_for_many = [this](std::string_view peer) { return proxies_.contain(peer); };
    server_.emplace(loop, log_, std::move(options),
                    [this](const transport::http_request& request) { return serve(request); });
    if (!settings_.metrics_bind.empty())
        metrics_.emplace(
            loop, log_, metrics_options(settings_),
            [this](const transport::http_request& request) { return ready(metrics(request)); });
    base_url_ = base_url_of(settings_, server_->port());
    mounts_.emplace(path_of(base_url_));
    hosts_.emplace(settings_.allowed_hosts, base_url_);
    http_.emplace(loop, hosts_->policy(), client_options(settings_));
    const service_surroundings around{
        loop, *hosts_, *http_, log_, time, observer, [this](std::function<task<>()> work) {
            server_->run_beside(std::move(work));
        }};
    for (placed_addon& one : place(programs, settings_, base_url_)) {
        mounts_->add(one.path);
        services_.push_back(std::make_unique<service>(around, *one.declared, std::move(one.given)));
    }
}

// Not a coroutine: the add-on's own is the only one that a request needs.
task<transport::http_response> process::serve(const transport::http_request& request) {
    const std::string_view path = mounts_->below_base(request.path);
    if (path == "/healthz" && is_get(request)) return ready(say(200, "alive\n"));
    if (path == "/readyz" && is_get(request)) return readiness();
    const auto place = mounts_->find(request.path);
    if (!place) return ready(say(404, "There is nothing at this address.\n"));
    if (server_->under_way() > settings_.most_under_way) {
        ++shed_;
        return ready(transport::http_response::overloaded());
    }
    if (proxies_.contain(request.peer)) return serve_forwarded(request, *place);
    return services_[place->which]->serve(request, place->below, {next_id(), request.peer});
}

// The server's limit of connections does not see who is behind a proxy: this one counts requests.
task<transport::http_response> process::serve_forwarded(const transport::http_request& request,
                                                        mounts::place place) {
    const address_turns::turn mine(forwarded_, proxies_.sender_of(request));
    const std::size_t most = settings_.connections_per_address;
    if (most > 0 && forwarded_.of(mine.address()) > most && mine.address() != request.peer) {
        ++shed_;
        co_return transport::http_response::overloaded();
    }
    const request_origin from{next_id(), mine.address()};
    task<transport::http_response> serving =
        services_[place.which]->serve(request, place.below, from);
    co_return co_await serving;
}

task<transport::http_response> process::readiness() {
    constexpr std::chrono::seconds patience{2};
    if (draining_) co_return say(503, "draining\n");
    for (const std::unique_ptr<service>& each : services_) {
        bool answered = false;
        try {
            task<bool> asking = ends_within(loop_, patience, each->ask_store());
            answered = co_await asking;
        } catch (const std::exception& failed) {
            log_.warning("not ready: the store fails", {{"error", failed.what()}});
        }
        if (!answered) co_return say(503, "the store does not answer\n");
    }
    co_return say(200, "ready\n");
}

transport::http_response process::metrics(const transport::http_request& request) const {
    if (request.path != "/metrics" || !is_get(request))
        return say(404, "Metrics are at /metrics.\n");
    metrics_page page;
    page.gauge("hipchat_connections", "Connections to the add-ons' port.", {},
               server_->connections());
    page.counter("hipchat_connections_turned_away_total",
                 "Connections closed at once because there were too many.", {},
                 server_->turned_away());
    page.gauge("hipchat_requests_under_way", "Requests and work after answers.", {},
               server_->under_way());
    page.counter("hipchat_requests_shed_total",
                 "Requests answered 503 because too many were under way.", {}, shed_);
    for (const std::unique_ptr<service>& each : services_)
        each->tell(page);
    return transport::http_response::of(200, std::string(metrics_page::content_type), page.text());
}

task<> process::begin() {
    for (const std::unique_ptr<service>& each : services_) {
        task<> beginning = each->begin();
        co_await beginning;
    }
}

void process::drain(std::function<void(std::size_t left)> drained) {
    if (std::exchange(draining_, true)) return;
    if (settings_.drain_notice.count() == 0) {
        drain_now(std::move(drained));
        return;
    }
    loop_.call_after(settings_.drain_notice,
                     [this, drained = std::move(drained)] { drain_now(drained); });
}

void process::drain_now(std::function<void(std::size_t left)> drained) {
    gathered_drain all(std::move(drained));
    auto of_server = all.part();
    std::vector<std::function<void(std::size_t)>> of_services(services_.size());
    for (auto& part : of_services)
        part = all.part();
    for (std::size_t which = 0; which < services_.size(); ++which)
        services_[which]->drain(std::move(of_services[which]));
    server_->drain(settings_.drain, std::move(of_server));
}

}  // namespace hipchat::addons
