// The calls of people, made with the library against our own host: no answer is scripted.

#include <gtest/gtest.h>

#include <future>

#include "hipchat/rest/emoticons.hpp"
#include "hipchat/rest/groups.hpp"
#include "hipchat/rest/messages.hpp"
#include "hipchat/rest/rooms.hpp"
#include "hipchat/rest/users.hpp"
#include "integration/addon/running_addon.hpp"
#include "integration/host/running_host.hpp"
#include "support/temporary_folder.hpp"

namespace hipchat::testing {
namespace {

const std::string picture("GIF89a picture");

struct seen_by_person {
    rest::sent_message sent;
    std::vector<rest::logged_message> history;
    std::vector<rest::logged_message> latest;
    rest::logged_message shared;
    std::vector<rest::logged_message> conversation;
    std::string photo;
    std::string avatar;
    std::string group_avatar;
    std::vector<rest::emoticon_summary> emoticons;
    std::string emoticon;
    std::vector<rest::room_summary> rooms;
    rest::user_details self;
};

rest::shared_file log_file() {
    return rest::shared_file("build 812.log", "all red").content_type("text/plain").message("look");
}

task<> talk(rest::client host, seen_by_person& seen) {
    const rest::room_messages messages(host);
    seen.sent = co_await messages.send("Lobby", "hello @Bo");
    co_await messages.reply("Lobby", seen.sent.id, "anybody?");
    co_await messages.share_link("Lobby", "https://example.test/", "see");
    const rest::shared_file file = log_file();
    co_await messages.share_file("Lobby", file);
    rest::paged<rest::logged_message> history = messages.history("Lobby");
    seen.history = co_await history.all();
    const rest::latest_query since = rest::latest_query(1);
    seen.latest = co_await messages.latest("Lobby", since);
    seen.shared = co_await messages.get("Lobby", seen.latest.at(0).id);
    const rest::private_messages privately(host);
    co_await privately.send("@Bo", "psst");
    co_await privately.share_file("@Bo", file);
    rest::paged<rest::logged_message> conversation = privately.history("@Bo");
    seen.conversation = co_await conversation.all();
}

task<> look(rest::client host, seen_by_person& seen) {
    const rest::users users(host);
    co_await users.set_photo("@Ada", picture);
    seen.photo = co_await users.photo("@Ada", rest::photo_size::small);
    seen.self = co_await users.get("@Ada");
    const rest::rooms rooms(host);
    const rest::new_room wanted = rest::new_room("Lab").topic("t");
    const rest::created lab = co_await rooms.create(wanted);
    co_await rooms.set_avatar(lab.id, picture);
    seen.avatar = co_await rooms.avatar(lab.id);
    rest::paged<rest::room_summary> all = rooms.list();
    seen.rooms = co_await all.all();
    const rest::groups groups(host);
    seen.group_avatar = co_await groups.avatar(1);
    const rest::emoticons emoticons(host);
    rest::paged<rest::emoticon_summary> known = emoticons.list();
    seen.emoticons = co_await known.all();
    const rest::emoticon_details one = co_await emoticons.get("thumbsup");
    seen.emoticon = one.shortcut;
}

task<seen_by_person> act_as(rest::client person) {
    seen_by_person seen;
    task<> talking = talk(person, seen);
    co_await talking;
    task<> looking = look(person, seen);
    co_await looking;
    co_return seen;
}

task<> act_into(rest::client person, std::promise<seen_by_person>& into) {
    try {
        into.set_value(co_await act_as(std::move(person)));
    } catch (...) {
        into.set_exception(std::current_exception());
    }
}

std::string token_of(const host::testing::running_host& host, const std::string& name) {
    host.act("room_enter", name);
    const plain_answer made = host.send(
        "POST", "/api/people/" + name + "/tokens",
        R"({"label":"x","scopes":["admin_group","admin_room","manage_rooms","send_message",)"
        R"("view_group","view_messages"]})");
    EXPECT_EQ(made.status, 201) << made.body;
    return std::string(host::testing::body_of(made).at("token").as_string());
}

std::vector<std::string> texts_of(const std::vector<rest::logged_message>& said) {
    std::vector<std::string> texts;
    for (const rest::logged_message& each : said)
        texts.push_back(each.message.value_or("(deleted)"));
    return texts;
}

// What a person does by the library.
seen_by_person seen_on(const host::testing::running_host& host) {
    const std::string token = token_of(host, "Ada");
    host.act("room_enter", "Bo");
    addon program{{.key = "speaker", .name = "Speaker", .scopes = {scope::view_group}}};
    std::promise<seen_by_person> acted;
    program.on_room_enter([&](room_enter& event) {
        return act_into(event.tenant().rest().as_user(secret(token)), acted);
    });
    const running_addon running(program);
    EXPECT_EQ(
        host.install("http://localhost:" + std::to_string(running.port()) + "/addon/descriptor",
                     R"(["view_group"])")
            .status,
        201);
    host.act("room_enter", "Cy");
    return acted.get_future().get();
}

TEST(our_own_host, answers_the_calls_of_people) {
    const temporary_folder folder;
    const host::testing::running_host host(folder.path().string());
    const seen_by_person seen = seen_on(host);
    EXPECT_EQ(
        texts_of(seen.history),
        (std::vector<std::string>{"hello @Bo", "anybody?", "see https://example.test/", "look"}));
    EXPECT_EQ(seen.history.at(0).id, seen.sent.id);
    ASSERT_EQ(seen.history.at(0).mentions.size(), 1U);
    EXPECT_EQ(seen.history.at(0).mentions.at(0).name, "Bo");
    ASSERT_TRUE(seen.shared.file);
    EXPECT_EQ(seen.shared.file->name, "build 812.log");
    EXPECT_EQ(seen.shared.file->size, 7);
    const plain_answer file = host.get(seen.shared.file->url.substr(host.base().size()));
    EXPECT_EQ(file.body, "all red");
    EXPECT_EQ(file.header("Content-Type"), "text/plain; charset=utf-8");
    EXPECT_EQ(texts_of(seen.conversation), (std::vector<std::string>{"psst", "look"}));
    EXPECT_EQ(host.get(seen.photo.substr(host.base().size())).body, picture);
    EXPECT_EQ(seen.self.photo_url, seen.photo);
    EXPECT_EQ(host.get(seen.avatar.substr(host.base().size())).body, picture);
    EXPECT_EQ(seen.rooms.size(), 2U);
    EXPECT_FALSE(seen.group_avatar.empty());
    EXPECT_FALSE(seen.emoticons.empty());
    EXPECT_EQ(seen.emoticon, "thumbsup");
}

}  // namespace
}  // namespace hipchat::testing
