// What went wrong in libraries before this one, one test for each finding that concerns what this
// library does today.

#include "protocol/capabilities.hpp"
#include "protocol/descriptor.hpp"
#include "running_addon.hpp"
#include "support/contains.hpp"

namespace hipchat::testing {
namespace {

constexpr const char* enter = "/event/room_enter";

using known_flaws_of_others = with_host;

// ac-flask, aiohttp, ac-koa, ACE: whoever knew an oauthId could remove its tenant.
TEST_F(known_flaws_of_others, an_uninstall_by_a_stranger_removes_nobody) {
    running_addon running(greeter());
    installed_in(running);
    EXPECT_EQ(running.uninstall(id_).status, 403);
    EXPECT_EQ(running.deliver(enter, room_enter_body(id_), token()).status, 204);
    EXPECT_TRUE(host_.wait_for(scripted_host::notification_path, 1));
}

// All four: a stranger's own server confirmed the stranger's secret for a known oauthId.
TEST_F(known_flaws_of_others, an_install_from_elsewhere_does_not_take_a_tenant_over) {
    running_addon running(greeter());
    installed_in(running);
    scripted_host attacker;
    const secret forged("the attacker's secret");
    EXPECT_EQ(running.install(attacker.installation(id_, forged)).status, 409);
    EXPECT_EQ(running.deliver(enter, room_enter_body(id_), signed_token(id_, forged)).status, 401);
    EXPECT_EQ(running.deliver(enter, room_enter_body(id_), token()).status, 204);
    EXPECT_TRUE(host_.wait_for(scripted_host::notification_path, 1));
    EXPECT_EQ(attacker.count(scripted_host::notification_path), 0U);
}

// All four: the API and token URLs were taken from wherever the document pointed.
TEST_F(known_flaws_of_others, a_document_cannot_send_credentials_to_another_origin) {
    running_addon running(greeter());
    const scripted_host victim;
    const std::vector<std::pair<const char*, const char*>> members = {
        {"oauth2Provider", "tokenUrl"},
        {"oauth2Provider", "authorizationUrl"},
        {"hipchatApiProvider", "url"}};
    for (const auto& [object, member] : members) {
        json::object foreign = protocol::write_host_capabilities(host_.base());
        foreign["capabilities"].as_object()[object].as_object()[member] =
            victim.base() + "/v2/oauth/token";
        host_.answer_capabilities(foreign);
        EXPECT_EQ(running.install(request()).status, 400) << member;
    }
    EXPECT_EQ(victim.count(scripted_host::token_path), 0U);
    EXPECT_EQ(host_.count(scripted_host::token_path), 0U);
}

// ac-flask, aiohttp, ACE: capabilitiesUrl was fetched wherever it led, redirects included.
TEST_F(known_flaws_of_others, an_install_request_cannot_make_the_add_on_ask_inside_a_network) {
    addons::settings given = running_addon::in_memory();
    given.base_url = "https://addon.example.com";
    running_addon running(greeter(), given);
    const std::string port = ":" + std::to_string(host_.port());
    for (const std::string& address :
         {std::string("127.0.0.1"), std::string("localhost"), std::string("[::1]"),
          std::string("2130706433"), std::string("0x7f.1"), std::string("0177.0.0.1"),
          std::string("[::ffff:127.0.0.1]"), std::string("0.0.0.0")})
        for (const char* scheme : {"http://", "https://"}) {
            protocol::installation body = request();
            body.capabilities_url =
                std::string(scheme).append(address).append(port).append("/v2/capabilities");
            EXPECT_EQ(running.install(body).status, 400) << body.capabilities_url;
        }
    EXPECT_EQ(host_.count(scripted_host::capabilities_path), 0U);
}

TEST_F(known_flaws_of_others, a_token_url_that_redirects_does_not_carry_credentials_along) {
    running_addon running(greeter());
    const scripted_host victim;
    transport::http_response elsewhere;
    elsewhere.status = 307;
    elsewhere.headers = {{"Location", victim.base() + "/v2/oauth/token"}};
    host_.answer(scripted_host::token_path, elsewhere);
    EXPECT_EQ(running.install(request()).status, 400);
    EXPECT_EQ(victim.count(scripted_host::token_path), 0U);
}

// ac-flask, ACE, ac-koa: a body with an oauth_client_id was credential enough.
TEST_F(known_flaws_of_others,
       a_webhook_without_a_token_is_refused_although_its_body_names_a_tenant) {
    running_addon running(greeter());
    installed_in(running);
    EXPECT_EQ(running.deliver(enter, room_enter_body(id_)).status, 401);
    EXPECT_EQ(greeted_.count(), 0);
}

TEST_F(known_flaws_of_others, every_webhook_is_declared_as_signed) {
    running_addon running(greeter());
    const descriptor served = protocol::read_descriptor(running.get("/").body);
    ASSERT_EQ(served.webhooks.size(), 1U);
    EXPECT_EQ(served.webhooks[0].authentication, authentication::jwt);
    EXPECT_TRUE(contains(running.get("/").body, "\"authentication\":\"jwt\""));
}

// ac-koa: a token was checked only if one was sent, and only if it was a text.
TEST_F(known_flaws_of_others, an_empty_credential_is_a_failed_one) {
    running_addon running(greeter());
    installed_in(running);
    for (const char* header : {"JWT", "JWT ", "JWT token=", "jwt null", "Bearer x", ""}) {
        const plain_answer answer = send(running.port(), {.method = "POST",
                                                          .target = enter,
                                                          .headers = {{"Authorization", header}},
                                                          .body = room_enter_body(id_)});
        EXPECT_EQ(answer.status, 401) << header;
    }
    for (const char* query : {"?signed_request=", "?signed_request=null", "?signed_request"}) {
        EXPECT_EQ(running.deliver(std::string(enter) + query, room_enter_body(id_)).status, 401)
            << query;
    }
    EXPECT_EQ(greeted_.count(), 0);
}

// jwt-simple in ac-koa and ACE: the token's header chose the algorithm.
TEST_F(known_flaws_of_others, the_token_does_not_choose_its_algorithm) {
    running_addon running(greeter());
    installed_in(running);
    const std::string good = token();
    const std::string rest = good.substr(good.find('.'));
    // {"alg":"none"}, {"alg":"HS512"}, {"alg":"RS256"}, {"typ":"JWT"},
    // {"alg":"HS256","crit":["exp"]}
    for (const char* header :
         {"eyJhbGciOiJub25lIn0", "eyJhbGciOiJIUzUxMiJ9", "eyJhbGciOiJSUzI1NiJ9",
          "eyJ0eXAiOiJKV1QifQ", "eyJhbGciOiJIUzI1NiIsImNyaXQiOlsiZXhwIl19"}) {
        EXPECT_EQ(running.deliver(enter, room_enter_body(id_), header + rest).status, 401)
            << header;
        const std::string unsigned_part = rest.substr(0, rest.rfind('.') + 1);
        EXPECT_EQ(running.deliver(enter, room_enter_body(id_), header + unsigned_part).status, 401)
            << header;
    }
    EXPECT_EQ(greeted_.count(), 0);
}

// ac-koa: without NODE_ENV=production no token ever expired.
TEST_F(known_flaws_of_others, tokens_expire_whatever_the_settings_are) {
    addons::settings given = running_addon::in_memory();
    given.debug = true;
    given.replay_window = std::chrono::seconds(0);
    running_addon running(greeter(), given);
    installed_in(running);
    protocol::jwt_claims old = claims_of(id_);
    *old.issued_at -= std::chrono::hours(3);
    *old.expires_at -= std::chrono::hours(2);
    EXPECT_EQ(running.deliver(enter, room_enter_body(id_), protocol::sign(old, key_)).status, 401);
    EXPECT_EQ(greeted_.count(), 0);
}

// ac-flask: an unknown issuer was a crash and a 500, which told who is a tenant.
TEST_F(known_flaws_of_others, an_unknown_issuer_looks_like_a_forged_token) {
    running_addon running(greeter());
    installed_in(running);
    const plain_answer unknown =
        running.deliver(enter, room_enter_body("unknown"), signed_token("unknown", key_));
    const plain_answer forged =
        running.deliver(enter, room_enter_body(id_), signed_token(id_, secret("forged")));
    EXPECT_EQ(unknown.status, 401);
    EXPECT_EQ(forged.status, 401);
    EXPECT_EQ(unknown.body, forged.body);
}

// The protocol puts tokens into URLs; ac-flask and aiohttp logged headers and token answers.
TEST_F(known_flaws_of_others, neither_tokens_nor_secrets_reach_the_log) {
    running_addon running(greeter());
    installed_in(running);
    const std::string in_query = token();
    const std::string forged = signed_token(id_, secret("forged"));
    EXPECT_EQ(
        running.deliver(std::string(enter) + "?signed_request=" + in_query, room_enter_body(id_))
            .status,
        204);
    EXPECT_TRUE(host_.wait_for(scripted_host::notification_path, 1));
    EXPECT_EQ(running.deliver(std::string(enter) + "?signed_request=" + forged, "{}").status, 401);
    EXPECT_EQ(running.install(host_.installation(id_, secret("hunter2"))).status, 409);
    EXPECT_GE(running.log().lines().size(), 3U);
    for (const std::string& line : running.log().lines())
        for (const std::string& hidden : {in_query, forged, std::string(key_.reveal()),
                                          std::string("hunter2"), std::string("token-1")})
            EXPECT_FALSE(contains(line, hidden));
}

// ac-flask: whoever was not on the list of origins could read a glance all the same, and a name
// that only ended like a listed one was on it.
TEST_F(known_flaws_of_others, a_foreign_origin_does_not_read_a_glance) {
    program_.glance({.key = "open", .name = "Open", .icon = {"/a.png", "/b.png"}},
                    [](glance_query&) { return "5 open"; });
    addons::settings given = running_addon::in_memory();
    given.cors_whitelist = ".hipchat.com";
    running_addon running(program_, given);
    installed_in(running);
    for (const char* origin : {"https://evil.example", "https://evilhipchat.com",
                               "https://hipchat.com.evil.example", "null"}) {
        const plain_answer answer = send(
            running.port(),
            {.target = "/glance/open?signed_request=" + token(), .headers = {{"Origin", origin}}});
        EXPECT_EQ(answer.status, 200);
        EXPECT_EQ(answer.header("Access-Control-Allow-Origin"), host_.base()) << origin;
    }
}

// ACE and the Java library (CVE-2021-26073, -26074): tokens that people hold passed for the host's
// at the lifecycle endpoints.
TEST_F(known_flaws_of_others, a_persons_token_does_not_change_an_installation) {
    running_addon running(greeter());
    installed_in(running);
    scripted_host attacker;
    EXPECT_EQ(running.install(attacker.installation(id_, secret("forged")), token()).status, 409);
    EXPECT_EQ(running.install(host_.installation(id_, secret("forged")), token()).status, 409);
}

// An update may come from anyone who knows an oauthId, and every webhook body tells it.
TEST_F(known_flaws_of_others, an_update_by_a_stranger_moves_nobody) {
    running_addon running(greeter());
    installed_in(running);
    protocol::installation update = host_.installation(id_, key_, 1);
    update.oauth_secret.reset();
    EXPECT_EQ(running.install(update).status, 409);
}

}  // namespace
}  // namespace hipchat::testing
