// From a request to the one route that answers it, and no further than its caller may come.

#include "addon/dispatch.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/spawn.hpp"
#include "hipchat/errors.hpp"
#include "storage/memory/tenants.hpp"
#include "support/manual_clock.hpp"

namespace hipchat::addons {
namespace {

answer say(std::string text) {
    return reply{.status = 200, .body = std::move(text)};
}

class dispatch : public ::testing::Test {
protected:
    dispatch() {
        storage::tenant stored;
        stored.oauth_id = "tenant-1";
        stored.secret = key_;
        auto putting = [](storage::tenant_repository& store, storage::tenant value) -> task<> {
            co_await store.put(std::move(value), 0);
        };
        run_ready(putting(store_, std::move(stored)));

        routes_.add("POST", "/event", from_host{[this](const signed_request& who, const inbound&) {
                        ++served_;
                        return say("signed by " + who.tenant()->oauth_id);
                    }});
        routes_.add("POST", "/installable",
                    lifecycle{[](const inbound&) { return say("install"); }});
        routes_.add("DELETE", "/installable/", lifecycle{[](const inbound& request) {
                        return say("uninstall " + std::string(request.tail));
                    }});
        routes_.add("GET", "/", anonymous{[](const inbound&) { return say("descriptor"); }});
        routes_.add("PUT", "/later", anonymous{[](const inbound& request) -> answer {
                        return [](const inbound& asked) -> task<reply> {
                            reply made;
                            made.status = 200;
                            made.body = asked.body;
                            co_return made;
                        }(request);
                    }});
    }

    reply ask(std::string_view method, std::string_view path, std::string token = "",
              std::string_view body = "") {
        inbound request;
        request.method = method;
        request.path = path;
        request.body = body;
        request.credential = carried_token(std::move(token));
        reply result;
        auto asking = [](const dispatcher& routes, const inbound& what, reply& into) -> task<> {
            into = co_await settle(routes.dispatch(what));
        };
        run_ready(asking(routes_, request, result));
        return result;
    }

    std::string token(const secret& key, std::string issuer = "tenant-1") const {
        protocol::jwt_claims claims;
        claims.issuer = std::move(issuer);
        claims.issued_at = clock_.unix_time();
        claims.expires_at = clock_.unix_time() + std::chrono::hours(1);
        return protocol::sign(claims, key);
    }

