#include "with_program.hpp"

#include <csignal>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "protocol/installation.hpp"
#include "protocol/jwt.hpp"

namespace hipchat::testing {

void with_program::start(const std::string& name, std::vector<std::string> arguments) {
    const std::map<std::string, std::string> given = {{"AC_PORT", "0"}, {"AC_STORE", "memory:"}};
    program_ = std::make_unique<child_process>(std::string(HIPCHAT_PEERS) + "/peer_" + name,
                                               std::move(arguments), given);
    const auto port = program_->line_after("Public descriptor base URL: http://localhost:");
    if (!port) {
        program_->wait();
        FAIL() << program_->complained();
    }
    port_ = static_cast<std::uint16_t>(std::stoi(*port));
}

with_program::~with_program() {
    if (!program_) return;
    program_->signal(SIGTERM);
    EXPECT_EQ(program_->wait(), 0) << program_->complained();
}

plain_answer with_program::install(const std::string& path, const std::string& id) {
    return post(path + "/addon/installable", {{"Content-Type", "application/json"}},
                json::serialize(protocol::write_installation(host_.installation(id, key_))));
}

plain_answer with_program::uninstall(const std::string& id) {
    host_.remove_client(id);
    return send(port_, {.method = "DELETE", .target = "/addon/installable/" + id});
}

json::value with_program::descriptor(const std::string& path) const {
    const plain_answer answer = get(path);
    EXPECT_EQ(answer.status, 200) << path;
    return json::parse(answer.body);
}

std::string with_program::token(const std::string& id) const {
    protocol::jwt_claims claims;
    claims.issuer = id;
    claims.user_id = "117";
    claims.issued_at = system_clock().unix_time();
    claims.expires_at = *claims.issued_at + std::chrono::hours(1);
    claims.jti = random_alphanumeric(20);
    claims.room_id = 4021;
    return protocol::sign(claims, key_);
}

plain_answer with_program::deliver(const std::string& path, const std::string& body,
                                   const std::string& id) const {
    return post(path, {{"Content-Type", "application/json"}, {"Authorization", "JWT " + token(id)}},
                body);
}

std::string with_program::enter(const std::string& id) {
    return R"({"event":"room_enter","oauth_client_id":")" + id
           + R"(","webhook_id":1,"item":{"room":{"id":4021,"name":"Lobby"},)"
             R"("sender":{"id":117,"mention_name":"AdaL","name":"Ada Lindqvist"}}})";
}

std::string with_program::message(const std::string& text, const std::string& id) {
    return R"({"event":"room_message","oauth_client_id":")" + id
           + R"(","webhook_id":2,"item":{"room":{"id":4021,"name":"Lobby"},)"
             R"("message":{"id":"1f0a6c52","date":"2017-03-14T09:26:53.589793+00:00",)"
             R"("type":"message","mentions":[],"message":)"
           + json::serialize(json::value(text))
           + R"(,"from":{"id":117,"mention_name":"AdaL","name":"Ada Lindqvist"}}}})";
}

plain_answer with_program::open(const std::string& path) const {
    return get(path + "?signed_request=" + token() + "&connect_client_api_version=1");
}

plain_answer with_program::post(const std::string& path,
                                std::vector<std::pair<std::string, std::string>> headers,
                                std::string body) const {
    return send(
        port_,
        {.method = "POST", .target = path, .headers = std::move(headers), .body = std::move(body)});
}

}  // namespace hipchat::testing
