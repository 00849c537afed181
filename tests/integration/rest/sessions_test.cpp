#include "hipchat/rest/sessions.hpp"

#include "rest_fixture.hpp"
#include "support/contains.hpp"

namespace hipchat::testing {
namespace {

using namespace hipchat::rest;

class session_calls : public rest_calls {
protected:
    sessions all() const { return sessions(client()); }
};

// proves: host 4 GET /oauth/token/{token}
TEST_F(session_calls, show_the_sample_session_of_the_add_on) {
    host_has("oauth/token/token-1", "session.response.json");
    const session own = result_of([&] { return all().current(); });
    EXPECT_EQ(own.expires_in, std::chrono::seconds(3120));
    EXPECT_EQ(own.scopes, (std::vector<scope>{scope::send_notification, scope::view_room}));
    EXPECT_EQ(own.owner_type, "client");
    EXPECT_FALSE(own.owner);
    EXPECT_EQ(own.client_id, id_);
    EXPECT_EQ(own.client_name, "Deploy Bell");
    EXPECT_EQ(own.allowed_scopes, own.scopes);
    ASSERT_TRUE(own.room);
    EXPECT_EQ(own.room->id, 4021);
    EXPECT_FALSE(own.json->contains("access_token"));
    called("GET", "oauth/token/token-1", "");
}

TEST_F(session_calls, show_that_of_any_token) {
    host_says("oauth/token/ada%2Fs", R"({"owner":{"id":117,"name":"Ada"},"owner_type":"user"})");
    const session adas = result_of([&] { return all().get(secret("ada/s")); });
    ASSERT_TRUE(adas.owner);
    EXPECT_EQ(adas.owner->name, "Ada");
    EXPECT_EQ(request_at("oauth/token/ada%2Fs").authorization, "Bearer ada/s");
}

// proves: host 4 DELETE /oauth/token/{token}
TEST_F(session_calls, revoke_a_token) {
    host_says("oauth/token/adas", 204);
    result_of([&] { return all().remove(secret("adas")); });
    EXPECT_EQ(request_at("oauth/token/adas").method, "DELETE");
    EXPECT_EQ(request_at("oauth/token/adas").authorization, "Bearer adas");
}

TEST_F(session_calls, never_show_a_token_in_an_error) {
    const std::string words = error_of<api_error>([&] { return all().get(secret("swordfish")); });
    EXPECT_TRUE(contains(words, "404"));
    EXPECT_FALSE(contains(words, "swordfish"));
    host_says("oauth/token/swordfish", "nonsense");
    EXPECT_FALSE(contains(error_of<protocol_error>([&] { return all().get(secret("swordfish")); }),
                          "swordfish"));
}

}  // namespace
}  // namespace hipchat::testing
