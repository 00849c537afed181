#include "host/core/retention.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <set>

#include "host/core/dates.hpp"
#include "host/core/deliveries.hpp"
#include "host/core/files.hpp"
#include "host/core/messages.hpp"
#include "host/core/search_rows.hpp"
#include "opened_store.hpp"

namespace hipchat::host {
namespace {

using std::chrono::days;
using std::chrono::hours;

class what_is_too_old : public ::testing::Test {
protected:
    what_is_too_old() {
        core_.on().run("INSERT INTO people(name, mention_name) VALUES ('Ada', 'Ada')");
        ada_.id = core_.on().last_insert_id();
        ada_.name = "Ada";
    }

    void say(const std::string& text, const std::string& file_id = "") {
        said what;
        what.text = text;
        if (!file_id.empty()) what.attached["file"] = json::object{{"url", path_of(file_id)}};
        core_.run(core_.act.say({.network = "test"}, 1, ada_, std::move(what)));
    }
    static std::string path_of(const std::string& file_id) { return "/files/" + file_id + "/a"; }
    std::string keep() {
        const auto made = core_.run(
            kept_.keep({.name = "a", .content_type = "text/plain", .bytes = "hello", .most = 5}));
        return made->id;
    }
    void everything_is_planned() {
        core_.on().run("INSERT OR REPLACE INTO cursors(name, seq) VALUES ('deliveries', 1000000)");
    }
    void sweep(const retention_options& options) {
        retention swept({core_.loop, core_.time, core_.store(), core_.work}, options,
                        [this] { kept_.sweep(); });
        core_.run(swept.sweep());
        core_.loop.run_until([this] { return core_.work.under_way() == 0; });
    }
    std::vector<std::string> texts() {
        std::vector<std::string> all;
        statement rows =
            core_.on().query("SELECT content FROM changes WHERE is_message = 1 ORDER BY seq");
        while (rows.step())
            all.emplace_back(json::parse(rows.text(0)).at("text").as_string());
        return all;
    }
    std::set<std::string> on_disk() const {
        std::set<std::string> ids;
        for (const auto& each : std::filesystem::directory_iterator(folder_.file("files")))
            ids.insert(each.path().filename());
        return ids;
    }

    testing::opened_store core_;
    testing::temporary_folder folder_;
    files kept_{core_.loop, core_.time, core_.store(),
                core_.work, core_.news, folder_.file("files"),
                core_.on()};
    person ada_;
};

retention_options keeping(days messages, days files = days(0)) {
    retention_options options;
    options.messages = messages;
    options.files = files;
    options.pause = std::chrono::milliseconds(0);
    options.step = 3;
    return options;
}

TEST_F(what_is_too_old, is_removed_to_the_day_and_the_rest_stays) {
    for (int i = 0; i < 10; ++i)
        say("old " + std::to_string(i));
    core_.time.advance(hours(24));
    say("young");
    everything_is_planned();
    core_.time.advance(days(29));
    sweep(keeping(days(30)));
    EXPECT_EQ(texts().size(), 11U);
    core_.time.advance(hours(1));
    const std::uint64_t commits = core_.store().commits();
    sweep(keeping(days(30)));
    EXPECT_EQ(texts(), std::vector<std::string>{"young"});
    // Three rows at a time: in four steps, one that finds no private messages.
    EXPECT_GE(core_.store().commits() - commits, 5U);
}

TEST_F(what_is_too_old, is_kept_for_ever_unless_something_else_is_said) {
    say("old", keep());
    everything_is_planned();
    core_.time.advance(days(10'000));
    sweep(retention_options());
    EXPECT_EQ(texts().size(), 1U);
    EXPECT_EQ(on_disk().size(), 1U);
}

TEST_F(what_is_too_old, is_found_by_no_search) {
    say("a needle");
    everything_is_planned();
    const search_query wanted{.words = "needle", .rooms = {1}};
    EXPECT_EQ(search(core_.on(), wanted).size(), 1U);
    core_.time.advance(days(31));
    sweep(keeping(days(30)));
    EXPECT_TRUE(search(core_.on(), wanted).empty());
    statement words = core_.on().query("SELECT count(*) FROM search WHERE search MATCH 'needle'");
    ASSERT_TRUE(words.step());
    EXPECT_EQ(words.integer(0), 0);
}

TEST_F(what_is_too_old, waits_until_add_ons_were_told_of_it) {
    say("old");
    core_.time.advance(days(31));
    sweep(keeping(days(30)));
    EXPECT_EQ(texts().size(), 1U);
}

TEST_F(what_is_too_old, takes_its_shared_file_along) {
    say("look", keep());
    everything_is_planned();
    core_.time.advance(days(31));
    sweep(keeping(days(30)));
    EXPECT_TRUE(on_disk().empty());
}

TEST_F(what_is_too_old, is_removed_from_private_conversations_too) {
    said what;
    what.text = "psst";
    core_.run(core_.act.say_to(ada_, ada_, std::move(what)));
    core_.time.advance(days(31));
    sweep(keeping(days(30)));
    EXPECT_TRUE(
        read_history(core_.on(), message_log::between(ada_.id, ada_.id), {.most = 10}).empty());
}

TEST_F(what_is_too_old, of_files_is_removed_although_its_message_stays_but_pictures_are_kept) {
    const std::string shared = keep();
    const std::string photo = keep();
    const std::string avatar = keep();
    say("look", shared);
    core_.on().run("UPDATE people SET photo = ?", path_of(photo));
    core_.on().run("UPDATE rooms SET avatar = ?", path_of(avatar));
    everything_is_planned();
    core_.time.advance(days(8));
    const std::string young = keep();
    sweep(keeping(days(0), days(7)));
    EXPECT_EQ(on_disk(), (std::set<std::string>{photo, avatar, young}));
    EXPECT_EQ(texts().size(), 1U);
}

TEST_F(what_is_too_old, is_looked_for_when_the_host_starts_and_after_every_interval) {
    say("old");
    everything_is_planned();
    core_.time.advance(days(31));
    retention_options options = keeping(days(30));
    options.interval = std::chrono::minutes(0);
    retention swept({core_.loop, core_.time, core_.store(), core_.work}, options, [] {});
    swept.start();
    core_.loop.run_until([this] { return texts().empty(); });
    say("old again");
    core_.time.advance(days(31));
    core_.loop.run_until([this] { return texts().empty(); });
    swept.stop();
    core_.loop.run_until([this] { return core_.work.under_way() == 0; });
}

}  // namespace
}  // namespace hipchat::host
