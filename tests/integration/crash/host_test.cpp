// A host that is killed at any moment has lost nothing that it told a browser was said, and tells
// an add-on of a message again only under the id that it had.

#include <gtest/gtest.h>

#include <atomic>
#include <iostream>
#include <map>
#include <mutex>
#include <random>
#include <set>
#include <thread>

#include "host_under_test.hpp"
#include "integration/host/live_page.hpp"
#include "integration/host/sample_addon.hpp"
#include "protocol/base64url.hpp"

namespace hipchat::testing {
namespace {

using host::testing::delivered;
using host::testing::live_page;
using host::testing::sample_addon;

constexpr int rounds = 25;
const std::string hook = "/event/room_message";

/// What browsers were told that was said, by id.
class told {
public:
    void add(const std::string& id, const std::string& text) {
        const std::lock_guard lock(mutex_);
        texts_[id] = text;
        if (--until_killed_ == 0) enough_.notify_one();
    }
    /// Waits until browsers were told of `count` more.
    void wait_for(int count) {
        std::unique_lock lock(mutex_);
        until_killed_ = count;
        enough_.wait(lock, [this] { return until_killed_ <= 0; });
    }
    const std::map<std::string, std::string>& texts() const noexcept { return texts_; }

private:
    std::mutex mutex_;
    std::condition_variable enough_;
    std::map<std::string, std::string> texts_;
    int until_killed_ = 0;
};

// Says one thing after the other, ten at a time without waiting, until the host is gone.
void talk(std::uint16_t port, const std::string& name, int round, told& heard) {
    try {
        live_page page(port, "name=" + name);
        for (int i = 0; true; ++i) {
            const std::string text = name + " " + std::to_string(round) + " " + std::to_string(i);
            page.send(json::object{{"type", "say"}, {"text", text}, {"origin_id", text}});
            if (i % 10 != 9) continue;
            for (std::size_t own = 0; own < 10;) {
                const json::object said = page.change("message");
                if (said.at("person").at("name") != json::value(name)) continue;
                heard.add(std::string(said.at("id").as_string()),
                          std::string(said.at("text").as_string()));
                ++own;
            }
        }
    } catch (const std::runtime_error&) {  // NOLINT(bugprone-empty-catch): it was killed
    }
}

// The id of the signed request of a delivery, as any receiver would read it.
std::string token_id(const delivered& request) {
    const std::string token = request.header("Authorization").substr(4);
    const std::size_t begin = token.find('.') + 1;
    const auto claims = protocol::base64url_decode(token.substr(begin, token.rfind('.') - begin));
    return std::string(json::parse(claims.value_or("{}")).at("jti").as_string());
}

class killed_host : public ::testing::Test {
protected:
    void install() {
        addon_.listen_to("room_message");
        host_.start();
        const std::string order =
            R"({"url":")" + addon_.url() + R"(","scopes":["send_notification","view_room"]})";
        ASSERT_EQ(host_.send("POST", "/api/rooms/1/integrations", order).status, 201);
        host_.kill();
    }
    void round_of_traffic(int round, told& heard) {
        host_.start();
        const bool is_slow = round % 2 == 0;  // then a delivery is under way at the end
        if (is_slow) addon_.hold(hook);
        std::thread ada([&] { talk(host_.port(), "Ada", round, heard); });
        std::thread bo([&] { talk(host_.port(), "Bo", round, heard); });
        heard.wait_for(std::uniform_int_distribution(1, 60)(random_));
        host_.kill();
        ada.join();
        bo.join();
        if (is_slow) addon_.release(hook);
        host_.expect_sound();
    }
    // Every delivery, once the last of them came. They come in the order of the room.
    std::vector<delivered> all_deliveries() {
        const std::string last = R"({"event":"room_message","as":"Ada","text":"the last"})";
        EXPECT_EQ(host_.send("POST", "/api/rooms/1/events", last).status, 201);
        std::vector<delivered> all = addon_.requests(hook);
        while (all.empty() || message_in(all.back()).at("message") != "the last")
            all = addon_.wait_for(hook, all.size() + 1);
        return all;
    }
    static json::object message_in(const delivered& request) {
        return request.json().at("item").at("message").as_object();
    }

    std::mt19937 random_{std::random_device()()};
    sample_addon addon_;
    host_under_test host_;
};

TEST_F(killed_host, has_all_that_browsers_were_told_and_repeats_deliveries_under_their_ids_only) {
    const unsigned seed = std::random_device()();
    std::cout << "seed " << seed << '\n';
    random_.seed(seed);
    install();
    told heard;
    for (int round = 0; round < rounds; ++round)
        round_of_traffic(round, heard);

    host_.start();
    std::map<std::string, std::string> kept;
    std::set<std::string> texts;
    for (const json::value& each : host_.changes()) {
        if (each.at("kind") != "message") continue;
        kept[std::string(each.at("id").as_string())] = each.at("text").as_string();
        EXPECT_TRUE(texts.emplace(each.at("text").as_string()).second)
            << "twice: " << each.at("text");
    }
    for (const auto& [id, text] : heard.texts())
        EXPECT_EQ(kept[id], text) << "lost: " << text;

    std::map<std::string, std::set<std::string>> ids;
    std::size_t count = 0;
    for (const delivered& each : all_deliveries()) {
        ids[std::string(message_in(each).at("id").as_string())].insert(token_id(each));
        ++count;
    }
    host_.kill();
    for (const auto& [id, text] : kept)
        EXPECT_EQ(ids[id].size(), 1U) << text;
    std::cout << heard.texts().size() << " messages told, " << kept.size() << " kept, " << count
              << " deliveries\n";
    // The test is worth something only if a delivery was cut off in the middle and came again.
    EXPECT_GT(count, ids.size());
}

}  // namespace
}  // namespace hipchat::testing
