#include "running_addon.hpp"

#include "base/random.hpp"
#include "base/spawn.hpp"

namespace hipchat::testing {

running_addon::running_addon(const std::vector<const addon*>& programs, addons::settings given,
                             const clock& time) {
    std::vector<const detail::declaration*> declared;
    for (const addon* each : programs)
        declared.push_back(&each->declared());
    thread_.call([&] {
        process_ = std::make_unique<addons::process>(thread_.loop(), declared, std::move(given),
                                                     log_, time);
        port_ = process_->port();
    });
    thread_.run([this] { return process_->begin(); });
}

running_addon::~running_addon() {
    if (!draining_) {
        const std::size_t left = begin_drain().get();
        EXPECT_EQ(left, 0U) << "work was still under way";
    }
    thread_.call([this] { process_.reset(); });
}

plain_answer running_addon::install(const protocol::installation& body,
                                    const std::string& token) const {
    plain_request request{.method = "POST",
                          .target = "/addon/installable",
                          .headers = {{"Content-Type", "application/json"}},
                          .body = json::serialize(protocol::write_installation(body))};
    if (!token.empty()) request.headers.emplace_back("Authorization", "JWT " + token);
    return send(port_, request);
}

plain_answer running_addon::install_text(std::string body) const {
    return send(port_, {.method = "POST",
                        .target = "/addon/installable",
                        .headers = {{"Content-Type", "application/json"}},
                        .body = std::move(body)});
}

plain_answer running_addon::uninstall(const std::string& oauth_id) const {
    return send(port_, {.method = "DELETE", .target = "/addon/installable/" + oauth_id});
}

plain_answer running_addon::deliver(const std::string& path, std::string body,
                                    const std::string& token) const {
    plain_request request{.method = "POST",
                          .target = path,
                          .headers = {{"Content-Type", "application/json"}},
                          .body = std::move(body)};
    if (!token.empty()) request.headers.emplace_back("Authorization", "JWT " + token);
    return send(port_, request);
}

std::future<std::size_t> running_addon::begin_drain() {
    draining_ = true;
    auto ended = std::make_shared<std::promise<std::size_t>>();
    thread_.call([&] { process_->drain([ended](std::size_t left) { ended->set_value(left); }); });
    return ended->get_future();
}

protocol::jwt_claims claims_of(const std::string& issuer, const clock& time) {
    protocol::jwt_claims claims;
    claims.issuer = issuer;
    claims.user_id = "117";
    claims.issued_at = time.unix_time();
    claims.expires_at = *claims.issued_at + std::chrono::hours(1);
    claims.jti = random_alphanumeric(20);
    claims.room_id = 4021;
    return claims;
}

std::string signed_token(const std::string& issuer, const secret& key) {
    return protocol::sign(claims_of(issuer), key);
}

std::string room_enter_body(const std::string& oauth_id) {
    return R"({"event":"room_enter","oauth_client_id":")" + oauth_id
           + R"(","webhook_id":1,"item":{"room":{"id":4021,"name":"Lobby"},)"
             R"("sender":{"id":117,"mention_name":"AdaL","name":"Ada Lindqvist"}}})";
}

std::string room_message_body(const std::string& oauth_id, const std::string& text) {
    return R"({"event":"room_message","oauth_client_id":")" + oauth_id
           + R"(","webhook_id":2,"item":{"room":{"id":4021,"name":"Lobby"},)"
             R"("message":{"id":"1f0a6c52","date":"2017-03-14T09:26:53.589793+00:00",)"
             R"("type":"message","mentions":[],"message":")"
           + text + R"(","from":{"id":117,"mention_name":"AdaL","name":"Ada Lindqvist"}}}})";
}

addon& with_host::greeter() {
    program_.on_room_enter([this](room_enter& event) -> task<> {
        greeted_.add();
        co_await event.room().send_notification("hi: " + event.sender().name());
    });
    return program_;
}

}  // namespace hipchat::testing
