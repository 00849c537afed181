// HipChat exports that become rooms, people and histories, and archives that mean harm.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "export_archive.hpp"
#include "hipchat/errors.hpp"
#include "host/core/messages.hpp"
#include "host/import/import.hpp"
#include "protocol/base64url.hpp"
#include "running_host.hpp"
#include "sample_addon.hpp"

namespace hipchat::host::testing {
namespace {

namespace fs = std::filesystem;

const std::string picture("\x89PNG\r\n\x1a\n\0picture", 16);

const std::string people = R"([
    {"User": {"id": 11, "name": "Ada Lovelace", "mention_name": "AdaL", "email": "ada@example.com",
        "title": "Countess", "timezone": "Europe/London", "account_type": "admin",
        "is_deleted": false, "created": "2014-01-02T03:04:05+00:00", "avatar": ")"
                           + protocol::base64_encode(picture) + R"("}},
    {"User": {"id": 12, "name": "Bo Tanaka", "mention_name": "Bo", "email": "bo@example.com",
        "account_type": "user", "is_deleted": false}},
    {"User": {"id": 13, "name": "Cy Gone", "mention_name": "Cy", "email": "",
        "account_type": "user", "is_deleted": true, "avatar": "bm90IGEgcGljdHVyZQ=="}},
    {"User": {"id": 14, "name": "", "mention_name": "", "email": ""}}])";

const std::string rooms = R"([
    {"Room": {"id": 501, "name": "Engines", "topic": "cogs", "privacy": "public",
        "is_archived": false, "owner": 11, "members": []}},
    {"Room": {"id": 502, "name": "Secrets", "topic": "", "privacy": "private",
        "is_archived": true, "owner": 11, "members": [12], "room_admins": []}},
    {"Room": {"id": 503, "name": "lobby", "privacy": "public", "owner": 12}}])";

const std::string engines = R"([
    {"UserMessage": {"id": "aaaaaaaa-0002", "message": "second", "timestamp":
        "2018-08-08T14:23:54Z 626267", "sender": {"id": 12, "name": "Bo Tanaka"}}},
    {"UserMessage": {"id": "aaaaaaaa-0001", "message": "first", "timestamp":
        "2018-08-08T14:23:53Z 000001", "sender": {"id": 11, "name": "Ada Lovelace"},
        "attachment": {"name": "plan.png", "path": "1/abc/plan.png", "size": 16}}},
    {"NotificationMessage": {"id": "aaaaaaaa-0003", "message": "<b>built</b><script>x</script>",
        "message_format": "html", "color": "green", "timestamp": "2018-08-08T15:00:00Z 0",
        "sender": "Jenkins"}},
    {"UserMessage": {"id": "aaaaaaaa-0004", "message": "bye", "timestamp":
        "2018-08-09T00:00:00Z 0", "sender": {"id": 99, "name": "Long Gone"},
        "attachment": {"name": "lost.txt", "path": "2/def/lost.txt", "size": 1}}},
    {"UserMessage": {"message": "when?", "sender": {"id": 11}}},
    {"TopicRoomMessage": {"id": "aaaaaaaa-0005", "message": "cogs"}}])";

const std::string between = R"([
    {"PrivateUserMessage": {"id": "bbbbbbbb-0001", "message": "psst", "timestamp":
        "2018-08-10T00:00:00Z 0", "sender": {"id": 11}, "receiver": {"id": 12}}}])";

void fill(export_archive& made) {
    made.add("./users.json", people)
        .add("rooms.json", rooms)
        .add("rooms/501/history.json", engines)
        .add("rooms/501/files/1/abc/plan.png", picture)
        .add("users/11/history.json", between)
        .add("users/12/history.json", between)
        .add("emoticons.json", R"([{"Emoticon":{"id":1,"shortcut":"yay","path":"e/yay.png"}}])")
        .add("emoticons/yay.png", picture);
}

class importing : public ::testing::Test {
protected:
    std::string data() const { return folder_.file("data"); }
    std::string archive() const { return folder_.file("export.tar.gz"); }
    void make_export() const {
        export_archive made(archive());
        fill(made);
    }
    import_report take(const unpack_limits& limits = {}) const {
        import_options options;
        options.archive = archive();
        options.data_folder = data();
        options.limits = limits;
        return import_archive(options, system_clock().now());
    }
    std::string refusal(const unpack_limits& limits = {}) const {
        try {
            take(limits);
        } catch (const error& refused) {
            return refused.what();
        }
        return {};
    }
    static json::array changes_of(const running_host& host, const std::string& room) {
        return body_of(host.get("/api/rooms/" + room + "/changes?limit=1000"))
            .at("changes")
            .as_array();
    }

