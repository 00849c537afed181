// Which kind of token opens which kind of route: every cell of the table, and how page tokens live.

#include <gtest/gtest.h>

#include "addon/dispatch.hpp"
#include "base/spawn.hpp"
#include "storage/memory/tenants.hpp"
#include "support/manual_clock.hpp"

namespace hipchat::addons {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

class tokens_and_routes : public ::testing::Test {
protected:
    tokens_and_routes() {
        tenant_ = stored("tenant-1", key_, 0);
        other_ = stored("tenant-2", other_key_, 0);
        const auto page = [this](const page_caller& caller, const inbound&) -> answer {
            last_ = caller;
            return reply{.status = 200, .body = page_token(caller, clock_.unix_time()).text()};
        };
        routes_.add("POST", "/webhook", from_host{[](const signed_request&, const inbound&) {
                        return answer(reply{.status = 200});
                    }});
        routes_.add("POST", "/page", from_page{page});
        routes_.add("POST", "/user", from_user{page});
        routes_.add("POST", "/open",
                    anonymous{[](const inbound&) { return answer(reply{.status = 200}); }});
    }

    tenant_directory::entry stored(const std::string& id, const secret& with,
                                   std::int64_t expected) {
        storage::tenant value;
        value.oauth_id = id;
        value.secret = with;
        tenant_directory::entry kept;
        auto putting = [](tenant_directory& tenants, storage::tenant what, std::int64_t generation,
                          tenant_directory::entry& into) -> task<> {
            into = co_await tenants.put(std::move(what), generation);
        };
        run_ready(putting(tenants_, std::move(value), expected, kept));
        return kept;
    }

    reply ask(std::string_view path, const std::string& token, std::string_view query = "") {
        inbound request;
        request.method = "POST";
        request.path = path;
        request.query = query;
        request.credential = carried_token(std::string_view(token));
        reply result;
        auto asking = [](const dispatcher& routes, const inbound& what, reply& into) -> task<> {
            into = co_await settle(routes.dispatch(what));
        };
        run_ready(asking(routes_, request, result));
        return result;
    }

    protocol::jwt_claims claims(const std::string& user = "117") const {
        protocol::jwt_claims made;
        made.issuer = "tenant-1";
        made.user_id = user;
        made.room_id = 4021;
        made.user_tz = "Europe/Berlin";
        made.issued_at = clock_.unix_time();
        made.expires_at = clock_.unix_time() + hours(1);
        return made;
    }
    std::string signed_for(const std::string& user = "117") const {
        return protocol::sign(claims(user), key_);
    }
    /// A page token as a page gets it.
    std::string page_token_for(const std::string& user = "117") {
        return ask("/page", signed_for(user), "theme=dark").body;
    }

