#include "addon/process/process.hpp"

#include "addon/background/gathered_drain.hpp"
#include "addon/completed.hpp"
#include "addon/process/placed.hpp"
#include "addon/tls_setting.hpp"
#include "hipchat/errors.hpp"
#include "protocol/url.hpp"

namespace hipchat::addons {
namespace {

transport::http_server_options server_options(const settings& given) {
    transport::http_server_options options;
    options.address = given.bind;
    options.port = given.port;
    return options;
}

// "" for a URL without one.
std::string path_of(const std::string& base_url) {
    const auto url = protocol::parse_web_url(base_url);
    return !url || url->path == "/" ? std::string() : url->path;
}

task<transport::http_response> nothing_there() {
    co_return transport::http_response::of(404, "text/plain; charset=utf-8",
                                           "There is nothing at this address.\n");
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
    : settings_(std::move(given)), log_(log) {
    // The port is known only once the server listens; it answers nothing before the loop runs.
    server_.emplace(loop, log_, server_options(settings_),
                    [this](const transport::http_request& request) { return serve(request); });
    base_url_ = base_url_of(settings_, server_->port());
    mounts_.emplace(path_of(base_url_));
    hosts_.emplace(settings_.allowed_hosts, base_url_);
    http_.emplace(loop, hosts_->policy(), client_options(settings_));
    const service_surroundings around{loop, *hosts_, *http_, log_, time, observer};
    for (placed_addon& one : place(programs, settings_, base_url_)) {
        mounts_->add(one.path);
        services_.push_back(std::make_unique<service>(around, *one.declared, std::move(one.given)));
    }
}

// Not a coroutine: the add-on's own is the only one that a request needs.
task<transport::http_response> process::serve(const transport::http_request& request) const {
    const auto place = mounts_->find(request.path);
    if (!place) return nothing_there();
    return services_[place->which]->serve(request, place->below);
}

task<> process::begin() {
    for (const std::unique_ptr<service>& each : services_) {
        task<> beginning = each->begin();
        co_await beginning;
    }
}

void process::drain(std::function<void(std::size_t left)> drained) {
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
