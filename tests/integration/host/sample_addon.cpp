#include "sample_addon.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <future>

namespace hipchat::host::testing {

using transport::http_response;

std::string delivered::header(std::string_view name) const {
    for (const auto& [each, value] : headers)
        if (each == name) return value;
    return {};
}

sample_addon::sample_addon(std::string key) {
    server_ = thread_.call([this] {
        return std::make_unique<transport::http_server>(
            thread_.loop(), null_logger(), transport::http_server_options(),
            [this](const transport::http_request& request) { return serve(request); });
    });
    port_ = server_->port();
    const json::value document = json::parse(R"({
        "key": ")" + key + R"(", "name": "Sample", "description": "For tests",
        "links": {"self": ")" + url() + R"("},
        "capabilities": {
            "hipchatApiConsumer": {"scopes": ["send_notification", "view_room"]},
            "installable": {"callbackUrl": ")"
                                             + base() + R"(/installable",
                            "allowRoom": true, "allowGlobal": false},
            "webhook": []}})");
    describe([&](json::object& described) { described = document.as_object(); });
}

sample_addon::~sample_addon() {
    std::promise<void> drained;
    thread_.call([&] {
        for (auto& [path, held] : gates_)
            held.open();
        server_->drain(std::chrono::seconds(10), [&](std::size_t) { drained.set_value(); });
    });
    drained.get_future().wait();
    thread_.call([this] { server_.reset(); });
}

void sample_addon::listen_to(const std::string& event, const std::string& pattern,
                             const std::string& authentication) {
    json::object hook;
    hook["event"] = event;
    hook["url"] = base() + "/event/" + event;
    hook["name"] = event;
    hook["authentication"] = authentication;
    if (!pattern.empty()) hook["pattern"] = pattern;
    describe([&](json::object& described) {
        described.at("capabilities").at("webhook").as_array().push_back(hook);
    });
}

void sample_addon::describe(const std::function<void(json::object&)>& change) {
    thread_.call([&] { change(descriptor_); });
}

void sample_addon::at(const std::string& path, answer how) {
    const std::lock_guard lock(mutex_);
    answers_[path] = std::move(how);
}

void sample_addon::hold(const std::string& path) {
    thread_.call([&] { gates_[path].close(); });
}

void sample_addon::release(const std::string& path) {
    thread_.call([&] { gates_[path].open(); });
}

std::size_t sample_addon::count(const std::string& path) const {
    return static_cast<std::size_t>(
        std::ranges::count_if(seen_, [&](const delivered& each) { return each.target == path; }));
}

std::vector<delivered> sample_addon::requests(const std::string& path) {
    const std::lock_guard lock(mutex_);
    std::vector<delivered> found;
    std::ranges::copy_if(seen_, std::back_inserter(found),
                         [&](const delivered& each) { return each.target == path; });
    return found;
}

std::vector<delivered> sample_addon::wait_for(const std::string& path, std::size_t wanted) {
    {
        std::unique_lock lock(mutex_);
        const bool came = changed_.wait_for(lock, std::chrono::seconds(30),
                                            [&] { return count(path) >= wanted; });
        EXPECT_TRUE(came) << path << " was asked " << count(path) << " times, not " << wanted;
    }
    return requests(path);
}

secret sample_addon::installed_secret() {
    const std::vector<delivered> installs = wait_for("/installable");
    return secret(std::string(installs.back().json().at("oauthSecret").as_string()));
}

task<http_response> sample_addon::serve(const transport::http_request& request) {
    delivered seen{.method = std::string(request.method),
                   .target = std::string(request.target),
                   .body = std::string(request.body)};
    for (const transport::header& each : request.headers)
        seen.headers.emplace_back(each.name, each.value);
    answer how;
    {
        const std::lock_guard lock(mutex_);
        seen_.push_back(seen);
        const auto told = answers_.find(seen.target);
        if (told != answers_.end()) how = told->second;
    }
    changed_.notify_all();
    hipchat::testing::gate& held = gates_[seen.target];
    co_await held;
    if (how) co_return how(seen);
    if (seen.target == "/descriptor")
        co_return http_response::of(200, "application/json", json::serialize(descriptor_));
    co_return http_response::no_content();
}

}  // namespace hipchat::host::testing