    const temporary_folder folder_;
};

TEST_F(importing, takes_people_rooms_and_what_was_said_with_its_files) {
    make_export();
    const import_report report = take();
    EXPECT_EQ(report.taken("people"), 4U) << report.text();  // one of them only a name
    EXPECT_EQ(report.taken("rooms"), 2U);
    EXPECT_EQ(report.known("rooms"), 1U);  // the Lobby
    EXPECT_EQ(report.taken("messages"), 3U);
    EXPECT_EQ(report.taken("notifications"), 1U);
    EXPECT_EQ(report.taken("private messages"), 1U);
    EXPECT_EQ(report.taken("files"), 1U);
    EXPECT_EQ(report.taken("pictures"), 1U);

    const running_host host(data());
    const json::array said = changes_of(host, "Engines");
    ASSERT_EQ(said.size(), 4U);
    EXPECT_EQ(said.at(0).at("text"), "first");
    EXPECT_EQ(said.at(0).at("id"), "aaaaaaaa-0001");
    EXPECT_EQ(said.at(0).at("at"), "2018-08-08T14:23:53.000001+00:00");
    EXPECT_EQ(said.at(0).at("person").at("mention_name"), "AdaL");
    EXPECT_EQ(said.at(1).at("text"), "second");
    EXPECT_EQ(said.at(2).at("html"), "<b>built</b>");
    EXPECT_EQ(said.at(2).at("from"), "Jenkins");
    EXPECT_EQ(said.at(3).at("person").at("name"), "Long Gone");
    const plain_answer file = host.get(std::string(said.at(0).at("file").at("url").as_string()));
    EXPECT_EQ(file.body, picture);
    EXPECT_EQ(file.header("Content-Type"), "image/png");
    EXPECT_FALSE(fs::exists(folder_.file("data/files/plan.png")));
}

TEST_F(importing, twice_adds_nothing) {
    make_export();
    take();
    const import_report again = take();
    for (const char* const what :
         {"people", "rooms", "messages", "notifications", "private messages", "files", "pictures"})
        EXPECT_EQ(again.taken(what), 0U) << what;
    EXPECT_EQ(again.known("messages"), 3U);
    const running_host host(data());
    EXPECT_EQ(changes_of(host, "Engines").size(), 4U);
    EXPECT_EQ(std::distance(fs::directory_iterator(data() + "/files"), {}), 2);
}

TEST_F(importing, says_what_it_left_out_and_why) {
    make_export();
    const import_report report = take();
    EXPECT_EQ(report.left_out_of("people"), 1U);
    EXPECT_EQ(report.left_out_of("messages"), 1U);
    EXPECT_EQ(report.left_out_of("files"), 1U);
    EXPECT_EQ(report.left_out_of("pictures"), 1U);
    EXPECT_EQ(report.left_out_of("emoticons"), 1U);
    EXPECT_EQ(report.left_out_of("entries of histories"), 1U);
    EXPECT_EQ(report.left_out_of("entries of the archive"), 1U);
    EXPECT_NE(report.text().find("it is not in the archive (2/def/lost.txt)"), std::string::npos)
        << report.text();
    const json::object told = report.to_json();
    EXPECT_EQ(told.at("taken").at("messages"), 3);
    EXPECT_EQ(told.at("left_out").as_array().size(), 7U);
}

TEST_F(importing, keeps_private_rooms_private_also_beside_one_of_that_name) {
    {
        export_archive made(archive());
        made.add("users.json", people)
            .add("rooms.json", R"([{"Room":{"id":1,"name":"Lobby","privacy":"private","owner":11,
                                   "members":[12]}}])");
    }
    take();
    const running_host host(data());
    const json::array all = body_of(host.get("/api/rooms")).at("rooms").as_array();
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all.at(1).at("name"), "Lobby (imported 2)");
    EXPECT_EQ(all.at(1).at("privacy"), "private");
}

