#include "host/core/clients.hpp"

#include <gtest/gtest.h>

#include "host/core/deliveries.hpp"
#include "opened_store.hpp"
#include "sample.hpp"

namespace hipchat::host {
namespace {

constexpr const char* addon = "http://127.0.0.1:5000";

class installations : public ::testing::Test {
protected:
    client new_client(std::string oauth_id) {
        client value = sample::greeter();
        value.oauth_id = std::move(oauth_id);
        value.state = client::status::offered;
        value.descriptor.webhooks.push_back(
            {.event = "room_enter", .url = "http://127.0.0.1:5000/e"});
        value.hooks = hooks_of(value.descriptor);
        return value;
    }
    client_ptr offer(std::string oauth_id) {
        return core_.run(known_.offer(new_client(std::move(oauth_id)),
                                      json::serialize(sample::descriptor(addon))));
    }
    clients reopened() { return {core_.store(), core_.time, core_.news, core_.on(), core_.log}; }

    testing::opened_store core_;
    clients known_{core_.store(), core_.time, core_.news, core_.on(), core_.log};
    tokens issued_{core_.store(), core_.time, known_, core_.on()};
};

TEST_F(installations, are_active_as_soon_as_they_are_offered_but_not_installed) {
    ASSERT_TRUE(offer("one"));
    EXPECT_TRUE(known_.find("one"));
    EXPECT_TRUE(known_.reaching(1).empty());
    ASSERT_TRUE(core_.run(known_.confirm(known_.find("one"))));
    EXPECT_EQ(known_.reaching(1).size(), 1U);
    EXPECT_GT(known_.find("one")->since, 0);
}

TEST_F(installations, of_one_add_on_exist_once_in_a_room) {
    ASSERT_TRUE(offer("one"));
    EXPECT_FALSE(offer("two"));
    EXPECT_FALSE(known_.find("two"));
    core_.run(known_.revoke(known_.find("one"), false));
    EXPECT_TRUE(offer("three"));
}

TEST_F(installations, survive_a_restart_with_the_ids_of_their_hooks) {
    core_.run(known_.confirm(offer("one")));
    const clients again = reopened();
    ASSERT_TRUE(again.find("one"));
    EXPECT_EQ(again.find("one")->secret, known_.find("one")->secret);
    EXPECT_EQ(again.find("one")->hooks.at(0).id, known_.find("one")->hooks.at(0).id);
    EXPECT_EQ(again.find("one")->hooks.at(0).url, "http://127.0.0.1:5000/event/room_enter");
    EXPECT_EQ(again.find("one")->since, known_.find("one")->since);
}

TEST_F(installations, that_were_never_confirmed_are_void_after_a_restart_and_their_add_on_is_told) {
    offer("one");
    revoke_unconfirmed(core_.on());
    clients again = reopened();
    EXPECT_FALSE(again.find("one"));
    ASSERT_EQ(again.untold().size(), 1U);
    core_.run(again.told("one"));
    EXPECT_TRUE(reopened().untold().empty());
}

TEST_F(installations, that_are_revoked_take_tokens_and_deliveries_with_them) {
    const client_ptr installed = core_.run(known_.confirm(offer("one")));
    const auto token = core_.run(issued_.issue(installed, {scope::view_room}));
    delivery due;
    due.seq = 5;
    due.room_id = 1;
    due.oauth_id = "one";
    due.jti = "j";
    store_plan(core_.on(), {due}, 5);
    EXPECT_EQ(read_deliveries(core_.on()).size(), 1U);
    ASSERT_TRUE(issued_.find(*token));

    EXPECT_TRUE(core_.run(known_.revoke(installed, true)));
    EXPECT_FALSE(issued_.find(*token));
    EXPECT_TRUE(read_deliveries(core_.on()).empty());
    EXPECT_FALSE(core_.on().query("SELECT 1 FROM tokens").step());
    EXPECT_FALSE(core_.run(known_.revoke(installed, true)));
    EXPECT_FALSE(core_.run(issued_.issue(installed, {scope::view_room})));
}

TEST_F(installations, that_are_revoked_get_no_delivery_that_was_planned_meanwhile) {
    const client_ptr installed = core_.run(known_.confirm(offer("one")));
    core_.run(known_.revoke(installed, true));
    delivery due;
    due.seq = 5;
    due.oauth_id = "one";
    EXPECT_TRUE(store_plan(core_.on(), {due}, 5).empty());
    EXPECT_EQ(planned_until(core_.on()), 5);
}

TEST_F(installations, keep_only_the_hash_of_a_token) {
    const client_ptr installed = core_.run(known_.confirm(offer("one")));
    const auto token = core_.run(issued_.issue(installed, {scope::view_room}));
    ASSERT_TRUE(token);
    EXPECT_EQ(token->reveal().size(), 40U);
    statement stored = core_.on().query("SELECT hash FROM tokens");
    ASSERT_TRUE(stored.step());
    EXPECT_EQ(stored.text(0).find(token->reveal()), std::string::npos);
}

TEST_F(installations, have_tokens_that_survive_a_restart_and_end_after_an_hour) {
    const client_ptr installed = core_.run(known_.confirm(offer("one")));
    const auto token = core_.run(issued_.issue(installed, {scope::view_room}));
    core_.time.advance(tokens::lifetime - std::chrono::seconds(1));
    const tokens again(core_.store(), core_.time, known_, core_.on());
    ASSERT_TRUE(again.find(*token));
    EXPECT_EQ(again.find(*token)->scopes, std::vector<scope>{scope::view_room});
    core_.time.advance(std::chrono::seconds(1));
    EXPECT_FALSE(again.find(*token));
    EXPECT_FALSE(issued_.find(*token));
    EXPECT_FALSE(issued_.find(secret("never issued")));
}

}  // namespace
}  // namespace hipchat::host
