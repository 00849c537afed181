#include "support/scripted_host.hpp"

#include <utility>

#include "protocol/capabilities.hpp"
#include "protocol/oauth.hpp"

namespace hipchat::testing {

using transport::http_response;

namespace {

http_response json_answer(int status, const json::object& body) {
    return http_response::of(status, "application/json", json::serialize(body));
}

http_response refusal(int status, std::string_view message) {
    json::object error;
    error["code"] = status;
    error["message"] = message;
    json::object body;
    body["error"] = std::move(error);
    return json_answer(status, body);
}

}  // namespace

scripted_host::scripted_host() {
    server_ = thread_.call([this] {
        return std::make_unique<transport::http_server>(
            thread_.loop(), null_logger(), transport::http_server_options(),
            [this](const transport::http_request& request) { return serve(request); });
    });
    port_ = server_->port();
}

scripted_host::~scripted_host() {
    std::promise<void> drained;
    thread_.call([&] {
        for (auto& [path, held] : gates_)
            held.open();
        server_->drain(std::chrono::seconds(10), [&](std::size_t) { drained.set_value(); });
    });
    drained.get_future().wait();
    thread_.call([this] { server_.reset(); });
}

void scripted_host::add_client(const std::string& oauth_id, const secret& oauth_secret) {
    const std::lock_guard lock(mutex_);
    clients_[oauth_id] = oauth_secret;
}

void scripted_host::remove_client(const std::string& oauth_id) {
    const std::lock_guard lock(mutex_);
    clients_.erase(oauth_id);
}

void scripted_host::revoke_tokens() {
    const std::lock_guard lock(mutex_);
    tokens_.clear();
}

void scripted_host::grant_for(std::chrono::seconds expires_in) {
    const std::lock_guard lock(mutex_);
    expires_in_ = expires_in;
}

protocol::installation scripted_host::installation(const std::string& oauth_id,
                                                   const secret& oauth_secret,
                                                   std::optional<std::int64_t> room) {
    add_client(oauth_id, oauth_secret);
    protocol::installation body;
    body.oauth_id = oauth_id;
    body.oauth_secret = oauth_secret;
    body.capabilities_url = capabilities_url();
    body.group_id = 1;
    body.room_id = room;
    return body;
}

void scripted_host::answer(const std::string& path, http_response response) {
    const std::lock_guard lock(mutex_);
    answers_[path] = std::move(response);
}

void scripted_host::answer_next(const std::string& path, http_response response) {
    const std::lock_guard lock(mutex_);
    next_[path].push_back(std::move(response));
}

void scripted_host::answer_capabilities(const json::object& document) {
    answer(capabilities_path, json_answer(200, document));
}

void scripted_host::obey(const std::string& path) {
    const std::lock_guard lock(mutex_);
    answers_.erase(path);
}

void scripted_host::hold(const std::string& path) {
    thread_.call([&] { gates_[path].close(); });
}

void scripted_host::release(const std::string& path) {
    thread_.call([&] { gates_[path].open(); });
}

std::vector<json::object> scripted_host::webhooks() const {
    const std::lock_guard lock(mutex_);
    std::vector<json::object> found;
    for (const auto& [path, module] : webhooks_)
        found.push_back(module);
    return found;
}

bool scripted_host::wait_for_webhooks(std::size_t count) const {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::seconds(30),
                             [&] { return webhooks_.size() == count; });
}

void scripted_host::answer_webhooks(int status) {
    const std::lock_guard lock(mutex_);
    webhook_status_ = status;
}

void scripted_host::on_request(std::function<void()> seen) {
    const std::lock_guard lock(mutex_);
    on_request_ = std::move(seen);
}

std::vector<seen_request> scripted_host::requests(const std::string& path) const {
    const std::lock_guard lock(mutex_);
    std::vector<seen_request> found;
    for (const seen_request& one : seen_)
        if (one.path == path) found.push_back(one);
    return found;
}

void scripted_host::forget_requests() {
    const std::lock_guard lock(mutex_);
    seen_.clear();
}

bool scripted_host::wait_for(const std::string& path, std::size_t count) const {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::seconds(30), [&] {
        std::size_t found = 0;
        for (const seen_request& one : seen_)
            found += one.path == path ? 1 : 0;
        return found >= count;
    });
}

task<http_response> scripted_host::serve(const transport::http_request& request) {
    const seen_request seen{std::string(request.method),
                            std::string(request.path),
                            std::string(request.header_value("Authorization")),
                            std::string(request.body),
                            std::string(request.query),
                            std::string(request.header_value("Content-Type"))};
    std::function<void()> notice;
    {
        const std::lock_guard lock(mutex_);
        seen_.push_back(seen);
        notice = on_request_;
    }
    changed_.notify_all();
    if (notice) notice();
    // Named: g++ 12 awaits a copy of what a call in the co_await expression refers to.
    gate& held = gates_[seen.path];
    co_await held;
    const std::lock_guard lock(mutex_);
    if (std::deque<http_response>& waiting = next_[seen.path]; !waiting.empty()) {
        http_response next = std::move(waiting.front());
        waiting.pop_front();
        co_return next;
    }
    const auto told = answers_.find(seen.path);
    co_return told != answers_.end() ? told->second : obedient(seen);
}

http_response scripted_host::obedient(const seen_request& request) {
    if (request.path == capabilities_path)
        return json_answer(200, protocol::write_host_capabilities(base()));
    if (request.path == token_path) return token_for(request);
    if (request.path.ends_with("/notification")) {
        if (!granted(request)) return refusal(401, "Invalid OAuth session");
        return http_response::no_content();
    }
    if (request.path.find("/extension/webhook/") != std::string::npos) return webhook_for(request);
    return refusal(404, "Not found");
}

bool scripted_host::granted(const seen_request& request) const {
    return request.authorization.starts_with("Bearer ")
           && tokens_.contains(request.authorization.substr(7));
}

http_response scripted_host::webhook_for(const seen_request& request) {
    if (!granted(request)) return refusal(401, "Invalid OAuth session");
    if (webhook_status_ != 0 && webhook_status_ < 500) return refusal(webhook_status_, "No");
    const bool known = webhooks_.contains(request.path);
    if (request.method == "PUT")
        webhooks_[request.path] = json::parse(request.body).as_object();
    else if (request.method == "DELETE")
        webhooks_.erase(request.path);
    changed_.notify_all();
    if (webhook_status_ != 0) return refusal(webhook_status_, "The answer was lost");
    if (request.method == "PUT") return {.status = 201};
    if (!known) return refusal(404, "Webhook not found");
    return request.method == "DELETE" ? http_response::no_content()
                                      : json_answer(200, webhooks_[request.path]);
}

http_response scripted_host::token_for(const seen_request& request) {
    const auto given = protocol::parse_basic_authorization(request.authorization);
    const auto known = clients_.find(given.id);
    if (known == clients_.end() || !(known->second == given.password))
        return refusal(401, "Invalid client");
    const auto asked =
        protocol::parse_token_request("application/x-www-form-urlencoded", request.body);
    protocol::token_grant grant;
    const std::string token = "token-" + std::to_string(++granted_);
    tokens_.insert(token);
    grant.access_token = secret(token);
    grant.expires_in = expires_in_;
    grant.scopes = asked.scopes.value_or(std::vector<scope>());
    grant.group_id = 1;
    grant.group_name = "Example Group";
    return json_answer(200, protocol::write_token_grant(grant));
}

}  // namespace hipchat::testing