    secret key_{"the shared secret"};
    storage::memory_tenants store_;
    tenant_directory tenants_{store_, 10};
    testing::manual_clock clock_;
    dispatcher routes_{tenants_, clock_};
    int served_ = 0;
};

using dispatcher_of_routes = dispatch;

TEST_F(dispatcher_of_routes, finds_the_route_of_a_path_and_method) {
    EXPECT_EQ(ask("GET", "/").body, "descriptor");
    EXPECT_EQ(ask("POST", "/installable").body, "install");
    EXPECT_EQ(ask("HEAD", "/").body, "descriptor");
}

TEST_F(dispatcher_of_routes, gives_what_lies_below_a_path_to_its_route) {
    EXPECT_EQ(ask("DELETE", "/installable/a-b.c").body, "uninstall a-b.c");
    EXPECT_EQ(ask("DELETE", "/installable/").status, 404);
    EXPECT_EQ(ask("DELETE", "/installable").status, 405);
}

TEST_F(dispatcher_of_routes, answers_404_where_there_is_nothing) {
    EXPECT_EQ(ask("GET", "/nothing").status, 404);
    EXPECT_EQ(ask("GET", "").status, 404);
    EXPECT_EQ(ask("POST", "/event/").status, 404);
    EXPECT_EQ(ask("POST", "/EVENT").status, 404);
}

TEST_F(dispatcher_of_routes, answers_405_with_the_methods_that_there_are) {
    const reply wrong = ask("GET", "/installable/x");
    EXPECT_EQ(wrong.status, 405);
    EXPECT_EQ(wrong.allowed, std::vector<std::string_view>{"DELETE"});
    EXPECT_EQ(ask("POST", "/").status, 405);
    EXPECT_EQ(ask("post", "/event").status, 405);
}

TEST_F(dispatcher_of_routes, waits_for_an_answer_that_is_still_being_made) {
    EXPECT_EQ(ask("PUT", "/later", "", "bytes").body, "bytes");
}

TEST_F(dispatcher_of_routes, refuses_two_routes_at_one_place) {
    const anonymous any{[](const inbound&) { return say(""); }};
    EXPECT_THROW(routes_.add("GET", "/", any), config_error);
    EXPECT_THROW(routes_.add("DELETE", "/installable/", any), config_error);
    EXPECT_NO_THROW(routes_.add("POST", "/", any));
}

TEST_F(dispatcher_of_routes, lets_the_host_of_a_tenant_through) {
    // Read from the store the first time, from memory the second.
    EXPECT_EQ(ask("POST", "/event", token(key_)).body, "signed by tenant-1");
    EXPECT_EQ(ask("POST", "/event", token(key_)).body, "signed by tenant-1");
    EXPECT_EQ(served_, 2);
}

TEST_F(dispatcher_of_routes, answers_401_to_everyone_else) {
    const std::string good = token(key_);
    const std::vector<std::string> no_tokens = {
        "",
        "x",
        "a.b.c",
        good.substr(0, good.size() - 1),
        good.substr(0, good.rfind('.') + 1),
        token(secret("another secret")),
        token(key_, "tenant-2"),
        token(secret(), "tenant-1"),
    };
    for (const std::string& no_token : no_tokens) {
        EXPECT_EQ(ask("POST", "/event", no_token).status, 401) << no_token;
        // Also once the tenant is in memory.
        ask("POST", "/event", good);
        EXPECT_EQ(ask("POST", "/event", no_token).status, 401) << no_token;
    }
    EXPECT_EQ(served_, static_cast<int>(no_tokens.size()));
}

TEST_F(dispatcher_of_routes, answers_401_once_a_token_has_expired) {
    const std::string good = token(key_);
    clock_.advance(std::chrono::hours(1) + std::chrono::seconds(61));
    EXPECT_EQ(ask("POST", "/event", good).status, 401);
    EXPECT_EQ(served_, 0);
}

TEST_F(dispatcher_of_routes, tells_the_log_why_and_the_caller_nothing) {
    const reply unknown = ask("POST", "/event", token(key_, "tenant-2"));
    const reply forged = ask("POST", "/event", token(secret("another secret")));
    EXPECT_EQ(unknown.body, forged.body);
    EXPECT_EQ(unknown.why, "unknown issuer");
    EXPECT_FALSE(forged.why.empty());
    EXPECT_NE(forged.why, unknown.why);
}

TEST_F(dispatcher_of_routes, finds_varying_paths_after_plain_ones_and_before_what_lies_below) {
    routes_.add("GET", "/a/{x}", anonymous{[](const inbound& request) {
                    return say(request.parts.at(0).first + "=" + request.parts.at(0).second);
                }});
    routes_.add("GET", "/a/plain", anonymous{[](const inbound&) { return say("plain"); }});
    routes_.add("GET", "/a/", anonymous{[](const inbound& request) {
                    return say("below " + std::string(request.tail));
                }});
    EXPECT_EQ(ask("GET", "/a/7%208").body, "x=7 8");
    EXPECT_EQ(ask("GET", "/a/plain").body, "plain");
    EXPECT_EQ(ask("GET", "/a/7/8").body, "below 7/8");
    EXPECT_EQ(ask("POST", "/a/7").status, 405);
}

TEST_F(dispatcher_of_routes, refuses_varying_paths_that_take_the_same) {
    const anonymous any{[](const inbound&) { return say(""); }};
    routes_.add("GET", "/a/{x}", any);
    EXPECT_THROW(routes_.add("GET", "/a/{x}", any), config_error);
    EXPECT_THROW(routes_.add("POST", "/a/{y}", any), config_error);
    EXPECT_NO_THROW(routes_.add("POST", "/a/{x}", any));
}

TEST_F(dispatcher_of_routes, lists_what_needs_a_proof) {
    const auto serve = [](const page_caller&, const inbound&) { return say(""); };
    routes_.add("GET", "/panel", from_page{serve});
    routes_.add("PUT", "/mine/{id}", from_user{serve});
    std::vector<std::string> found;
    for (const dispatcher::address& one : routes_.guarded()) {
        found.push_back(one.method + " " + one.path);
        EXPECT_EQ(ask(one.method, one.path).status, 401) << found.back();
    }
    std::ranges::sort(found);
    EXPECT_EQ(found, (std::vector<std::string>{"GET /panel", "POST /event", "PUT /mine/{id}"}));
}

}  // namespace
}  // namespace hipchat::addons