TEST_F(importing, tells_add_ons_nothing_of_what_was_said_long_ago) {
    sample_addon addon;
    addon.listen_to("room_message");
    {
        const running_host host(data());
        const std::string order =
            R"({"url":")" + addon.url() + R"(","scopes":["send_notification","view_room"]})";
        ASSERT_EQ(host.send("POST", "/api/rooms/1/integrations", order).status, 201);
        host.act("room_message", "Ada", "before");
        addon.wait_for("/event/room_message");
    }
    {
        export_archive made(archive());
        made.add("users.json", people)
            .add("rooms.json", R"([{"Room":{"id":1,"name":"Lobby","privacy":"public"}}])")
            .add("rooms/1/history.json", engines);
    }
    EXPECT_EQ(take().taken("messages"), 3U);
    const running_host host(data());
    host.act("room_message", "Ada", "after");
    EXPECT_EQ(addon.wait_for("/event/room_message", 2).size(), 2U);
}

TEST_F(importing, clears_away_what_a_killed_one_has_left) {
    make_export();
    fs::create_directories(data() + "/import-killed");
    take();
    EXPECT_FALSE(fs::exists(data() + "/import-killed"));
}

TEST_F(importing, is_refused_while_the_host_runs) {
    make_export();
    const running_host host(data());
    EXPECT_NE(refusal().find("another host uses"), std::string::npos);
}

using hostile_archive = importing;

TEST_F(hostile_archive, cannot_write_or_read_elsewhere) {
    std::ofstream(folder_.file("passwords")) << R"([{"User":{"id":1,"name":"Eve"}}])";
    {
        export_archive made(archive());
        made.add("../outside.json", "{}")
            .add("/tmp/absolute.json", "{}")
            .add("rooms/501/files/../../../outside", "x")
            .add_link("users.json", folder_.file("passwords"))
            .add_hard_link("rooms/501/history.json", folder_.file("passwords"))
            .add("rooms.json", rooms)
            .add("rooms.json", "[]");
    }
    const import_report report = take();
    EXPECT_EQ(report.left_out_of("entries of the archive"), 6U) << report.text();
    EXPECT_EQ(report.taken("people"), 0U);
    EXPECT_EQ(report.taken("rooms"), 2U);
    EXPECT_FALSE(fs::exists(folder_.file("outside.json")));
    EXPECT_FALSE(fs::exists(folder_.file("data/outside")));
}

TEST_F(hostile_archive, that_unpacks_to_far_more_than_it_is_is_refused_and_leaves_nothing) {
    {
        export_archive made(archive());
        made.add("rooms.json", "[]");
        const std::string zeros(std::size_t{16} * 1024 * 1024, '\0');
        for (int i = 0; i < 8; ++i)
            made.add("unknown/" + std::to_string(i), zeros);
    }
    EXPECT_NE(refusal().find("unpacks to far more"), std::string::npos);
    for (const fs::directory_entry& each : fs::directory_iterator(data()))
        EXPECT_FALSE(each.path().filename().string().starts_with("import-"));
}

TEST_F(hostile_archive, has_limits_for_each_file_and_their_number) {
    make_export();
    unpack_limits few;
    few.entries = 3;
    EXPECT_NE(refusal(few).find("too many files"), std::string::npos);
    unpack_limits small;
    small.json_bytes = 100;
    small.file_bytes = 1;
    EXPECT_NE(refusal(small).find("neither users.json nor rooms.json"), std::string::npos);
}

TEST_F(hostile_archive, of_nonsense_is_refused) {
    std::ofstream(archive()) << "nonsense, and more of it";
    EXPECT_NE(refusal().find("cannot be read"), std::string::npos);
    std::ofstream(archive()) << "Salted__abcdefgh";
    EXPECT_NE(refusal().find("openssl aes-256-cbc -d"), std::string::npos);
    {
        export_archive made(archive());
        made.add("users.json", "[{\"User\": {}}, 5, {\"User\": 7}]")
            .add("rooms.json", "{not json")
            .add("rooms/1/history.json", "[[[");
    }
    const import_report report = take();
    EXPECT_EQ(report.taken("people") + report.taken("rooms"), 0U);
    EXPECT_EQ(report.left_out_of("documents"), 1U);
}

}  // namespace
}  // namespace hipchat::host::testing
