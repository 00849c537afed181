// Backups that are made while the host works, and hosts made of them.

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include "host/backup/backup.hpp"
#include "rest_caller.hpp"

namespace hipchat::host::testing {
namespace {

namespace fs = std::filesystem;

const std::string picture("\x89PNG\r\n\x1a\n\0picture", 16);

class backup : public rest_caller {
protected:
    void share_picture() const {
        const std::string body =
            "--b\r\nContent-Type: image/png\r\nContent-Disposition: attachment; name=\"file\"; "
            "filename=\"a.png\"\r\n\r\n"
            + picture + "\r\n--b--\r\n";
        const plain_answer shared = host_.send("POST", "/v2/room/1/share/file", body,
                                               {{"Authorization", "Bearer " + token_of("Ada")},
                                                {"Content-Type", "multipart/related; boundary=b"}});
        ASSERT_EQ(shared.status, 204) << shared.body;
    }
    std::string data() const { return folder_.file("data"); }
    std::string copy() const { return folder_.file("copy"); }
    std::string restored() const { return folder_.file("restored"); }

    std::string only_file_in(const std::string& folder) const {
        return fs::directory_iterator(folder + "/files")->path().string();
    }
    static void damage(const std::string& path) {
        std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(-1, std::ios::end);
        const auto last = static_cast<char>(file.peek() ^ 1);
        file.put(last);
    }
    std::string refusal_of_restoring() const {
        try {
            restore_backup(copy(), restored());
        } catch (const error& refused) {
            return refused.what();
        }
        return {};
    }
};

std::vector<std::string> ids_of(const json::array& changes) {
    std::vector<std::string> ids;
    for (const json::value& each : changes)
        ids.emplace_back(each.at("id").as_string());
    return ids;
}

TEST_F(backup, made_during_traffic_becomes_a_host_that_knows_all_that_was_said_before) {
    share_picture();
    const json::array before = host_.changes_until("message");
    const std::string url(before.back().at("file").at("url").as_string());
    std::atomic<bool> ended = false;
    std::thread talking([&] {
        for (int i = 0; !ended; ++i)
            host_.act("room_message", "Ada", "number " + std::to_string(i));
    });
    host_.changes_until("message", before.back().at("seq").to_number<std::int64_t>());
    const std::int64_t known =
        body_of(host_.get("/api/rooms/1")).at("cursor").to_number<std::int64_t>();
    const backup_report made = take_backup(data(), copy());
    ended = true;
    talking.join();
    EXPECT_EQ(made.files, 1U);
    EXPECT_TRUE(made.lost.empty());

    restore_backup(copy(), restored());
    const running_host again(restored());
    const plain_answer file = again.get(url);
    EXPECT_EQ(file.status, 200);
    EXPECT_EQ(file.body, picture);
    const auto all = [](const running_host& of) {
        return body_of(of.get("/api/rooms/1/changes?limit=1000")).at("changes").as_array();
    };
    const std::vector<std::string> then = ids_of(all(again));
    const std::vector<std::string> now = ids_of(all(host_));
    const json::array kept = all(again);
    // What came after the restored host's start is its own: who was in the room has gone.
    const auto common = std::ranges::mismatch(then, now).in1 - then.begin();
    ASSERT_GT(common, 0);
    EXPECT_GE(kept.at(static_cast<std::size_t>(common - 1)).at("seq").to_number<std::int64_t>(),
              known);
    EXPECT_EQ(body_of(again.get("/api/rooms/1/integrations")).at("integrations").as_array().size(),
              1U);
}

TEST_F(backup, leaves_nothing_but_itself_and_only_the_owner_can_read_it) {
    share_picture();
    take_backup(data(), copy());
    std::vector<std::string> names;
    for (const fs::directory_entry& each : fs::directory_iterator(folder_.path()))
        names.push_back(each.path().filename());
    std::ranges::sort(names);
    EXPECT_EQ(names, (std::vector<std::string>{"copy", "data"}));
    EXPECT_EQ(fs::status(copy()).permissions(), fs::perms::owner_all);
    EXPECT_EQ(fs::status(copy() + "/host.db").permissions(),
              fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(backup, does_not_replace_another) {
    take_backup(data(), copy());
    EXPECT_THROW(take_backup(data(), copy()), config_error);
    EXPECT_THROW(take_backup(folder_.file("elsewhere"), folder_.file("copy2")), config_error);
    EXPECT_THROW(take_backup(data(), folder_.file("missing/copy")), config_error);
}

TEST_F(backup, says_which_file_the_host_has_lost) {
    share_picture();
    const fs::path file = only_file_in(data());
    fs::remove(file);
    const backup_report made = take_backup(data(), copy());
    EXPECT_EQ(made.lost, std::vector<std::string>{file.filename()});
    EXPECT_EQ(made.files, 0U);
    restore_backup(copy(), restored());
}

using restoring = backup;

TEST_F(restoring, refuses_a_folder_in_use_and_one_that_is_not_empty) {
    take_backup(data(), copy());
    EXPECT_THROW(restore_backup(copy(), data()), config_error);
    fs::create_directory(restored());
    std::ofstream(restored() + "/notes") << "mine";
    EXPECT_NE(refusal_of_restoring().find("not empty"), std::string::npos);
    EXPECT_FALSE(fs::exists(restored() + "/host.lock"));
}

TEST_F(restoring, refuses_a_damaged_file_and_leaves_nothing_that_a_host_would_start_with) {
    share_picture();
    take_backup(data(), copy());
    damage(only_file_in(copy()));
    EXPECT_NE(refusal_of_restoring().find("damaged"), std::string::npos);
    EXPECT_FALSE(fs::exists(restored() + "/host.db"));
    EXPECT_FALSE(fs::exists(restored() + "/files"));
}

TEST_F(restoring, refuses_a_damaged_database) {
    take_backup(data(), copy());
    damage(copy() + "/host.db");
    EXPECT_NE(refusal_of_restoring().find("host.db in the backup is damaged"), std::string::npos);
}

TEST_F(restoring, refuses_names_that_lead_out_of_the_backup) {
    take_backup(data(), copy());
    std::ofstream(copy() + "/SHA256SUMS", std::ios::app)
        << std::string(64, '0') << "  files/../../data/host.db\n";
    EXPECT_NE(refusal_of_restoring().find("files/../../data/host.db"), std::string::npos);
}

TEST_F(restoring, refuses_a_backup_that_is_not_whole) {
    take_backup(data(), copy());
    fs::remove(copy() + "/SHA256SUMS");
    EXPECT_NE(refusal_of_restoring().find("no backup"), std::string::npos);
}

}  // namespace
}  // namespace hipchat::host::testing
