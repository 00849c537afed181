#include <gtest/gtest.h>

#include <memory>
#include <thread>

#include "running_host.hpp"
#include "sample_addon.hpp"
#include "storage/sqlite/statement.hpp"

namespace hipchat::host::testing {
namespace {

using storage::sqlite::connection;

class restart : public ::testing::Test {
protected:
    std::unique_ptr<running_host> start() {
        return std::make_unique<running_host>(folder_.file("data"));
    }
    void change_database(const std::string& sql) {
        connection on(folder_.file("data/host.db"), storage::sqlite::access::read_write);
        on.run(sql);
    }

    temporary_folder folder_;
    sample_addon addon_;
};

TEST_F(restart, keeps_rooms_people_and_what_was_said) {
    auto host = start();
    host->act("room_message", "Ada", "remember this");
    const json::array before = host->changes_until("message");
    host.reset();
    host = start();
    EXPECT_EQ(body_of(host->get("/api/rooms")).at("rooms").at(0).at("name").as_string(), "Lobby");
    EXPECT_EQ(host->changes_until("message"), before);
}

TEST_F(restart, finds_nobody_in_the_room_any_more) {
    auto host = start();
    host->act("room_enter", "Ada");
    host.reset();
    host = start();
    EXPECT_TRUE(body_of(host->get("/api/rooms/1")).at("people").as_array().empty());
    EXPECT_EQ(host->changes_until("exit").back().at("person").at("name").as_string(), "Ada");
    EXPECT_EQ(host->act("room_enter", "Ada").status, 201);
}

TEST_F(restart, keeps_integrations_and_goes_on_delivering_to_them) {
    addon_.listen_to("room_message");
    auto host = start();
    ASSERT_EQ(host->install(addon_.url()).status, 201);
    host.reset();
    host = start();
    host->act("room_message", "Ada", "hello again");
    EXPECT_EQ(addon_.wait_for("/event/room_message").size(), 1U);
}

TEST_F(restart, delivers_what_was_pending_with_the_token_ids_it_had) {
    addon_.listen_to("room_message");
    auto host = start();
    ASSERT_EQ(host->install(addon_.url()).status, 201);
    // The first one is under way when the host stops, and ends; the others wait behind it.
    addon_.hold("/event/room_message");
    for (const char* const text : {"one", "two", "three"})
        host->act("room_message", "Ada", text);
    addon_.wait_for("/event/room_message", 1);
    std::thread stopping([&] { host.reset(); });
    addon_.release("/event/room_message");
    stopping.join();
    host = start();
    std::vector<std::string> texts;
    for (const delivered& each : addon_.wait_for("/event/room_message", 3))
        texts.emplace_back(each.json().at("item").at("message").at("message").as_string());
    EXPECT_EQ(texts, (std::vector<std::string>{"one", "two", "three"}));
}

TEST_F(restart, plans_what_was_said_and_not_planned_before_a_crash) {
    addon_.listen_to("room_message");
    auto host = start();
    ASSERT_EQ(host->install(addon_.url()).status, 201);
    host->act("room_message", "Ada", "before the crash");
    addon_.wait_for("/event/room_message", 1);
    host.reset();
    change_database("UPDATE cursors SET seq = seq - 1");
    host = start();
    EXPECT_EQ(addon_.wait_for("/event/room_message", 2).size(), 2U);
}

TEST_F(restart, takes_back_an_install_that_was_never_confirmed_and_tells_the_add_on) {
    auto host = start();
    ASSERT_EQ(host->install(addon_.url()).status, 201);
    const std::string id(addon_.wait_for("/installable").at(0).json().at("oauthId").as_string());
    host.reset();
    change_database("UPDATE clients SET state = 'offered'");
    host = start();
    EXPECT_EQ(addon_.wait_for("/installable/" + id).at(0).method, "DELETE");
    EXPECT_TRUE(
        body_of(host->get("/api/rooms/1/integrations")).at("integrations").as_array().empty());
    EXPECT_EQ(host->install(addon_.url()).status, 201);
}

TEST_F(restart, tells_an_add_on_that_it_was_uninstalled_if_that_was_interrupted) {
    auto host = start();
    ASSERT_EQ(host->install(addon_.url()).status, 201);
    const std::string id(addon_.wait_for("/installable").at(0).json().at("oauthId").as_string());
    host.reset();
    change_database("UPDATE clients SET state = 'revoked'");
    for (int each = 0; each < 2; ++each) {
        host = start();
        addon_.wait_for("/installable/" + id);
        host.reset();
    }
    EXPECT_EQ(addon_.requests("/installable/" + id).size(), 1U);
}

}  // namespace
}  // namespace hipchat::host::testing
