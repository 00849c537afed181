// Webhooks that are added to rooms while the add-on runs: remembered, and verified like the others.

#include "hipchat/errors.hpp"
#include "support/contains.hpp"
#include "with_recorder.hpp"

namespace hipchat::testing {
namespace {

using dynamic_webhook = with_recorder;

// proves: addon 5.1 by REST
TEST_F(dynamic_webhook, brings_what_happens_to_the_handler_of_its_name) {
    const std::string id = added("record", "^!");
    ASSERT_EQ(host_.webhooks().size(), 1U);
    const json::object told = host_.webhooks().front();
    EXPECT_EQ(told.at("event"), "room_message");
    EXPECT_EQ(told.at("pattern"), "^!");
    EXPECT_EQ(told.at("name"), "record");
    EXPECT_EQ(told.at("authentication"), "jwt");
    EXPECT_EQ(delivered(path_at_host(), "!note it"), 204);
    ASSERT_TRUE(recorded_.wait_for(1));
    EXPECT_EQ(heard(), std::vector<std::string>{id + ": !note it"});
}

TEST_F(dynamic_webhook, is_answered_by_a_handler_that_returns_a_notification) {
    added("greet");
    const plain_answer answer = running_->deliver(path_at_host(), room_enter_body(id_), token());
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(json::parse(answer.body).at("message"), "hi: Ada Lindqvist");
}

TEST_F(dynamic_webhook, has_an_address_and_a_pattern_of_its_own) {
    const std::string first = added("record", "^!");
    const std::string second = added("record", "deploy (\\w+)");
    EXPECT_NE(first, second);
    EXPECT_EQ(delivered(at(id_, first), "deploy staging"), 204);
    EXPECT_EQ(delivered(at(id_, second), "deploy staging"), 204);
    ASSERT_TRUE(recorded_.wait_for(1));
    EXPECT_EQ(counts_of(*running_).unmatched, 1U);
    EXPECT_EQ(heard(), std::vector<std::string>{second + ": deploy staging"});
}

TEST_F(dynamic_webhook, is_listed_and_found_in_its_room) {
    const std::string id = added("record", "^!");
    const room here = room_of(id_);
    EXPECT_EQ(listed(), std::vector<std::string>{id});
    const auto found = result_of([&] { return here.find_webhook(id); });
    ASSERT_TRUE(found);
    EXPECT_EQ(found->id, id);
    EXPECT_EQ(found->name, "record");
    EXPECT_EQ(found->pattern, "^!");
    EXPECT_EQ(found->room_id, 4021);
    for (const char* other : {"", "4021-x", "402-x", "no id"})
        EXPECT_FALSE(result_of([&] { return here.find_webhook(other); })) << other;
}

TEST_F(dynamic_webhook, is_refused_once_it_was_removed) {
    const std::string id = added("record");
    const room here = room_of(id_);
    EXPECT_TRUE(result_of([&] { return here.remove_webhook(id); }));
    EXPECT_TRUE(host_.webhooks().empty());
    EXPECT_EQ(listed(), std::vector<std::string>());
    EXPECT_EQ(delivered(at(id_, id)), 410);
    EXPECT_FALSE(result_of([&] { return here.remove_webhook(id); }));
    EXPECT_EQ(recorded_.count(), 0);
}

TEST_F(dynamic_webhook, that_nobody_vouches_for_is_401_and_runs_nothing) {
    const std::string path = at(id_, added("record"));
    const std::string body = room_message_body(id_, "hello");
    protocol::jwt_claims old = claims_of(id_);
    *old.issued_at -= std::chrono::seconds(400);
    EXPECT_EQ(running_->deliver(path, body).status, 401);
    EXPECT_EQ(running_->deliver(path, body, signed_token(id_, secret("another"))).status, 401);
    EXPECT_EQ(running_->deliver(path, body, protocol::sign(old, key_)).status, 401);
    EXPECT_EQ(running_->deliver(path, room_message_body("other", "hello"), token()).status, 401);
    EXPECT_EQ(recorded_.count(), 0);
}

TEST_F(dynamic_webhook, of_one_installation_is_nothing_to_another) {
    const std::string id = added("record");
    const secret other_key("the other tenant's secret");
    ASSERT_EQ(running_->install(host_.installation("other", other_key)).status, 201);
    const auto other_delivers = [&](const std::string& path) {
        return running_
            ->deliver(path, room_message_body("other", "hello"), signed_token("other", other_key))
            .status;
    };
    EXPECT_EQ(other_delivers(at(id_, id)), 401);
    EXPECT_EQ(other_delivers(at("other", id)), 410);
    const room others = room_of("other");
    EXPECT_TRUE(result_of([&] { return others.webhooks(); }).empty());
    EXPECT_FALSE(result_of([&] { return others.find_webhook(id); }));
    EXPECT_FALSE(result_of([&] { return others.remove_webhook(id); }));
    EXPECT_EQ(listed(), std::vector<std::string>{id});
    EXPECT_EQ(recorded_.count(), 0);
}

// However its address is spelt.
TEST_F(dynamic_webhook, that_comes_again_is_acknowledged_and_not_run) {
    const std::string id = added("record");
    const std::string carried = token();
    const std::string body = room_message_body(id_, "hello");
    EXPECT_EQ(running_->deliver(at(id_, id), body, carried).status, 204);
    EXPECT_EQ(running_->deliver(at(id_, id), body, carried).status, 204);
    EXPECT_EQ(running_->deliver(at("%35" + id_.substr(1), id), body, carried).status, 204);
    EXPECT_EQ(counts_of(*running_).repeated, 2U);
    ASSERT_TRUE(recorded_.wait_for(1));
    EXPECT_EQ(recorded_.count(), 1);
}

TEST_F(dynamic_webhook, takes_its_own_event_in_its_own_room_only) {
    const std::string path = at(id_, added("record"));
    std::string elsewhere = room_message_body(id_, "hello");
    elsewhere.replace(elsewhere.find("4021"), 4, "4022");
    EXPECT_EQ(running_->deliver(path, elsewhere, token()).status, 400);
    EXPECT_EQ(running_->deliver(path, room_enter_body(id_), token()).status, 400);
    EXPECT_EQ(running_->deliver(path, "{", token()).status, 400);
    EXPECT_EQ(recorded_.count(), 0);
}

TEST_F(dynamic_webhook, survives_a_restart) {
    const std::string id = added("record", "^!");
    start();
    EXPECT_EQ(listed(), std::vector<std::string>{id});
    EXPECT_EQ(delivered(at(id_, id), "no mark"), 204);
    EXPECT_EQ(delivered(at(id_, id), "!mark"), 204);
    ASSERT_TRUE(recorded_.wait_for(1));
    EXPECT_EQ(heard(), std::vector<std::string>{id + ": !mark"});
}

// What a program leaves in the store that is killed while the handler runs.
TEST_F(dynamic_webhook, whose_handler_is_durable_runs_again_after_a_restart) {
    running_.reset();
    bot_ = addon({.key = "recorder", .name = "Recorder", .scopes = {scope::admin_room}});
    bot_.dynamic_webhook<room_message>(
            "record",
            [this](room_message& said) {
                note(said.added_as() + ": " + said.text() + " " + std::to_string(said.attempt()));
            })
        .durable();
    start();
    const std::string id = added("record", "^!");
    EXPECT_EQ(delivered(at(id_, id), "!one"), 204);
    ASSERT_TRUE(recorded_.wait_for(1));
    running_.reset();
    leave_interrupted(at(id_, id), room_message_body(id_, "!two"));
    leave_interrupted(at(id_, "4021-unknown"), room_message_body(id_, "!three"));
    start();
    ASSERT_TRUE(recorded_.wait_for(2));
    EXPECT_EQ(heard(), (std::vector<std::string>{id + ": !one 1", id + ": !two 2"}));
    running_.reset();
}

TEST_F(dynamic_webhook, ends_with_its_installation) {
    const std::string id = added("record");
    host_.remove_client(id_);
    EXPECT_EQ(running_->uninstall(id_).status, 204);
    EXPECT_EQ(delivered(at(id_, id)), 401);
    installed_in(*running_);
    EXPECT_EQ(listed(), std::vector<std::string>());
    EXPECT_EQ(delivered(at(id_, id)), 410);
    EXPECT_EQ(recorded_.count(), 0);
}

TEST_F(dynamic_webhook, stays_when_the_installation_is_updated) {
    const std::string id = added("record");
    const secret next_key("the next secret");
    protocol::jwt_claims update = claims_of(id_);
    update.user_id.clear();
    update.room_id.reset();
    ASSERT_EQ(
        running_->install(host_.installation(id_, next_key), protocol::sign(update, key_)).status,
        201);
    EXPECT_EQ(
        running_->deliver(at(id_, id), room_message_body(id_, "hello"), signed_token(id_, next_key))
            .status,
        204);
    EXPECT_TRUE(recorded_.wait_for(1));
}

TEST_F(dynamic_webhook, cannot_be_added_as_what_nobody_handles) {
    const room here = room_of(id_);
    const auto refused = [&](const std::string& name, const std::string& pattern) {
        return error_of<config_error>([&] { return here.add_webhook(name, pattern); });
    };
    EXPECT_TRUE(contains(refused("recrod", ""), "'recrod'", "dynamic_webhook"));
    EXPECT_TRUE(contains(refused("record", "("), "pattern ("));
    EXPECT_TRUE(contains(refused("greet", "^hi"), "room_enter", "pattern"));
    EXPECT_EQ(listed(), std::vector<std::string>());
    EXPECT_EQ(host_.count(scripted_host::token_path), 1U) << "only the install's";
}

TEST_F(dynamic_webhook, whose_handler_is_declared_no_more_is_404_until_it_is_removed) {
    const std::string id = added("record");
    running_.reset();
    bot_ = addon({.key = "recorder", .name = "Recorder", .scopes = {scope::admin_room}});
    bot_.dynamic_webhook<room_exit>("farewell", [](room_exit&) {});
    start();
    EXPECT_EQ(delivered(at(id_, id)), 404);
    EXPECT_EQ(running_->log().count("no handler any more"), 1);
    EXPECT_EQ(listed(), std::vector<std::string>{id});
    const room here = room_of(id_);
    EXPECT_TRUE(result_of([&] { return here.remove_webhook(id); }));
    EXPECT_TRUE(host_.webhooks().empty());
}

TEST(dynamic_webhooks, need_the_scope_to_add_them) {
    addon bot({.key = "recorder", .name = "Recorder", .scopes = {scope::send_notification}});
    bot.dynamic_webhook<room_message>("record", [](room_message&) {});
    try {
        const running_addon running(bot);
        FAIL() << "it started";
    } catch (const config_error& refused) {
        EXPECT_TRUE(contains(refused.what(), "'record'", "admin_room"));
    }
}

TEST(dynamic_webhooks, are_declared_once_under_a_name) {
    addon bot({.key = "recorder", .name = "Recorder", .scopes = {scope::admin_room}});
    const auto declare = [&](const std::string& name) {
        bot.dynamic_webhook<room_message>(name, [](room_message&) {});
    };
    declare("record");
    EXPECT_THROW(declare("record"), config_error);
    EXPECT_THROW(declare(""), config_error);
    EXPECT_THROW(declare(std::string(101, 'x')), config_error);
}

}  // namespace
}  // namespace hipchat::testing
