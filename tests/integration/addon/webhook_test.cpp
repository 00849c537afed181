// A webhook reaches its handler when its host signed it, and once.

#include <map>

#include "running_addon.hpp"
#include "support/contains.hpp"

namespace hipchat::testing {
namespace {

constexpr const char* enter = "/event/room_enter";
constexpr const char* message = "/event/room_message";

class webhooks : public with_host {
protected:
    void SetUp() override {
        greeter();
        program_.on_message("^/say", [this](room_message& said) {
            answered_.add();
            return notification("you said: " + said.text()).in(color::green).notify();
        });
        program_.on_message("^/throw", [this](room_message&) -> notification {
            answered_.add();
            throw std::runtime_error("a defect of the author's with the password hunter2");
        });
        program_.on_room_exit([this](room_exit&) {
            answered_.add();
            throw std::runtime_error("another defect");
        });
        running_.emplace(program_);
        installed_in(*running_);
    }

    // What ends on the loop has ended: everything posted before this has run.
    void settle() {
        running_->thread().call([] {});
    }

    counter answered_;
    std::optional<running_addon> running_;
};

// proves: host 4 POST /room/{r}/notification
TEST_F(webhooks, greet_in_the_room_with_a_token) {
    EXPECT_EQ(running_->deliver(enter, room_enter_body(id_), token()).status, 204);
    ASSERT_TRUE(host_.wait_for(scripted_host::notification_path, 1));
    const seen_request said = host_.requests(scripted_host::notification_path)[0];
    EXPECT_EQ(said.method, "POST");
    EXPECT_TRUE(said.authorization.starts_with("Bearer token-")) << said.authorization;
    const json::object body = json::parse(said.body).as_object();
    EXPECT_EQ(body.at("message"), "hi: Ada Lindqvist");
    EXPECT_EQ(body.at("message_format"), "text");
}

// proves: addon 4.2 query; addon 4.2 header; addon 4.2 header token=; addon 4.2 x-acpt
TEST_F(webhooks, may_carry_their_token_in_each_way) {
    const auto sent = [&](plain_request request) {
        request.method = "POST";
        if (request.target == "/") request.target = enter;
        if (request.body.empty()) request.body = room_enter_body(id_);
        return send(running_->port(), request).status;
    };
    EXPECT_EQ(sent({.headers = {{"Authorization", "JWT " + token()}}}), 204);
    EXPECT_EQ(sent({.headers = {{"authorization", "jwt token=" + token()}}}), 204);
    EXPECT_EQ(sent({.headers = {{"X-Acpt", token()}}}), 204);
    EXPECT_EQ(sent({.target = std::string(enter) + "?signed_request=" + token()}), 204);
    // A form is no JSON, but it is signed.
    EXPECT_EQ(sent({.headers = {{"Content-Type", "application/x-www-form-urlencoded"}},
                    .body = "signed_request=" + token()}),
              400);
    EXPECT_EQ(sent({.headers = {{"Authorization", "Bearer " + token()}}}), 401);
    EXPECT_TRUE(host_.wait_for(scripted_host::notification_path, 4));
    EXPECT_EQ(greeted_.count(), 4);
}

// proves: addon 4.3 no token; addon 4.3 bad signature; addon 4.3 unknown issuer
TEST_F(webhooks, that_nobody_vouches_for_are_401_and_run_nothing) {
    const protocol::jwt_claims good = claims_of(id_);
    protocol::jwt_claims expired = good;
    *expired.issued_at -= std::chrono::hours(2);
    *expired.expires_at -= std::chrono::hours(2);
    protocol::jwt_claims early = good;
    *early.issued_at += std::chrono::hours(2);
    *early.expires_at += std::chrono::hours(2);
    protocol::jwt_claims endless = good;
    endless.expires_at.reset();
    const std::string valid = protocol::sign(good, key_);
    const std::string claims = valid.substr(valid.find('.'), valid.rfind('.') - valid.find('.'));
    const std::string none_header = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0";
    const std::map<std::string, std::string> tokens = {
        {"unsigned", ""},
        {"forged", protocol::sign(good, secret("another secret"))},
        {"expired", protocol::sign(expired, key_)},
        {"of the future", protocol::sign(early, key_)},
        {"without an end", protocol::sign(endless, key_)},
        {"of an unknown tenant", signed_token("unknown", key_)},
        {"alg none", none_header + claims + "."},
        {"alg none with a signature", none_header + claims + valid.substr(valid.rfind('.'))},
        {"cut", valid.substr(0, valid.size() - 2)},
        {"without a signature", valid.substr(0, valid.rfind('.') + 1)},
        {"garbled", "a.b.c"},
        {"of 9 KiB", valid + std::string(9'216, 'x')},
    };
    for (const auto& [what, carried] : tokens) {
        const plain_answer answer = running_->deliver(enter, room_enter_body(id_), carried);
        EXPECT_EQ(answer.status, 401) << what;
        EXPECT_EQ(answer.header("WWW-Authenticate"), "JWT") << what;
    }
    settle();
    EXPECT_EQ(greeted_.count(), 0);
    EXPECT_EQ(host_.count(scripted_host::notification_path), 0U);
}

// proves: addon 5.1 wrong client
TEST_F(webhooks, of_one_tenant_do_not_pass_for_another) {
    const secret other_key("the other tenant's secret");
    ASSERT_EQ(running_->install(host_.installation("other-tenant", other_key)).status, 201);
    // Its own token, the other's body.
    EXPECT_EQ(
        running_->deliver(enter, room_enter_body(id_), signed_token("other-tenant", other_key))
            .status,
        401);
    // The other's name, its own secret.
    EXPECT_EQ(running_->deliver(enter, room_enter_body(id_), signed_token(id_, other_key)).status,
              401);
    settle();
    EXPECT_EQ(greeted_.count(), 0);
}

TEST_F(webhooks, that_name_no_tenant_in_their_body_belong_to_the_tokens_issuer) {
    std::string body = room_enter_body(id_);
    body.replace(body.find("oauth_client_id"), 15, "something_else_");
    EXPECT_EQ(running_->deliver(enter, body, token()).status, 204);
    EXPECT_TRUE(host_.wait_for(scripted_host::notification_path, 1));
}

TEST_F(webhooks, that_are_no_events_are_400) {
    const std::string good = room_enter_body(id_);
    const std::vector<std::string> bodies = {"",
                                             "{",
                                             "null",
                                             "[]",
                                             "{}",
                                             R"({"event":"room_enter"})",
                                             good.substr(0, 100),
                                             good + "x",
                                             std::string(5000, '['),
                                             "{\"event\":\"\xff\"}",
                                             R"({"event":7,"item":{}})"};
    for (const std::string& body : bodies)
        EXPECT_EQ(running_->deliver(enter, body, token()).status, 400) << body.substr(0, 60);
    EXPECT_EQ(running_->deliver(enter, room_message_body(id_, "/say hi"), token()).status, 400);
    EXPECT_EQ(running_->deliver(enter, std::string(1'048'577, ' '), token()).status, 413);
    settle();
    EXPECT_EQ(greeted_.count(), 0);
}

TEST_F(webhooks, that_are_no_events_are_401_when_nobody_signed_them) {
    EXPECT_EQ(running_->deliver(enter, "{").status, 401);
    EXPECT_EQ(running_->deliver(enter, std::string(100'000, '[')).status, 401);
}

TEST_F(webhooks, that_come_again_are_acknowledged_and_not_run) {
    const std::string carried = token();
    const std::string body = room_enter_body(id_);
    EXPECT_EQ(running_->deliver(enter, body, carried).status, 204);
    EXPECT_EQ(running_->deliver(enter, body, carried).status, 204);
    EXPECT_EQ(running_->deliver(enter, body, token()).status, 204);
    ASSERT_TRUE(host_.wait_for(scripted_host::notification_path, 2));
    EXPECT_EQ(greeted_.count(), 2);
}

TEST_F(webhooks, are_run_again_when_the_replay_window_is_off) {
    addons::settings given = running_addon::in_memory();
    given.replay_window = std::chrono::seconds(0);
    running_.emplace(program_, given);
    installed_in(*running_);
    const std::string carried = token();
    EXPECT_EQ(running_->deliver(enter, room_enter_body(id_), carried).status, 204);
    EXPECT_EQ(running_->deliver(enter, room_enter_body(id_), carried).status, 204);
    ASSERT_TRUE(host_.wait_for(scripted_host::notification_path, 2));
    EXPECT_EQ(greeted_.count(), 2);
}

TEST_F(webhooks, older_than_the_replay_window_are_401) {
    protocol::jwt_claims old = claims_of(id_);
    *old.issued_at -= std::chrono::seconds(400);
    EXPECT_EQ(running_->deliver(enter, room_enter_body(id_), protocol::sign(old, key_)).status,
              401);
    *old.issued_at += std::chrono::seconds(200);
    EXPECT_EQ(running_->deliver(enter, room_enter_body(id_), protocol::sign(old, key_)).status,
              204);
    EXPECT_TRUE(host_.wait_for(scripted_host::notification_path, 1));
}

// proves: addon 5.1 answer
TEST_F(webhooks, are_answered_by_a_handler_that_returns_a_notification) {
    const plain_answer answer =
        running_->deliver(message, room_message_body(id_, "/say hi"), token());
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.header("Content-Type"), "application/json");
    const json::object body = json::parse(answer.body).as_object();
    EXPECT_EQ(body.at("message"), "you said: /say hi");
    EXPECT_EQ(body.at("color"), "green");
    EXPECT_EQ(body.at("notify"), true);
    EXPECT_EQ(host_.count(scripted_host::notification_path), 0U);
}

TEST_F(webhooks, whose_answering_handler_throws_are_500_and_may_come_again) {
    const std::string carried = token();
    const std::string body = room_message_body(id_, "/throw");
    const plain_answer answer = running_->deliver("/event/room_message/2", body, carried);
    EXPECT_EQ(answer.status, 500);
    EXPECT_FALSE(contains(answer.body, "hunter2"));
    EXPECT_EQ(running_->deliver("/event/room_message/2", body, carried).status, 500);
    EXPECT_EQ(answered_.count(), 2);
}

TEST_F(webhooks, whose_handler_throws_do_not_end_the_add_on) {
    std::string body = room_enter_body(id_);
    body.replace(body.find("room_enter"), 10, "room_exit");
    EXPECT_EQ(running_->deliver("/event/room_exit", body, token()).status, 204);
    ASSERT_TRUE(answered_.wait_for(1));
    EXPECT_EQ(running_->deliver(enter, room_enter_body(id_), token()).status, 204);
    EXPECT_TRUE(host_.wait_for(scripted_host::notification_path, 1));
    EXPECT_EQ(running_->log().count("another defect"), 1);
}

TEST_F(webhooks, that_break_off_leave_the_add_on_serving) {
    const std::string head = "POST /event/room_enter HTTP/1.1\r\nHost: x\r\nAuthorization: JWT "
                             + token() + "\r\nContent-Length: 1000\r\n\r\n";
    // The test's side closes its end in the middle; nobody waits for the answer.
    EXPECT_TRUE(send_and_leave(running_->port(), head + "{\"event\":"));
    EXPECT_TRUE(send_and_leave(running_->port(), "POST /ev"));
    EXPECT_TRUE(send_and_leave(running_->port(), ""));
    EXPECT_EQ(send_bytes(running_->port(), "\x16\x03\x01\r\n\r\n").status, 400);
    EXPECT_EQ(running_->deliver(enter, room_enter_body(id_), token()).status, 204);
    EXPECT_TRUE(host_.wait_for(scripted_host::notification_path, 1));
    EXPECT_EQ(greeted_.count(), 1);
}

TEST_F(webhooks, are_taken_at_their_address_and_by_post_only) {
    EXPECT_EQ(running_->get(enter).status, 405);
    EXPECT_EQ(running_->get(enter).header("Allow"), "POST");
    EXPECT_EQ(running_->deliver("/event/room_created", room_enter_body(id_), token()).status, 404);
}

}  // namespace
}  // namespace hipchat::testing