    secret key_{"the shared secret"};
    secret other_key_{"the secret of another tenant"};
    storage::memory_tenants store_;
    tenant_directory tenants_{store_, 10};
    testing::manual_clock clock_;
    dispatcher routes_{tenants_, clock_};
    tenant_directory::entry tenant_;
    tenant_directory::entry other_;
    std::optional<page_caller> last_;
};

TEST_F(tokens_and_routes, each_kind_opens_its_routes_and_no_others) {
    const std::string page = page_token_for();
    protocol::page_claims as_page;
    as_page.issuer = "tenant-1";
    as_page.generation = tenant_->generation;
    as_page.user_id = "117";
    as_page.issued_at = clock_.unix_time();
    as_page.began = as_page.issued_at;
    as_page.expires_at = as_page.issued_at + minutes(15);
    protocol::jwt_claims of_other = claims();
    of_other.issuer = "tenant-2";
    protocol::jwt_claims old = claims();
    *old.issued_at -= hours(3);
    *old.expires_at -= hours(2);

    struct row {
        const char* kind;
        std::string token;
        int webhook, page, user;
    };
    const std::vector<row> table = {
        {"the host's, with a user", signed_for(), 200, 200, 200},
        {"the host's, for a guest", signed_for(""), 200, 200, 403},
        {"a page's, with a user", page, 401, 200, 200},
        {"a page's, for a guest", page_token_for(""), 401, 200, 403},
        {"none", "", 401, 401, 401},
        {"an access token", "3Kx9pQvZ7tLmN2RwB8sYhU4jC6dF", 401, 401, 401},
        {"the host's, expired", protocol::sign(old, key_), 401, 401, 401},
        {"the host's, of another tenant's key", protocol::sign(claims(), other_key_), 401, 401,
         401},
        {"another tenant's, claimed for this key", protocol::sign(of_other, key_), 401, 401, 401},

        {"a page's, forged by the host's secret itself", protocol::sign_page_token(as_page, key_),
         401, 401, 401},
        {"a page's, of another tenant's secret", protocol::sign_page_token(as_page, other_key_),
         401, 401, 401},
        {"a page's, cut", page.substr(0, page.size() - 1), 401, 401, 401},
        {"a page's header with the host's rest",
         page.substr(0, page.find('.')) + signed_for().substr(signed_for().find('.')), 401, 401,
         401},
        {"the host's header with a page's rest",
         signed_for().substr(0, signed_for().find('.')) + page.substr(page.find('.')), 401, 401,
         401},
    };
    for (const row& one : table) {
        EXPECT_EQ(ask("/webhook", one.token).status, one.webhook) << one.kind;
        EXPECT_EQ(ask("/page", one.token).status, one.page) << one.kind;
        EXPECT_EQ(ask("/user", one.token).status, one.user) << one.kind;
        EXPECT_EQ(ask("/open", one.token).status, 200) << one.kind;
    }
}

// proves: addon 4.4 with context
TEST_F(tokens_and_routes, a_page_token_carries_who_and_where_and_looks) {
    ask("/page", page_token_for());
    ASSERT_TRUE(last_);
    EXPECT_EQ(last_->tenant()->oauth_id, "tenant-1");
    EXPECT_EQ(last_->user_id(), "117");
    EXPECT_EQ(last_->room_id(), 4021);
    EXPECT_EQ(last_->user_tz(), "Europe/Berlin");
    EXPECT_EQ(last_->theme(), "dark");
}

TEST_F(tokens_and_routes, a_theme_is_light_or_dark_or_nothing) {
    for (const char* query : {"theme=red", "theme=%22%3E", "theme=", ""}) {
        ask("/page", signed_for(), query);
        EXPECT_EQ(last_->theme(), "") << query;
    }
    ask("/page", signed_for(), "theme=light");
    EXPECT_EQ(last_->theme(), "light");
}

TEST_F(tokens_and_routes, a_page_token_ends_after_a_quarter_of_an_hour) {
    const std::string token = page_token_for();
    clock_.advance(minutes(15) - seconds(1));
    EXPECT_EQ(ask("/page", token).status, 200);
    clock_.advance(seconds(1));
    EXPECT_EQ(ask("/page", token).status, 401);
}

// proves: addon 4.4 renewed
TEST_F(tokens_and_routes, each_use_yields_the_next_until_the_host_must_vouch_again) {
    std::string token = page_token_for();
    for (int tens = 1; tens < 72; ++tens) {
        clock_.advance(minutes(10));
        const reply said = ask("/page", token);
        ASSERT_EQ(said.status, 200) << tens;
        token = said.body;
    }
    // 11 h 50 min after the signed request; the last token does not reach beyond twelve hours.
    clock_.advance(minutes(10));
    EXPECT_EQ(ask("/page", token).status, 401);
    EXPECT_EQ(ask("/page", signed_for()).status, 200);
}

TEST_F(tokens_and_routes, a_page_token_is_void_once_the_add_on_is_removed) {
    const std::string token = page_token_for();
    auto removing = [](tenant_directory& tenants, std::int64_t generation) -> task<> {
        co_await tenants.remove("tenant-1", generation);
    };
    run_ready(removing(tenants_, tenant_->generation));
    EXPECT_EQ(ask("/page", token).status, 401);
    EXPECT_EQ(ask("/user", token).status, 401);
    // Installed again with the same oauthId and the same secret: another installation.
    stored("tenant-1", key_, 0);
    EXPECT_EQ(ask("/page", token).status, 401);
    EXPECT_EQ(ask("/page", signed_for()).status, 200);
}

// Copies share nothing but the store of tenants, and a restart leaves nothing else.
TEST_F(tokens_and_routes, another_copy_of_the_add_on_takes_the_same_page_tokens) {
    const std::string token = page_token_for();
    tenant_directory others(store_, 10);
    dispatcher other_copy(others, clock_);
    other_copy.add("GET", "/page", from_page{[](const page_caller& caller, const inbound&) {
                       return answer(reply{.status = 200, .body = caller.user_id()});
                   }});
    inbound request;
    request.method = "GET";
    request.path = "/page";
    request.credential = carried_token(std::string_view(token));
    reply said;
    auto asking = [](const dispatcher& routes, const inbound& what, reply& into) -> task<> {
        into = co_await settle(routes.dispatch(what));
    };
    run_ready(asking(other_copy, request, said));
    EXPECT_EQ(said.status, 200);
    EXPECT_EQ(said.body, "117");
}

TEST_F(tokens_and_routes, a_guest_is_told_that_a_person_is_needed) {
    const reply refusal = ask("/user", signed_for(""));
    EXPECT_EQ(refusal.status, 403);
    EXPECT_EQ(refusal.why, "no user");
}

}  // namespace
}  // namespace hipchat::addons
