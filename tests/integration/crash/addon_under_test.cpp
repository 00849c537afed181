#include "addon_under_test.hpp"

#include <gtest/gtest.h>
#include <signal.h>

#include <limits>
#include <stdexcept>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "protocol/jwt.hpp"
#include "storage/sqlite/statement.hpp"
#include "storage/sqlite/tenants.hpp"
#include "support/test_loop.hpp"

namespace hipchat::testing {

void addon_under_test::start(int fatal_step) {
    process_ = std::make_unique<child_process>(
        HIPCHAT_CRASH_ADDON,
        std::vector<std::string>{"sqlite:" + path(), std::to_string(fatal_step)});
    const auto port = process_->line_after("port ");
    if (!port) throw std::runtime_error("it did not start: " + process_->complained());
    port_ = static_cast<std::uint16_t>(std::stoi(*port));
}

void addon_under_test::kill() {
    process_->signal(SIGKILL);
    wait_until_killed();
}

void addon_under_test::wait_until_killed() {
    EXPECT_EQ(process_->wait(), 128 + SIGKILL) << process_->complained();
}

int addon_under_test::install(const std::string& id) const {
    const auto body = protocol::write_installation(host_.installation(id, key_of(id)));
    return send(port_, {.method = "POST",
                        .target = "/addon/installable",
                        .headers = {{"Content-Type", "application/json"}},
                        .body = json::serialize(body)})
        .status;
}

int addon_under_test::uninstall(const std::string& id) const {
    return send(port_, {.method = "DELETE", .target = "/addon/installable/" + id}).status;
}

int addon_under_test::webhook(const std::string& id) const {
    return deliver(id, "/event/room_enter",
                   R"({"event":"room_enter","oauth_client_id":")" + id
                       + R"(","item":{"room":{"id":4021},"sender":{"id":1,"name":"Ada"}}})");
}

int addon_under_test::message(const std::string& id, const std::string& text) const {
    return deliver(id, "/event/room_message",
                   R"({"event":"room_message","oauth_client_id":")" + id
                       + R"(","item":{"room":{"id":4021},"message":{"message":")" + text
                       + R"(","from":{"id":1,"name":"Ada"}}}})");
}

int addon_under_test::deliver(const std::string& id, const std::string& path,
                              const std::string& body) const {
    protocol::jwt_claims claims;
    claims.issuer = id;
    claims.issued_at = system_clock().unix_time();
    claims.expires_at = *claims.issued_at + std::chrono::hours(1);
    claims.jti = random_alphanumeric(20);
    return send(port_, {.method = "POST",
                        .target = path,
                        .headers = {{"Authorization", "JWT " + protocol::sign(claims, key_of(id))}},
                        .body = body})
        .status;
}

std::int64_t addon_under_test::kept_deliveries() const {
    storage::sqlite::connection on(path(), storage::sqlite::access::read_only);
    storage::sqlite::statement row = on.query("SELECT count(*) FROM deliveries");
    return row.step() ? row.integer(0) : -1;
}

std::vector<storage::tenant> addon_under_test::stored() const {
    test_loop loop;
    const auto store = storage::open_sqlite_tenants(loop, path());
    return loop.run(store->list({}, "", std::numeric_limits<std::size_t>::max()));
}

std::unique_ptr<storage::tenant> addon_under_test::stored(const std::string& id) const {
    for (const storage::tenant& one : stored())
        if (one.oauth_id == id) return std::make_unique<storage::tenant>(one);
    return nullptr;
}

void addon_under_test::expect_sound() const {
    for (const storage::tenant& one : stored()) {
        EXPECT_EQ(one.secret, key_of(one.oauth_id)) << one.oauth_id;
        EXPECT_EQ(one.room_id, 4021) << one.oauth_id;
        EXPECT_EQ(one.group_id, 1) << one.oauth_id;
        EXPECT_EQ(one.group_name, "Example Group") << one.oauth_id;
        EXPECT_EQ(one.capabilities_url, host_.capabilities_url()) << one.oauth_id;
        EXPECT_EQ(one.api_url, host_.base() + "/v2/") << one.oauth_id;
        EXPECT_EQ(one.token_url, host_.base() + "/v2/oauth/token") << one.oauth_id;
        EXPECT_GE(one.generation, 1) << one.oauth_id;
    }
    storage::sqlite::connection on(path(), storage::sqlite::access::read_only);
    storage::sqlite::statement check = on.query("PRAGMA integrity_check");
    ASSERT_TRUE(check.step());
    EXPECT_EQ(check.text(0), "ok");
}

}  // namespace hipchat::testing
