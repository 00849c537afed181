// Several add-ons in one process, and base URLs with a path.

#include <filesystem>

#include "hipchat/errors.hpp"
#include "protocol/descriptor.hpp"
#include "running_addon.hpp"
#include "support/contains.hpp"
#include "support/temporary_folder.hpp"

namespace hipchat::testing {
namespace {

class several : public with_host {
protected:
    several() {
        karma_.on_message([this](room_message&) { counted_.add(); });
    }

    static addons::settings below(const std::string& path) {
        addons::settings given = running_addon::in_memory();
        given.base_url = "http://localhost:5000" + path;
        return given;
    }
    static plain_answer install_at(const running_addon& running, const std::string& path,
                                   const protocol::installation& body) {
        return send(running.port(), {.method = "POST",
                                     .target = path + "/addon/installable",
                                     .headers = {{"Content-Type", "application/json"}},
                                     .body = json::serialize(protocol::write_installation(body))});
    }
    static descriptor descriptor_at(const running_addon& running, const std::string& path) {
        const plain_answer answer = running.get(path);
        EXPECT_EQ(answer.status, 200) << path;
        return protocol::read_descriptor(answer.body);
    }

    counter counted_;
    addon karma_{descriptor{.key = "karma", .name = "Karma", .scopes = {scope::send_notification}}};
};

TEST_F(several, have_a_descriptor_each) {
    karma_.at("/points");
    running_addon running({&greeter(), &karma_}, below(""));
    const descriptor first = descriptor_at(running, "/hipchat-greeter/addon/descriptor");
    const descriptor second = descriptor_at(running, "/points");
    EXPECT_EQ(first.self, "http://localhost:5000/hipchat-greeter/addon/descriptor");
    EXPECT_EQ(second.self, "http://localhost:5000/points/addon/descriptor");
    EXPECT_EQ(second.installable.callback_url, "http://localhost:5000/points/addon/installable");
    ASSERT_EQ(second.webhooks.size(), 1U);
    EXPECT_EQ(second.webhooks[0].url, "http://localhost:5000/points/event/room_message");
    EXPECT_EQ(running.get("/").status, 404);
    EXPECT_EQ(running.get("/karma").status, 404);
}

TEST_F(several, know_their_own_tenants_only) {
    running_addon running({&greeter(), &karma_}, below(""));
    ASSERT_EQ(install_at(running, "/karma", request()).status, 201);
    const std::string body = room_message_body(id_, "hello");
    EXPECT_EQ(running.deliver("/karma/event/room_message", body, token()).status, 204);
    EXPECT_TRUE(counted_.wait_for(1));
    // The same installation is a stranger next door.
    EXPECT_EQ(
        running.deliver("/hipchat-greeter/event/room_enter", room_enter_body(id_), token()).status,
        401);
    EXPECT_EQ(greeted_.count(), 0);
}

TEST_F(several, keep_their_tenants_in_files_of_their_own) {
    const temporary_folder folder;
    addons::settings given = below("");
    given.store = "sqlite:" + folder.file("bots.db");
    {
        running_addon running({&greeter(), &karma_}, given);
        ASSERT_EQ(install_at(running, "/karma", request()).status, 201);
    }
    EXPECT_TRUE(std::filesystem::exists(folder.file("bots-karma.db")));
    EXPECT_TRUE(std::filesystem::exists(folder.file("bots-hipchat-greeter.db")));
    EXPECT_FALSE(std::filesystem::exists(folder.file("bots.db")));
    running_addon again({&karma_, &program_}, given);
    const std::string body = room_message_body(id_, "hello");
    EXPECT_EQ(again.deliver("/karma/event/room_message", body, token()).status, 204);
    EXPECT_TRUE(counted_.wait_for(1));
}

TEST_F(several, are_refused_when_two_lie_at_one_place) {
    karma_.at("/hipchat-greeter");
    EXPECT_THROW(running_addon({&greeter(), &karma_}, below("")), config_error);
    karma_.at("points");
    EXPECT_THROW(running_addon({&program_, &karma_}, below("")), config_error);
}

// proves: addon 1.1 URLs below a base URL with a path
TEST_F(several, behind_a_proxy_that_keeps_the_prefix_and_one_that_takes_it) {
    running_addon running({&greeter(), &karma_}, below("/bots"));
    for (const char* path : {"/bots/karma", "/karma"}) {
        const descriptor served = descriptor_at(running, path);
        EXPECT_EQ(served.self, "http://localhost:5000/bots/karma/addon/descriptor");
    }
    ASSERT_EQ(install_at(running, "/bots/karma", request()).status, 201);
    int number = 0;
    for (const char* path : {"/bots/karma/event/room_message", "/karma/event/room_message"}) {
        const std::string body = room_message_body(id_, "hello " + std::to_string(++number));
        EXPECT_EQ(running.deliver(path, body, token()).status, 204) << path;
    }
    EXPECT_TRUE(counted_.wait_for(2));
}

TEST_F(several, a_delivery_with_and_without_the_prefix_is_one_delivery) {
    running_addon running(karma_, below("/bots/karma"));
    ASSERT_EQ(install_at(running, "/bots/karma", request()).status, 201);
    const std::string body = room_message_body(id_, "hello");
    const std::string delivered = token();
    EXPECT_EQ(running.deliver("/bots/karma/event/room_message", body, delivered).status, 204);
    EXPECT_EQ(running.deliver("/event/room_message", body, delivered).status, 204);
    const std::string other = room_message_body(id_, "another");
    EXPECT_EQ(running.deliver("/event/room_message", other, token()).status, 204);
    EXPECT_TRUE(counted_.wait_for(2));
    EXPECT_EQ(counted_.count(), 2);
}

TEST_F(several, one_alone_may_lie_below_the_base_url) {
    karma_.at("/points");
    running_addon running(karma_, below(""));
    EXPECT_EQ(descriptor_at(running, "/points").self,
              "http://localhost:5000/points/addon/descriptor");
    EXPECT_EQ(running.get("/").status, 404);
}

}  // namespace
}  // namespace hipchat::testing
