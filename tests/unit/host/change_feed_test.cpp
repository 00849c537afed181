#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "opened_store.hpp"
#include "sample.hpp"

namespace hipchat::host {
namespace {

class change_feed : public ::testing::Test {
protected:
    change say(const std::string& text, std::optional<std::string> id = {}) {
        origin from{"web", std::move(id)};
        return core_.run(core_.act.say(from, 1, ada_, {.text = text}));
    }
    std::vector<std::string> texts(std::int64_t after, std::int64_t limit = 100) {
        std::vector<std::string> found;
        for (const change_ptr& each :
             core_.run(core_.news.after(1, after, limit, std::chrono::seconds(0))))
            found.emplace_back(each->content.at("text").as_string());
        return found;
    }

    testing::opened_store core_;
    person ada_ = core_.run(people(core_.store(), core_.time, core_.on()).named("Ada"));
};

TEST_F(change_feed, keeps_what_was_said_in_order_with_growing_numbers) {
    const change first = say("one");
    const change second = say("two");
    EXPECT_LT(first.seq, second.seq);
    EXPECT_EQ(texts(0), (std::vector<std::string>{"one", "two"}));
    EXPECT_EQ(texts(first.seq), std::vector<std::string>{"two"});
    EXPECT_EQ(texts(0, 1), std::vector<std::string>{"one"});
}

TEST_F(change_feed, does_a_command_once_however_often_its_origin_repeats_it) {
    const change first = say("hello", "a");
    const change again = say("hello, repeated", "a");
    const change other = say("hello", "b");
    EXPECT_EQ(first.content, again.content);
    EXPECT_NE(first.seq, other.seq);
    EXPECT_EQ(texts(0).size(), 2U);
}

TEST_F(change_feed, tells_every_listener_each_change_once_and_in_order) {
    std::vector<std::int64_t> heard;
    const feed::subscription ear =
        core_.news.subscribe([&](const change_ptr& made) { heard.push_back(made->seq); });
    std::vector<task<>> talking;
    const auto speak = [this](std::string text) -> task<> {
        origin from{"web", std::nullopt};
        task<change> saying = core_.act.say(from, 1, ada_, {.text = std::move(text)});
        co_await saying;
    };
    for (int each = 0; each < 50; ++each)
        talking.push_back(speak(std::to_string(each)));
    core_.loop.run_all(std::move(talking));
    core_.loop.run_until([&] { return heard.size() == 50; });
    EXPECT_TRUE(std::ranges::is_sorted(heard));
    EXPECT_EQ(std::set<std::int64_t>(heard.begin(), heard.end()).size(), 50U);
}

TEST_F(change_feed, wakes_who_waits_for_the_next_change) {
    std::vector<change_ptr> found;
    const auto wait = [&]() -> task<> {
        task<std::vector<change_ptr>> waiting =
            core_.news.after(1, 0, 100, std::chrono::seconds(30));
        found = co_await waiting;
    };
    bool ended = false;
    spawn(wait(), [&](const std::exception_ptr&) { ended = true; });
    say("at last");
    core_.loop.run_until([&] { return ended; });
    ASSERT_EQ(found.size(), 1U);
}

TEST_F(change_feed, sends_who_waits_away_when_it_stops) {
    bool ended = false;
    const auto wait = [&]() -> task<> {
        task<std::vector<change_ptr>> waiting =
            core_.news.after(1, 0, 100, std::chrono::seconds(30));
        co_await waiting;
    };
    spawn(wait(), [&](const std::exception_ptr&) { ended = true; });
    core_.news.stop();
    core_.loop.run_until([&] { return ended; });
}

TEST_F(change_feed, lets_nobody_enter_twice_or_leave_when_not_there) {
    const origin from{"web", std::nullopt};
    EXPECT_FALSE(core_.run(core_.act.leave(from, 1, ada_)));
    EXPECT_TRUE(core_.run(core_.act.enter(from, 1, ada_)));
    ASSERT_EQ(core_.here.people_in(1).size(), 1U);
    EXPECT_EQ(core_.here.people_in(1)[0].name, "Ada");
    EXPECT_FALSE(core_.run(core_.act.enter(from, 1, ada_)));
    EXPECT_TRUE(core_.run(core_.act.leave(from, 1, ada_)));
    EXPECT_TRUE(core_.here.people_in(1).empty());
}

TEST_F(change_feed, records_at_the_start_that_those_who_were_there_have_left) {
    const origin from{"web", std::nullopt};
    core_.run(core_.act.enter(from, 1, ada_));
    close_presence(core_.on(), core_.time.now());
    const std::vector<change_ptr> last = last_changes(core_.on(), 1, 1);
    EXPECT_EQ(last.at(0)->content.at("kind").as_string(), "exit");
    EXPECT_TRUE(core_.run(core_.act.enter(from, 1, ada_)));
}

TEST(people_names, are_tidied_and_limited) {
    EXPECT_EQ(tidy_name("  Ada \n"), "Ada");
    EXPECT_FALSE(tidy_name("   "));
    EXPECT_FALSE(tidy_name("a\tb"));
    EXPECT_FALSE(tidy_name("\xff"));
    std::string name;
    for (int each = 0; each < 50; ++each)
        name += "ä";
    EXPECT_EQ(tidy_name(name), name);
    EXPECT_FALSE(tidy_name(name + "x"));
}

TEST(people_names, give_each_person_a_mention_name_of_their_own) {
    testing::opened_store core;
    people known(core.store(), core.time, core.on());
    const person ada = core.run(known.named("Ada Lovelace"));
    const person other = core.run(known.named("Ada-Lovelace"));
    EXPECT_EQ(ada.mention_name, "AdaLovelace");
    EXPECT_EQ(other.mention_name, "AdaLovelace2");
    EXPECT_EQ(core.run(known.named("ada lovelace")).id, ada.id);
    const std::vector<person> mentioned =
        known.mentioned_in("@adalovelace2, @nobody and @AdaLovelace2 @AdaLovelace.");
    ASSERT_EQ(mentioned.size(), 2U);
    EXPECT_EQ(mentioned[0].id, other.id);
    EXPECT_EQ(mentioned[1].id, ada.id);
}

}  // namespace
}  // namespace hipchat::host
